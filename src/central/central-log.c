/* central-log.c: what the service writes about itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-log.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

static CentralLogFormat log_format = CENTRAL_LOG_TEXT;

gboolean
central_log_format_from_key (const char *key, CentralLogFormat *format)
{
  static const char *const keys[] = {
    [CENTRAL_LOG_TEXT] = "text",
    [CENTRAL_LOG_JSON] = "json",
    [CENTRAL_LOG_JOURNAL] = "journal",
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_strcmp0 (key, keys[i]) == 0)
      {
        *format = (CentralLogFormat) i;
        return TRUE;
      }
  return FALSE;
}

static const char *
name_level (GLogLevelFlags level)
{
  if ((level & G_LOG_LEVEL_ERROR) != 0)
    return "error";
  if ((level & G_LOG_LEVEL_CRITICAL) != 0)
    return "critical";
  if ((level & G_LOG_LEVEL_WARNING) != 0)
    return "warning";
  return (level & G_LOG_LEVEL_DEBUG) != 0 ? "debug" : "info";
}

/* Takes @object. A line in one piece, so that those of threads don't mix. */
static void
write_line (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  json_node_take_object (node, object);
  text = json_to_string (node, FALSE);
  line = g_strconcat (text, "\n", NULL);
  fputs (line, stderr);
  fflush (stderr);
}

static JsonObject *
begin_line (const char *level, const char *event)
{
  JsonObject *object = json_object_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *seconds = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S");
  g_autofree char *time
      = g_strdup_printf ("%s.%03dZ", seconds, g_date_time_get_microsecond (now) / 1000);

  json_object_set_string_member (object, "time", time);
  json_object_set_string_member (object, "level", level);
  json_object_set_string_member (object, "event", event);
  return object;
}

static GLogWriterOutput
json_writer (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  const char *domain = NULL;
  JsonObject *object;

  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, "GLIB_DOMAIN") == 0)
      domain = fields[i].value;
  if (g_log_writer_default_would_drop (level, domain))
    return G_LOG_WRITER_HANDLED;
  object = begin_line (name_level (level), "message");
  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0)
      json_object_set_string_member (object, "message", fields[i].value);
  write_line (object);
  return G_LOG_WRITER_HANDLED;
}

static GLogWriterOutput
journal_writer (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  if ((level & G_LOG_LEVEL_DEBUG) != 0 && g_log_writer_default_would_drop (level, NULL))
    return G_LOG_WRITER_HANDLED;
  if (g_log_writer_journald (level, fields, n_fields, user_data) == G_LOG_WRITER_HANDLED)
    return G_LOG_WRITER_HANDLED;
  return g_log_writer_standard_streams (level, fields, n_fields, user_data);
}

void
central_log_set_format (CentralLogFormat format)
{
  log_format = format;
  if (format == CENTRAL_LOG_JSON)
    g_log_set_writer_func (json_writer, NULL, NULL);
  else if (format == CENTRAL_LOG_JOURNAL)
    g_log_set_writer_func (journal_writer, NULL, NULL);
}

static void
log_to_journal (const char *number,
                const char *method,
                const char *route,
                guint status,
                double took_s)
{
  g_autofree char *status_text = g_strdup_printf ("%u", status);
  g_autofree char *took_text = g_strdup_printf ("%.1f", took_s * 1000);
  g_autofree char *message
      = g_strdup_printf ("%s %s %u in %s ms", method, route, status, took_text);
  const GLogField fields[] = {
    { "MESSAGE", message, -1 },
    { "PRIORITY", "6", -1 },
    { "SYSLOG_IDENTIFIER", "reunion-central", -1 },
    { "REUNION_EVENT", "request", -1 },
    { "REUNION_REQUEST", number, -1 },
    { "REUNION_METHOD", method, -1 },
    { "REUNION_ROUTE", route, -1 },
    { "REUNION_STATUS", status_text, -1 },
    { "REUNION_MS", took_text, -1 },
  };

  g_log_structured_array (G_LOG_LEVEL_INFO, fields, G_N_ELEMENTS (fields));
}

void
central_log_request (guint64 number,
                     const char *method,
                     const char *route,
                     guint status,
                     double took_s)
{
  g_autofree char *id = NULL;
  JsonObject *object;

  if (log_format == CENTRAL_LOG_TEXT)
    return;
  id = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  if (log_format == CENTRAL_LOG_JOURNAL)
    {
      log_to_journal (id, method, route, status, took_s);
      return;
    }
  object = begin_line ("info", "request");
  json_object_set_string_member (object, "request", id);
  json_object_set_string_member (object, "method", method);
  json_object_set_string_member (object, "route", route);
  json_object_set_int_member (object, "status", status);
  json_object_set_double_member (object, "ms", (double) (gint64) (took_s * 10000) / 10);
  write_line (object);
}
