/* reunion-event-parser.c: Server-Sent Events, taken apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-event-parser.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

struct _ReunionEventParser
{
  ReunionEventFunc func;
  gpointer user_data;
  GString *line;
  GString *data;
  char *type;
  char *id;
  gboolean has_data;
  gboolean past_first_line;
  gboolean after_cr; /* the next LF belongs to a CR already taken */
};

ReunionEventParser *
reunion_event_parser_new (ReunionEventFunc func, gpointer user_data)
{
  ReunionEventParser *self = g_new0 (ReunionEventParser, 1);

  self->func = func;
  self->user_data = user_data;
  self->line = g_string_new (NULL);
  self->data = g_string_new (NULL);
  return self;
}

void
reunion_event_parser_free (ReunionEventParser *self)
{
  g_return_if_fail (self != NULL);

  g_string_free (self->line, TRUE);
  g_string_free (self->data, TRUE);
  g_free (self->type);
  g_free (self->id);
  g_free (self);
}

static void
dispatch (ReunionEventParser *self)
{
  if (self->has_data)
    self->func (self->type != NULL ? self->type : "message", self->data->str, self->id,
                self->user_data);
  g_string_truncate (self->data, 0);
  self->has_data = FALSE;
  g_clear_pointer (&self->type, g_free);
}

static void
take_field (ReunionEventParser *self, const char *name, const char *value)
{
  if (strcmp (name, "data") == 0)
    {
      if (self->has_data)
        g_string_append_c (self->data, '\n');
      g_string_append (self->data, value);
      self->has_data = TRUE;
    }
  else if (strcmp (name, "event") == 0)
    {
      g_free (self->type);
      self->type = *value != '\0' ? g_strdup (value) : NULL;
    }
  else if (strcmp (name, "id") == 0)
    {
      g_free (self->id);
      self->id = g_strdup (value);
    }
}

static gboolean
take_line (ReunionEventParser *self)
{
  char *line = self->line->str;
  char *colon;

  if (!g_utf8_validate_len (line, self->line->len, NULL))
    return FALSE;
  if (!self->past_first_line && g_str_has_prefix (line, BYTE_ORDER_MARK))
    line += strlen (BYTE_ORDER_MARK);
  self->past_first_line = TRUE;
  if (*line == '\0')
    dispatch (self);
  else if (*line != ':')
    {
      colon = strchr (line, ':');
      if (colon != NULL)
        {
          *colon++ = '\0';
          if (*colon == ' ')
            colon++;
        }
      take_field (self, line, colon != NULL ? colon : "");
    }
  g_string_truncate (self->line, 0);
  return self->data->len <= REUNION_EVENT_MAX_BYTES;
}

gboolean
reunion_event_parser_push (ReunionEventParser *self, const char *bytes, gsize length)
{
  g_return_val_if_fail (self != NULL && (bytes != NULL || length == 0), FALSE);

  for (gsize i = 0; i < length; i++)
    {
      char c = bytes[i];

      if (c == '\n' && self->after_cr)
        {
          self->after_cr = FALSE;
          continue;
        }
      self->after_cr = c == '\r';
      if (c == '\n' || c == '\r')
        {
          if (!take_line (self))
            return FALSE;
        }
      else
        {
          g_string_append_c (self->line, c);
          if (self->line->len > REUNION_EVENT_MAX_BYTES)
            return FALSE;
        }
    }
  return TRUE;
}
