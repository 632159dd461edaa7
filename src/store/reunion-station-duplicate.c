/* reunion-station-duplicate.c: open cases that may be about the same person
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-station-duplicate.h"

#include "reunion-station-duplicate-private.h"
#include "reunion-wire.h"

#include <math.h>
#include <string.h>

/* The shortest degree of latitude, in kilometres, rounded down. */
#define KM_PER_DEGREE 110.5

void
reunion_station_duplicate_free (ReunionStationDuplicate *self)
{
  g_return_if_fail (self != NULL);

  g_object_unref (self->case_);
  g_free (self);
}

/* The box that holds the circle of the rule; a west that is the larger says that
 * any longitude will do, near the poles and across 180 degrees. */
typedef struct
{
  double south_deg, north_deg, west_deg, east_deg;
} Box;

static Box
box_around (ReunionPoint point)
{
  double reach_deg = REUNION_DUPLICATE_RADIUS_KM / KM_PER_DEGREE;
  double widest_deg = fabs (point.lat_deg) + reach_deg;
  Box box = { point.lat_deg - reach_deg, point.lat_deg + reach_deg, 1.0, 0.0 };

  if (widest_deg < 89.0)
    {
      double width_deg = reach_deg / cos (widest_deg * G_PI / 180.0);

      if (fabs (point.lon_deg) + width_deg < 180.0)
        {
          box.west_deg = point.lon_deg - width_deg;
          box.east_deg = point.lon_deg + width_deg;
        }
    }
  return box;
}

static gboolean
is_found (GPtrArray *found, const char *case_id)
{
  for (guint i = 0; i < found->len; i++)
    {
      const ReunionStationDuplicate *duplicate = found->pdata[i];

      if (strcmp (reunion_case_get_id (duplicate->case_), case_id) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
look_at (GPtrArray *found, ReunionCase *case_, const char *record, gint64 now_usec)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionCase) other = reunion_wire_case_from_json (record, -1, &error);
  ReunionStationDuplicate *duplicate;
  ReunionDuplicateKind kind;
  double distance_km = -1.0;

  if (other == NULL)
    {
      g_warning ("A case in the store can't be read: %s", error->message);
      return;
    }
  kind = reunion_duplicate_compare (reunion_case_get_report (case_),
                                    reunion_case_get_report (other), now_usec, &distance_km);
  if (kind == REUNION_DUPLICATE_NONE)
    return;
  duplicate = g_new0 (ReunionStationDuplicate, 1);
  duplicate->case_ = g_steal_pointer (&other);
  duplicate->kind = kind;
  duplicate->distance_km = distance_km;
  g_ptr_array_add (found, duplicate);
}

static gboolean
look_for_key (ReunionStationStore *self,
              GPtrArray *found,
              ReunionCase *case_,
              const char *key,
              gint64 now_usec,
              GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;
  ReunionPoint point;
  Box box = { 0.0, 0.0, 0.0, 0.0 };
  /* A number counts wherever it is. */
  gboolean is_name = *key == '=';

  if (is_name)
    {
      if (!reunion_report_get_point (reunion_case_get_report (case_), &point))
        return TRUE;
      box = box_around (point);
    }
  stmt = reunion_db_query (reunion_station_store_get_db (self), error, REUNION_STATION_FROM_KEYS,
                           "ttidddd", key, reunion_case_get_id (case_), (gint64) is_name,
                           box.south_deg, box.north_deg, box.west_deg, box.east_deg);
  if (stmt == NULL)
    return FALSE;
  while (reunion_stmt_next (stmt, &local_error))
    if (!is_found (found, reunion_stmt_get_text (stmt, 1)))
      look_at (found, case_, reunion_stmt_get_text (stmt, 0), now_usec);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static int
compare_duplicates (gconstpointer a, gconstpointer b)
{
  const ReunionStationDuplicate *left = *(ReunionStationDuplicate *const *) a;
  const ReunionStationDuplicate *right = *(ReunionStationDuplicate *const *) b;

  if (left->kind != right->kind)
    return left->kind > right->kind ? -1 : 1;
  if (left->distance_km != right->distance_km)
    return left->distance_km < right->distance_km ? -1 : 1;
  return strcmp (reunion_case_get_id (left->case_), reunion_case_get_id (right->case_));
}

GPtrArray *
reunion_station_store_find_duplicates (ReunionStationStore *self,
                                       ReunionCase *case_,
                                       gint64 now_usec,
                                       GError **error)
{
  g_autoptr (GPtrArray) found
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_station_duplicate_free);
  g_auto (GStrv) keys = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && REUNION_IS_CASE (case_), NULL);

  keys = reunion_duplicate_list_keys (reunion_case_get_report (case_));
  for (guint i = 0; keys[i] != NULL; i++)
    if (!look_for_key (self, found, case_, keys[i], now_usec, error))
      return NULL;
  g_ptr_array_sort (found, compare_duplicates);
  if (found->len > REUNION_STATION_MAX_DUPLICATES)
    g_ptr_array_set_size (found, REUNION_STATION_MAX_DUPLICATES);
  return g_steal_pointer (&found);
}

gboolean
reunion_station_store_tell_apart (ReunionStationStore *self,
                                  const char *case_id,
                                  const char *other_id,
                                  GError **error)
{
  g_return_val_if_fail (REUNION_IS_STATION_STORE (self), FALSE);
  g_return_val_if_fail (case_id != NULL && other_id != NULL, FALSE);

  return reunion_db_run (reunion_station_store_get_db (self), error,
                         "INSERT INTO not_same (case_id, other_id)"
                         " VALUES (min ($1, $2), max ($1, $2)) ON CONFLICT DO NOTHING",
                         "tt", case_id, other_id);
}

/* --- keeping the keys ---------------------------------------------------------- */

gboolean
reunion_station_store_put_keys (ReunionStationStore *self, ReunionCase *case_, GError **error)
{
  ReunionDb *db = reunion_station_store_get_db (self);
  const char *id = reunion_case_get_id (case_);
  g_auto (GStrv) keys = NULL;

  if (!reunion_db_run (db, error, "DELETE FROM case_keys WHERE case_id = $1", "t", id))
    return FALSE;
  if (!reunion_duplicate_counts (reunion_case_get_state (case_)))
    return TRUE;
  keys = reunion_duplicate_list_keys (reunion_case_get_report (case_));
  for (guint i = 0; keys[i] != NULL; i++)
    if (!reunion_db_run (db, error,
                         "INSERT INTO case_keys (key, case_id) VALUES ($1, $2)"
                         " ON CONFLICT DO NOTHING",
                         "tt", keys[i], id))
      return FALSE;
  return TRUE;
}

gboolean
reunion_station_store_remove_keys (ReunionStationStore *self, const char *case_id, GError **error)
{
  ReunionDb *db = reunion_station_store_get_db (self);

  return reunion_db_run (db, error, "DELETE FROM case_keys WHERE case_id = $1", "t", case_id)
         && reunion_db_run (db, error, "DELETE FROM not_same WHERE case_id = $1 OR other_id = $1",
                            "t", case_id);
}
