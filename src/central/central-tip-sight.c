/* central-tip-sight.c: which tips somebody may see, and to whom they go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-tip-sight.h"

#include "reunion-central-places.h"

#include <string.h>

#define MAX_KM 1000.0

gboolean
central_account_sees_tip (const ReunionCentralAccount *account, ReunionCase *case_, ReunionTip *tip)
{
  CentralSight sight = central_account_get_sight (account, case_);
  const char *station = reunion_tip_get_near_station (tip);

  if (sight == CENTRAL_SIGHT_WHOLE)
    return TRUE;
  if (sight == CENTRAL_SIGHT_NONE || station == NULL)
    return FALSE;
  if (account->role == REUNION_ROLE_REVIEWER)
    return g_str_has_prefix (station, account->region);
  return account->role == REUNION_ROLE_OFFICER && g_strcmp0 (station, account->station) == 0;
}

/* Where the station of the case stands, as well as it is known. */
static gboolean
find_home (ReunionCentralStore *store,
           ReunionCase *case_,
           ReunionPoint *home,
           gboolean *has_home,
           GError **error)
{
  const char *station = reunion_case_get_station (case_);

  *has_home = FALSE;
  if (station != NULL
      && !reunion_central_store_find_station_point (store, station, home, has_home, error))
    return FALSE;
  if (!*has_home)
    *has_home = reunion_report_get_point (reunion_case_get_report (case_), home);
  return TRUE;
}

gboolean
central_tip_find_station (CentralService *service,
                          ReunionTip *tip,
                          ReunionCase *case_,
                          GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *nearest = NULL;
  ReunionPoint point, home;
  double distance_km = 0;
  gboolean has_home;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service) && REUNION_IS_TIP (tip), FALSE);
  g_return_val_if_fail (REUNION_IS_CASE (case_), FALSE);

  if (!reunion_tip_get_point (tip, &point))
    return TRUE;
  if (!find_home (store, case_, &home, &has_home, error))
    return FALSE;
  nearest = reunion_central_store_find_nearest_station (store, point, MAX_KM, &distance_km,
                                                        &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (nearest != NULL && g_strcmp0 (nearest, reunion_case_get_station (case_)) != 0
      && (!has_home || distance_km < reunion_geodesy_distance_km (point, home)))
    reunion_tip_set_near_station (tip, nearest);
  return TRUE;
}
