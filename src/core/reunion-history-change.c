/* reunion-history-change.c: what differs between two versions of a report, and
 * how a person reads it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-history.h"

#include "reunion-time.h"

#include <glib/gi18n-lib.h>
#include <string.h>

ReunionHistoryChange *
reunion_history_change_new (const char *key,
                            const char *before,
                            const char *after,
                            const char *reason)
{
  ReunionHistoryChange *self;

  g_return_val_if_fail (key != NULL, NULL);

  self = g_new0 (ReunionHistoryChange, 1);
  self->key = g_strdup (key);
  self->before = g_strdup (before);
  self->after = g_strdup (after);
  self->reason = g_strdup (reason);
  return self;
}

void
reunion_history_change_free (ReunionHistoryChange *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->key);
  g_free (self->before);
  g_free (self->after);
  g_free (self->reason);
  g_free (self);
}

/* Nine digits: what a report takes for the same place reads the same. */
static char *
format_degrees (double degrees)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *end;

  g_ascii_formatd (buffer, sizeof buffer, "%.9f", degrees);
  if (strchr (buffer, '.') == NULL)
    return g_strdup (buffer);
  end = buffer + strlen (buffer);
  while (end[-1] == '0')
    *--end = '\0';
  if (end[-1] == '.')
    *--end = '\0';
  return g_strdup (buffer);
}

/* NULL when the field is unset. Transfer full. */
static char *
value_to_text (ReunionReport *report, const ReunionFieldInfo *info)
{
  if (report == NULL || !reunion_report_has (report, info->field))
    return NULL;
  switch (info->kind)
    {
    case REUNION_FIELD_KIND_TEXT:
    case REUNION_FIELD_KIND_LONG_TEXT:
    case REUNION_FIELD_KIND_CHOICE:
    case REUNION_FIELD_KIND_DATE:
      return g_strdup (reunion_report_get_text (report, info->field));
    case REUNION_FIELD_KIND_TIME:
      return reunion_time_to_rfc3339 (reunion_report_get_int (report, info->field, 0));
    case REUNION_FIELD_KIND_INTEGER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, reunion_report_get_int (report, info->field, 0));
    case REUNION_FIELD_KIND_FLAG:
      return g_strdup (reunion_report_get_flag (report, info->field) ? "true" : "false");
    case REUNION_FIELD_KIND_DEGREES:
      return format_degrees (reunion_report_get_degrees (report, info->field, 0.0));
    default:
      g_return_val_if_reached (NULL);
    }
}

static void
add_difference (GPtrArray *changes, const char *key, const char *before, const char *after)
{
  if (g_strcmp0 (before, after) != 0)
    g_ptr_array_add (changes, reunion_history_change_new (key, before, after, NULL));
}

GPtrArray *
reunion_history_diff (ReunionReport *before, ReunionReport *after)
{
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_history_change_free);

  g_return_val_if_fail (before == NULL || REUNION_IS_REPORT (before), NULL);
  g_return_val_if_fail (REUNION_IS_REPORT (after), NULL);

  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      const ReunionFieldInfo *info = reunion_field_get_info (i);
      g_autofree char *old_text = value_to_text (before, info);
      g_autofree char *new_text = value_to_text (after, info);

      add_difference (changes, info->key, old_text, new_text);
    }
  return g_steal_pointer (&changes);
}

/* NULL when there is none. Transfer full. */
static char *
photos_to_text (ReunionCase *case_)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < reunion_case_get_n_photos (case_); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            reunion_photo_get_sha256 (reunion_case_get_photo (case_, i)));
  return g_string_free (text, text->len == 0);
}

GPtrArray *
reunion_history_diff_cases (ReunionCase *before, ReunionCase *after)
{
  GPtrArray *changes;
  g_autofree char *old_photos = NULL;
  g_autofree char *new_photos = NULL;

  g_return_val_if_fail (REUNION_IS_CASE (before) && REUNION_IS_CASE (after), NULL);

  changes
      = reunion_history_diff (reunion_case_get_report (before), reunion_case_get_report (after));
  old_photos = photos_to_text (before);
  new_photos = photos_to_text (after);
  add_difference (changes, REUNION_HISTORY_KEY_PHOTOS, old_photos, new_photos);
  return changes;
}

const char *
reunion_history_get_key_label (const char *key)
{
  ReunionField field;

  g_return_val_if_fail (key != NULL, NULL);

  if (reunion_field_from_key (key, &field))
    return reunion_field_get_label (field);
  if (strcmp (key, REUNION_HISTORY_KEY_PHOTOS) == 0)
    return _("Photos");
  if (strcmp (key, REUNION_HISTORY_KEY_OUTCOME) == 0)
    return _("How it ended");
  if (strcmp (key, REUNION_HISTORY_KEY_STAGE) == 0)
    return _("Stage of the circle");
  if (strcmp (key, REUNION_HISTORY_KEY_LEVEL) == 0)
    return _("Digits of the region asked for");
  return key;
}

static char *
format_other (const char *key, const char *value)
{
  ReunionOutcome outcome;

  if (strcmp (key, REUNION_HISTORY_KEY_OUTCOME) == 0 && reunion_outcome_from_key (value, &outcome))
    return g_strdup (reunion_outcome_get_label (outcome));
  if (strcmp (key, REUNION_HISTORY_KEY_PHOTOS) == 0)
    {
      g_auto (GStrv) hashes = g_strsplit (value, " ", -1);
      guint n_photos = g_strv_length (hashes);

      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u photo", "%u photos", n_photos),
                              n_photos);
    }
  return g_strdup (value);
}

char *
reunion_history_format_value (const char *key, const char *value, GTimeZone *zone)
{
  ReunionField field;
  gint64 usec;

  g_return_val_if_fail (key != NULL && zone != NULL, NULL);

  if (value == NULL)
    return NULL;
  if (!reunion_field_from_key (key, &field))
    return format_other (key, value);
  switch (reunion_field_get_info (field)->kind)
    {
    case REUNION_FIELD_KIND_CHOICE:
      return g_strdup (reunion_field_get_choice_label (field, value));
    case REUNION_FIELD_KIND_TIME:
      return reunion_time_from_rfc3339 (value, &usec) ? reunion_time_format_exact (usec, zone)
                                                      : g_strdup (value);
    case REUNION_FIELD_KIND_FLAG:
      return g_strdup (strcmp (value, "true") == 0 ? _("Yes") : _("No"));
    case REUNION_FIELD_KIND_TEXT:
    case REUNION_FIELD_KIND_LONG_TEXT:
    case REUNION_FIELD_KIND_DATE:
    case REUNION_FIELD_KIND_INTEGER:
    case REUNION_FIELD_KIND_DEGREES:
    default:
      return g_strdup (value);
    }
}
