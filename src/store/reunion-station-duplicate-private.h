/* reunion-station-duplicate-private.h: what open cases are known by
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-station-store-private.h"

G_BEGIN_DECLS

/* Half of all people share a few hundred names, so the box around the place is
 * looked at before any record is read. */
#define REUNION_STATION_FROM_KEYS                                                                  \
  "SELECT c.record, c.id FROM case_keys k JOIN case_rows r ON r.case_id = k.case_id"               \
  " JOIN cases c ON c.id = k.case_id"                                                              \
  " WHERE k.key = $1 AND k.case_id <> $2"                                                          \
  " AND ($3 = 0 OR (r.has_point AND r.lat_deg BETWEEN $4 AND $5"                                   \
  "      AND ($6 > $7 OR r.lon_deg BETWEEN $6 AND $7)))"                                           \
  " AND NOT EXISTS (SELECT 1 FROM not_same n WHERE n.case_id = min (k.case_id, $2)"                \
  "                 AND n.other_id = max (k.case_id, $2))"

/* Writes the keys of the case, none when it has ended: what was erased is not to
 * be found here either. The case is in the table of cases already; within a
 * transaction. */
gboolean
reunion_station_store_put_keys (ReunionStationStore *self, ReunionCase *case_, GError **error);
/* Takes them out, with what was said of pairs; within a transaction. */
gboolean
reunion_station_store_remove_keys (ReunionStationStore *self, const char *case_id, GError **error);

G_END_DECLS
