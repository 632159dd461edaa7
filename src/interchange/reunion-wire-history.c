/* reunion-wire-history.c: the history of a case as JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-wire-history.h"

#include "reunion-time.h"

static JsonArray *
changes_to_array (ReunionHistoryEntry *entry)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < reunion_history_entry_get_n_changes (entry); i++)
    {
      const ReunionHistoryChange *change = reunion_history_entry_get_change (entry, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "key", change->key);
      reunion_json_put_string (object, "before", change->before);
      reunion_json_put_string (object, "after", change->after);
      reunion_json_put_string (object, "reason", change->reason);
      json_array_add_object_element (array, object);
    }
  return array;
}

static gboolean
read_changes (JsonObject *object, ReunionHistoryEntry *entry, GError **error)
{
  JsonArray *array;

  if (!json_object_has_member (object, "changes"))
    return TRUE;
  array = reunion_json_get_array (object, "changes", error);
  if (array == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *element = reunion_json_array_get_object (array, i, error);
      const char *key, *before = NULL, *after = NULL, *reason = NULL;

      if (element == NULL || (key = reunion_json_get_string (element, "key", error)) == NULL
          || !reunion_json_read_string (element, "before", &before, error)
          || !reunion_json_read_string (element, "after", &after, error)
          || !reunion_json_read_string (element, "reason", &reason, error))
        return FALSE;
      reunion_history_entry_add_change (entry,
                                        reunion_history_change_new (key, before, after, reason));
    }
  return TRUE;
}

JsonObject *
reunion_wire_history_entry_to_object (ReunionHistoryEntry *entry)
{
  JsonObject *object;
  g_autofree char *at = NULL;

  g_return_val_if_fail (REUNION_IS_HISTORY_ENTRY (entry), NULL);

  object = json_object_new ();
  at = reunion_time_to_rfc3339 (reunion_history_entry_get_at_usec (entry));
  json_object_set_string_member (object, "at", at);
  json_object_set_string_member (
      object, "action", reunion_history_action_to_key (reunion_history_entry_get_action (entry)));
  reunion_json_put_string (object, "account", reunion_history_entry_get_account (entry));
  reunion_json_put_string (object, "name", reunion_history_entry_get_name (entry));
  reunion_json_put_string (object, "station", reunion_history_entry_get_station (entry));
  reunion_json_put_string (object, "station_name", reunion_history_entry_get_station_name (entry));
  reunion_json_put_string (object, "reason", reunion_history_entry_get_reason (entry));
  if (reunion_history_entry_get_n_changes (entry) > 0)
    json_object_set_array_member (object, "changes", changes_to_array (entry));
  return object;
}

ReunionHistoryEntry *
reunion_wire_history_entry_from_object (JsonObject *object, GError **error)
{
  g_autoptr (ReunionHistoryEntry) entry = NULL;
  const char *at, *key;
  const char *account = NULL, *name = NULL, *station = NULL, *station_name = NULL, *reason = NULL;
  ReunionHistoryAction action;
  gint64 at_usec = 0;

  g_return_val_if_fail (object != NULL, NULL);

  /* The time must be there; the reader below lets a missing one pass. */
  at = reunion_json_get_string (object, "at", error);
  if (at == NULL || !reunion_json_read_time (object, "at", &at_usec, error)
      || (key = reunion_json_get_string (object, "action", error)) == NULL
      || !reunion_json_read_string (object, "account", &account, error)
      || !reunion_json_read_string (object, "name", &name, error)
      || !reunion_json_read_string (object, "station", &station, error)
      || !reunion_json_read_string (object, "station_name", &station_name, error)
      || !reunion_json_read_string (object, "reason", &reason, error))
    return NULL;
  if (!reunion_history_action_from_key (key, &action))
    return NULL;
  entry = reunion_history_entry_new (at_usec, action);
  reunion_history_entry_set_account (entry, account, name);
  reunion_history_entry_set_station (entry, station, station_name);
  reunion_history_entry_set_reason (entry, reason);
  if (!read_changes (object, entry, error))
    return NULL;
  return g_steal_pointer (&entry);
}

char *
reunion_wire_history_to_json (GPtrArray *entries)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *array = json_array_new ();

  g_return_val_if_fail (entries != NULL, NULL);

  for (guint i = 0; i < entries->len; i++)
    json_array_add_object_element (array, reunion_wire_history_entry_to_object (entries->pdata[i]));
  json_object_set_array_member (object, "entries", array);
  return reunion_json_to_text (object);
}

GPtrArray *
reunion_wire_history_from_json (const char *text, gssize length, GError **error)
{
  g_autoptr (JsonObject) object = reunion_json_parse (text, length, error);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *array;

  if (object == NULL || (array = reunion_json_get_array (object, "entries", error)) == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *element = reunion_json_array_get_object (array, i, error);
      g_autoptr (GError) local_error = NULL;
      ReunionHistoryEntry *entry;

      if (element == NULL)
        return NULL;
      entry = reunion_wire_history_entry_from_object (element, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }
  return g_steal_pointer (&entries);
}
