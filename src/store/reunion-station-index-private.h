/* reunion-station-index-private.h: how a case stands in the index
 *
 * A case has one number in the index, its position in the list: drafts, open
 * cases and ended ones by the minute of the loss, the latest first. The index
 * hands out numbers in their order, so the first of them that fit are the top of
 * the list, and a period is a range of numbers.
 *
 * Beside its grams each case holds words of more than three letters, which no
 * gram is: one for its state, and one for the cell of the globe that it lies in,
 * of each size.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-station-store-private.h"

G_BEGIN_DECLS

/* Numbers of a place in the list; 0 drafts, 1 open, 2 ended. */
#define REUNION_INDEX_N_PLACES 3
#define REUNION_INDEX_PLACE_SHIFT 36
/* Cases of one minute; those beyond run over into earlier minutes. */
#define REUNION_INDEX_MINUTE_SHIFT 4
/* How far they may run over and still be found by a period: a day of full
 * minutes. */
#define REUNION_INDEX_RUN_OVER (G_GINT64_CONSTANT (1440) << REUNION_INDEX_MINUTE_SHIFT)

/* Sides of the cells, the small ones first: a circle of an hour takes few of the
 * small, one of three hours few of the large. */
#define REUNION_INDEX_N_SIZES 2
extern const int reunion_index_cell_deg[REUNION_INDEX_N_SIZES];

int reunion_index_place_of (ReunionCaseState state);
/* The first number of the minute of @last_seen_usec. */
gint64 reunion_index_get_base (int place, gint64 last_seen_usec);

void reunion_index_add_state (GString *words, ReunionCaseState state);
/* @column may have gone round the globe. */
void reunion_index_add_cell (GString *words, int size, int row, int column);
int reunion_index_row_of (int size, double lat_deg);
/* 180 degrees east has a column of its own, which is that of 180 degrees west. */
int reunion_index_column_of (int size, double lon_deg);

/* Writes what the index says of the case, which is in the table of cases
 * already; within a transaction. */
gboolean
reunion_station_store_index_case (ReunionStationStore *self, ReunionCase *case_, GError **error);
/* Takes it out again, before the case goes; within a transaction. */
gboolean
reunion_station_store_unindex_case (ReunionStationStore *self, const char *case_id, GError **error);
/* Fills the index anew where it is empty or was made by other rules, in small
 * transactions: ended half-way it goes on from there. */
gboolean reunion_station_store_bring_index_up_to_date (ReunionStationStore *self,
                                                       GCancellable *cancellable,
                                                       ReunionStoreProgressFunc progress,
                                                       gpointer user_data,
                                                       GError **error);

G_END_DECLS
