/* reunion-station-search.h: the cases of the desk, found while somebody types
 *
 * Texts are compared as reunion-search-text.h folds them. Every word of the
 * question has to stand somewhere in the case: in any text of the report, the
 * private ones too, for it is the officer's own store; or in the station, the
 * officer, the reviewer's reason or the closing note. A word may be a part of a
 * word, down to a single character.
 *
 * Answers come in the order of the list, page by page, and cost about the same
 * however many cases fit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-station-store.h"

G_BEGIN_DECLS

/**
 * ReunionCaseOrder:
 * @REUNION_CASE_ORDER_LATEST: the latest loss first
 * @REUNION_CASE_ORDER_LONGEST: the longest lost first
 *
 * Within drafts, open cases and ended ones, which always follow each other so.
 * Losses within one minute stand in any order.
 */
typedef enum
{
  REUNION_CASE_ORDER_LATEST,
  REUNION_CASE_ORDER_LONGEST,
} ReunionCaseOrder;

/**
 * ReunionCaseQuery:
 * @text: what was typed; NULL or blank for any
 * @states: one bit, 1 << state, for each ReunionCaseState asked for; 0 for any
 * @from_usec: last seen at that time or later, microseconds since the epoch; 0
 *   for no bound
 * @to_usec: last seen before that time; 0 for no bound
 * @has_box: last seen between @south_deg and @north_deg, and eastwards from
 *   @west_deg to @east_deg, which lies across 180 degrees where it is the smaller
 * @has_circle: last seen within @radius_km of @centre
 * @order: what comes first
 * @after: ReunionCaseRow.position of the last row that is there already, for the
 *   page that follows it; 0 for the first
 *
 * All zero asks for every case. Nothing is taken over.
 */
typedef struct
{
  const char *text;
  guint states;
  gint64 from_usec;
  gint64 to_usec;
  gboolean has_box;
  double south_deg, west_deg, north_deg, east_deg;
  gboolean has_circle;
  ReunionPoint centre;
  double radius_km;
  ReunionCaseOrder order;
  gint64 after;
} ReunionCaseQuery;

/**
 * ReunionCaseRow:
 * @position: place in the list, the smaller the earlier; changes with the case
 * @id: of the case
 * @name: NULL where none is entered; likewise @sex (a choice's key), @birth_date
 *   (yyyy-mm-dd), @place and @lead_photo (a hash)
 * @age_years: as entered; -1 where none is
 * @last_seen_usec: 0 where none is entered; likewise @closed_usec
 *
 * What a line of a list says, without the record having been read.
 */
typedef struct
{
  gint64 position;
  char *id;
  ReunionCaseState state;
  char *name;
  char *sex;
  char *birth_date;
  int age_years;
  char *place;
  gint64 last_seen_usec;
  gint64 closed_usec;
  char *lead_photo;
} ReunionCaseRow;

void reunion_case_row_free (ReunionCaseRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionCaseRow, reunion_case_row_free)

/* At most @limit ReunionCaseRow; fewer when there are no more. Transfer full. */
GPtrArray *reunion_station_store_search (ReunionStationStore *self,
                                         const ReunionCaseQuery *query,
                                         guint limit,
                                         GError **error);
/* The row of one case when it fits @query, whose page doesn't matter; NULL,
 * without error, when it doesn't. Transfer full. */
ReunionCaseRow *reunion_station_store_search_case (ReunionStationStore *self,
                                                   const ReunionCaseQuery *query,
                                                   const char *case_id,
                                                   GError **error);
/* The index forgets a case that was erased or thrown away when its parts are next
 * put together. Does a small share of that; TRUE while there is more to do, and
 * FALSE at once when nothing has been erased. Then the log of the file, in which it
 * stands too, is cut. Not within a transaction. */
gboolean reunion_station_store_tidy_search (ReunionStationStore *self);
/* How many cases are in one of @states, a mask as in ReunionCaseQuery. */
guint reunion_station_store_count_cases (ReunionStationStore *self, guint states);

G_END_DECLS
