/* reunion-station-feed.c: what the service says, taken in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-station-store-private.h"

#include "reunion-wire.h"

#define SETTING_CURSOR "cursor"
#define SETTING_POLICY "policy"
#define SETTING_STATISTICS "statistics"

static char *
make_cursor_key (ReunionStationStore *self)
{
  const char *account = reunion_station_store_get_account (self);

  return account != NULL ? g_strconcat (SETTING_CURSOR ":", account, NULL)
                         : g_strdup (SETTING_CURSOR);
}

gint64
reunion_station_store_get_cursor (ReunionStationStore *self)
{
  g_autofree char *key = make_cursor_key (self);
  g_autofree char *text = reunion_station_store_get_setting (self, key);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static gboolean
set_cursor (ReunionStationStore *self, gint64 cursor, GError **error)
{
  g_autofree char *key = make_cursor_key (self);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, cursor);

  return reunion_station_store_set_setting (self, key, text, error);
}

gboolean
reunion_station_store_reset_cursor (ReunionStationStore *self, GError **error)
{
  g_return_val_if_fail (REUNION_IS_STATION_STORE (self), FALSE);

  return set_cursor (self, 0, error);
}

/* The one case that all of @changes concern; NULL when they concern several. */
static const char *
common_case (GPtrArray *changes)
{
  const char *common = NULL;

  for (guint i = 0; i < changes->len; i++)
    {
      const ReunionChange *change = changes->pdata[i];
      const char *id = change->case_ != NULL ? reunion_case_get_id (change->case_)
                       : change->tip != NULL ? reunion_tip_get_case_id (change->tip)
                                             : NULL;

      if (id == NULL || (common != NULL && g_strcmp0 (common, id) != 0))
        return NULL;
      common = id;
    }
  return common;
}

gboolean
reunion_station_store_apply_changes (ReunionStationStore *self,
                                     GPtrArray *changes,
                                     gint64 next,
                                     GError **error)
{
  gint64 cursor;
  gboolean ok = TRUE;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && changes != NULL, FALSE);

  cursor = reunion_station_store_get_cursor (self);
  if (next <= cursor)
    return TRUE;
  if (!reunion_db_begin (reunion_station_store_get_db (self), error))
    return FALSE;
  for (guint i = 0; ok && i < changes->len; i++)
    {
      const ReunionChange *change = changes->pdata[i];

      if (change->sequence <= cursor)
        continue;
      if (change->case_ != NULL)
        ok = reunion_station_store_take_case (self, change->case_, error);
      else if (change->tip != NULL)
        ok = reunion_station_store_take_tip (self, change->tip, error);
    }
  ok = ok && set_cursor (self, next, error);
  return reunion_station_store_finish (self, ok, common_case (changes), error);
}

ReunionPolicy *
reunion_station_store_get_policy (ReunionStationStore *self)
{
  g_autofree char *text = reunion_station_store_get_setting (self, SETTING_POLICY);
  g_autoptr (JsonObject) object = NULL;
  ReunionPolicy *policy = NULL;

  if (text != NULL)
    object = reunion_json_parse (text, -1, NULL);
  if (object != NULL)
    policy = reunion_wire_policy_from_object (object, NULL);
  return policy != NULL ? policy : reunion_policy_ref (reunion_policy_get_national ());
}

static gboolean
set_object (ReunionStationStore *self, const char *key, JsonObject *object, GError **error)
{
  g_autofree char *text = reunion_json_to_text (object);
  g_autofree char *before = reunion_station_store_get_setting (self, key);

  if (g_strcmp0 (text, before) == 0)
    return TRUE;
  if (!reunion_station_store_set_setting (self, key, text, error))
    return FALSE;
  reunion_station_store_emit_changed (self, NULL);
  return TRUE;
}

gboolean
reunion_station_store_set_policy (ReunionStationStore *self, ReunionPolicy *policy, GError **error)
{
  g_autoptr (JsonObject) object = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && policy != NULL, FALSE);

  object = reunion_wire_policy_to_object (policy);
  return set_object (self, SETTING_POLICY, object, error);
}

GPtrArray *
reunion_station_store_list_statistics (ReunionStationStore *self)
{
  g_autofree char *text = reunion_station_store_get_setting (self, SETTING_STATISTICS);
  g_autoptr (JsonObject) object = text != NULL ? reunion_json_parse (text, -1, NULL) : NULL;
  GPtrArray *periods = object != NULL ? reunion_wire_statistics_from_object (object, NULL) : NULL;

  return periods != NULL ? periods : g_ptr_array_new_with_free_func (g_object_unref);
}

gboolean
reunion_station_store_set_statistics (ReunionStationStore *self, GPtrArray *periods, GError **error)
{
  g_autoptr (JsonObject) object = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && periods != NULL, FALSE);

  object = reunion_wire_statistics_to_object (periods);
  return set_object (self, SETTING_STATISTICS, object, error);
}
