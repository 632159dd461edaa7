/* reunion-central-places.h: where the stations are, for the service
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-central-store.h"

G_BEGIN_DECLS

/* Says where a station that there is already stands. */
gboolean reunion_central_store_set_station_point (ReunionCentralStore *self,
                                                  const char *code,
                                                  ReunionPoint point,
                                                  GError **error);
/* FALSE with @error set when it can't be looked up; *@has_point FALSE when nobody
 * has said where the station stands, or there is no such station. */
gboolean reunion_central_store_find_station_point (ReunionCentralStore *self,
                                                   const char *code,
                                                   ReunionPoint *point,
                                                   gboolean *has_point,
                                                   GError **error);
/* The code of the station nearest to @point by the geodesic, and its distance; NULL
 * when none is within @max_km, or with @error set. Of two as near it is the one
 * whose code is first. Transfer full. */
char *reunion_central_store_find_nearest_station (ReunionCentralStore *self,
                                                  ReunionPoint point,
                                                  double max_km,
                                                  double *distance_km,
                                                  GError **error);

/* What the service made up for itself under @name: at the first call @value, later
 * what was kept then, whoever asks. NULL with @error set. Transfer full. */
char *reunion_central_store_keep_key (ReunionCentralStore *self,
                                      const char *name,
                                      const char *value,
                                      GError **error);

G_END_DECLS
