/* reunion-station-search.c: the cases of the desk, found while somebody types
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-station-search.h"

#include "reunion-search-text.h"
#include "reunion-station-index-private.h"

#include <math.h>
#include <string.h>

/* More grams than this make an answer no smaller: what is left is looked
 * through anyway. */
#define MAX_GRAMS 24
/* Each word of a question is looked up in every part of the index: to ask for
 * more cells than this costs more than to look at what lies around them. */
#define MAX_CELLS 16
/* The shortest degree of latitude, in kilometres, rounded down. */
#define KM_PER_DEGREE 110.5

#define COLUMNS                                                                                    \
  "r.position, r.case_id, r.state, r.name, r.sex, r.birth_date, r.age_years, r.place,"             \
  " r.last_seen_usec, r.closed_usec, r.lead_photo, r.has_point, r.lat_deg, r.lon_deg"
#define COLUMN_TEXT 14
#define FROM_ROWS                                                                                  \
  "SELECT " COLUMNS ", NULL FROM case_rows r WHERE r.position BETWEEN $1 AND $2"                   \
  " ORDER BY r.position"
#define FROM_WORDS                                                                                 \
  "SELECT " COLUMNS ", t.text FROM case_words CROSS JOIN case_rows r ON r.position ="              \
  " case_words.rowid CROSS JOIN case_texts t ON t.position = case_words.rowid"                     \
  " WHERE case_words MATCH $3 AND case_words.rowid BETWEEN $1 AND $2 ORDER BY case_words.rowid"

/* A question made ready. */
typedef struct
{
  const ReunionCaseQuery *query;
  GStrv words;
  gboolean has_box;
  double south_deg, west_deg, north_deg, east_deg;
  GString *match; /* of FTS5; empty when the index has nothing to say */
} Search;

static void
search_clear (Search *self)
{
  g_strfreev (self->words);
  if (self->match != NULL)
    g_string_free (self->match, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

void
reunion_case_row_free (ReunionCaseRow *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->name);
  g_free (self->sex);
  g_free (self->birth_date);
  g_free (self->place);
  g_free (self->lead_photo);
  g_free (self);
}

/* --- making a question ready --------------------------------------------------- */

static void
begin_part (Search *self)
{
  if (self->match->len > 0)
    g_string_append (self->match, " AND ");
  g_string_append_c (self->match, '(');
}

static void
add_states (Search *self)
{
  gboolean is_first = TRUE;

  if (self->query->states == 0)
    return;
  begin_part (self);
  for (guint i = 0; i < REUNION_N_CASE_STATES; i++)
    if ((self->query->states & 1u << i) != 0)
      {
        if (!is_first)
          g_string_append (self->match, " OR ");
        is_first = FALSE;
        reunion_index_add_state (self->match, i);
      }
  /* A mask without a state that there is fits nothing. */
  if (is_first)
    g_string_append (self->match, "none");
  g_string_append_c (self->match, ')');
}

static gboolean
is_within_box (Search *self, ReunionPoint point)
{
  if (point.lat_deg < self->south_deg || point.lat_deg > self->north_deg)
    return FALSE;
  if (self->west_deg <= self->east_deg)
    return point.lon_deg >= self->west_deg && point.lon_deg <= self->east_deg;
  return point.lon_deg >= self->west_deg || point.lon_deg <= self->east_deg;
}

/* The box that holds the circle, so that the index can help; the whole turn
 * where it reaches a pole. */
static void
box_circle (Search *self)
{
  double lat_deg = self->query->centre.lat_deg, lon_deg = self->query->centre.lon_deg;
  double reach_deg = self->query->radius_km / KM_PER_DEGREE;
  double widest_deg = fabs (lat_deg) + reach_deg;
  double width_deg;

  self->has_box = TRUE;
  self->south_deg = MAX (lat_deg - reach_deg, -90.0);
  self->north_deg = MIN (lat_deg + reach_deg, 90.0);
  self->west_deg = -180.0;
  self->east_deg = 180.0;
  if (widest_deg >= 89.0)
    return;
  width_deg = reach_deg / cos (widest_deg * G_PI / 180.0);
  if (width_deg >= 180.0)
    return;
  self->west_deg = reunion_geodesy_wrap_longitude (lon_deg - width_deg);
  self->east_deg = reunion_geodesy_wrap_longitude (lon_deg + width_deg);
}

/* The cells of one size that the box touches; FALSE when they are too many. */
static gboolean
add_cells_of_size (Search *self, int size)
{
  const int n_columns = 360 / reunion_index_cell_deg[size];
  int bottom = reunion_index_row_of (size, self->south_deg);
  int top = reunion_index_row_of (size, self->north_deg);
  int left = reunion_index_column_of (size, self->west_deg);
  int n_wide = reunion_index_column_of (size, self->east_deg) - left + 1;

  if (self->east_deg < self->west_deg)
    n_wide += n_columns;
  if ((top - bottom + 1) * n_wide > MAX_CELLS)
    return FALSE;
  begin_part (self);
  for (int row = bottom; row <= top; row++)
    for (int i = 0; i < n_wide; i++)
      {
        if (row > bottom || i > 0)
          g_string_append (self->match, " OR ");
        reunion_index_add_cell (self->match, size, row, left + i);
      }
  g_string_append_c (self->match, ')');
  return TRUE;
}

static void
add_cells (Search *self)
{
  if (!self->has_box || self->north_deg < self->south_deg)
    return;
  for (int size = 0; size < REUNION_INDEX_N_SIZES; size++)
    if (add_cells_of_size (self, size))
      return;
}

static void
search_init (Search *self, const ReunionCaseQuery *query)
{
  g_autofree char *folded = reunion_search_text_fold (query->text);
  guint n_grams = MAX_GRAMS;

  self->query = query;
  self->words = reunion_search_text_split (folded);
  self->match = g_string_new (NULL);
  for (guint i = 0; self->words[i] != NULL && n_grams > 0; i++)
    {
      guint share = MAX (1, n_grams / (g_strv_length (self->words) - i));

      reunion_search_text_add_match (self->words[i], share, self->match);
      n_grams -= share;
    }
  if (query->has_circle)
    box_circle (self);
  add_states (self);
  if (query->has_box)
    {
      self->has_box = TRUE;
      self->south_deg = query->south_deg;
      self->west_deg = query->west_deg;
      self->north_deg = query->north_deg;
      self->east_deg = query->east_deg;
    }
  add_cells (self);
}

/* --- looking through -------------------------------------------------------------- */

static gboolean
has_words (Search *self, const char *text)
{
  for (guint i = 0; self->words[i] != NULL; i++)
    if (text == NULL || strstr (text, self->words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
fits (Search *self, ReunionStmt *stmt)
{
  const ReunionCaseQuery *query = self->query;
  gint64 last_seen_usec = reunion_stmt_get_int (stmt, 8);

  if ((query->from_usec != 0 || query->to_usec != 0)
      && (last_seen_usec == 0 || last_seen_usec < query->from_usec
          || (query->to_usec != 0 && last_seen_usec >= query->to_usec)))
    return FALSE;
  if (query->has_box || query->has_circle)
    {
      ReunionPoint point
          = { reunion_stmt_get_double (stmt, 12), reunion_stmt_get_double (stmt, 13) };

      if (reunion_stmt_get_int (stmt, 11) == 0 || !is_within_box (self, point)
          || (query->has_circle
              && reunion_geodesy_distance_km (query->centre, point) > query->radius_km))
        return FALSE;
    }
  return has_words (self, reunion_stmt_get_text (stmt, COLUMN_TEXT));
}

static ReunionCaseRow *
row_from_stmt (ReunionStmt *stmt)
{
  ReunionCaseRow *row = g_new0 (ReunionCaseRow, 1);

  row->position = reunion_stmt_get_int (stmt, 0);
  row->id = g_strdup (reunion_stmt_get_text (stmt, 1));
  reunion_case_state_from_key (reunion_stmt_get_text (stmt, 2), &row->state);
  row->name = g_strdup (reunion_stmt_get_text (stmt, 3));
  row->sex = g_strdup (reunion_stmt_get_text (stmt, 4));
  row->birth_date = g_strdup (reunion_stmt_get_text (stmt, 5));
  row->age_years = (int) reunion_stmt_get_int (stmt, 6);
  row->place = g_strdup (reunion_stmt_get_text (stmt, 7));
  row->last_seen_usec = reunion_stmt_get_int (stmt, 8);
  row->closed_usec = reunion_stmt_get_int (stmt, 9);
  row->lead_photo = g_strdup (reunion_stmt_get_text (stmt, 10));
  return row;
}

static gboolean
search_range (ReunionStationStore *self,
              Search *search,
              gint64 first,
              gint64 last,
              guint limit,
              GPtrArray *rows,
              GError **error)
{
  ReunionDb *db = reunion_station_store_get_db (self);
  gboolean is_latest = search->query->order == REUNION_CASE_ORDER_LATEST;
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;

  if (first > last)
    return TRUE;
  if (search->match->len > 0)
    stmt = reunion_db_query (db, error, is_latest ? FROM_WORDS : FROM_WORDS " DESC", "iit", first,
                             last, search->match->str);
  else
    stmt = reunion_db_query (db, error, is_latest ? FROM_ROWS : FROM_ROWS " DESC", "ii", first,
                             last);
  if (stmt == NULL)
    return FALSE;
  while (rows->len < limit && reunion_stmt_next (stmt, &local_error))
    if (fits (search, stmt))
      g_ptr_array_add (rows, row_from_stmt (stmt));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
has_state_of (const ReunionCaseQuery *query, int place)
{
  if (query->states == 0)
    return TRUE;
  for (guint i = 0; i < REUNION_N_CASE_STATES; i++)
    if ((query->states & 1u << i) != 0 && reunion_index_place_of (i) == place)
      return TRUE;
  return FALSE;
}

/* The numbers of @place that are still to be looked through. */
static void
get_range (const ReunionCaseQuery *query, int place, gint64 *first, gint64 *last)
{
  gint64 start = (gint64) place << REUNION_INDEX_PLACE_SHIFT;

  *first = query->to_usec != 0 ? reunion_index_get_base (place, query->to_usec) : start;
  *last = query->from_usec != 0
              ? reunion_index_get_base (place, query->from_usec) + REUNION_INDEX_RUN_OVER
              : start + (G_GINT64_CONSTANT (1) << REUNION_INDEX_PLACE_SHIFT) - 1;
  if (query->after == 0)
    return;
  if (place < query->after >> REUNION_INDEX_PLACE_SHIFT)
    *last = *first - 1;
  else if (place == query->after >> REUNION_INDEX_PLACE_SHIFT)
    {
      if (query->order == REUNION_CASE_ORDER_LATEST)
        *first = MAX (*first, query->after + 1);
      else
        *last = MIN (*last, query->after - 1);
    }
}

/* Drafts, open cases and ended ones follow each other: without a period they are
 * one range. */
static gboolean
is_one_range (const ReunionCaseQuery *query)
{
  return query->from_usec == 0 && query->to_usec == 0 && query->order == REUNION_CASE_ORDER_LATEST;
}

GPtrArray *
reunion_station_store_search (ReunionStationStore *self,
                              const ReunionCaseQuery *query,
                              guint limit,
                              GError **error)
{
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_case_row_free);
  g_auto (Search) search = { 0 };

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && query != NULL, NULL);

  search_init (&search, query);
  if (is_one_range (query))
    return search_range (self, &search, query->after + 1, G_MAXINT64, limit, rows, error)
               ? g_steal_pointer (&rows)
               : NULL;
  for (int place = 0; place < REUNION_INDEX_N_PLACES && rows->len < limit; place++)
    {
      gint64 first, last;

      if (!has_state_of (query, place))
        continue;
      get_range (query, place, &first, &last);
      if (!search_range (self, &search, first, last, limit, rows, error))
        return NULL;
    }
  return g_steal_pointer (&rows);
}

ReunionCaseRow *
reunion_station_store_search_case (ReunionStationStore *self,
                                   const ReunionCaseQuery *query,
                                   const char *case_id,
                                   GError **error)
{
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_case_row_free);
  g_autoptr (ReunionStmt) stmt = NULL;
  g_auto (Search) search = { 0 };
  gint64 position;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self) && query != NULL, NULL);
  g_return_val_if_fail (case_id != NULL, NULL);

  search_init (&search, query);
  stmt = reunion_db_query (reunion_station_store_get_db (self), error,
                           "SELECT position FROM case_rows WHERE case_id = $1", "t", case_id);
  if (stmt == NULL || !reunion_stmt_next (stmt, error))
    return NULL;
  position = reunion_stmt_get_int (stmt, 0);
  reunion_stmt_reset (stmt);
  if (!search_range (self, &search, position, position, 1, rows, error) || rows->len == 0)
    return NULL;
  return g_ptr_array_steal_index (rows, 0);
}

guint
reunion_station_store_count_cases (ReunionStationStore *self, guint states)
{
  guint n = 0;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self), 0);

  for (guint i = 0; i < REUNION_N_CASE_STATES; i++)
    {
      g_autoptr (ReunionStmt) stmt = NULL;

      if (states != 0 && (states & 1u << i) == 0)
        continue;
      stmt = reunion_db_query (reunion_station_store_get_db (self), NULL,
                               "SELECT count(*) FROM case_rows WHERE state = $1", "t",
                               reunion_case_state_to_key (i));
      if (stmt != NULL && reunion_stmt_next (stmt, NULL))
        n += (guint) reunion_stmt_get_int (stmt, 0);
    }
  return n;
}
