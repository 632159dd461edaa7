/* reunion-station-index.c: how a case stands in the index
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-station-index-private.h"

#include "reunion-search-text.h"
#include "reunion-station-duplicate-private.h"
#include "reunion-station-search.h"
#include "reunion-wire.h"

#include <math.h>
#include <string.h>

#define SETTING_VERSION "search_text_version"
/* While it is being filled, in the order of the ids: the version, a colon, and the
 * last id. SETTING_VERSION is not set then. */
#define SETTING_FILLED "search_filled"
#define VERSION_PREFIX G_STRINGIFY (REUNION_SEARCH_TEXT_VERSION) ":"
/* Set while the index may still hold words of a case that is gone. */
#define SETTING_ERASED "search_erased"
#define ERASED "erased"
#define TIDYING "tidying"
/* Some hundred kilobytes: a few milliseconds. */
#define TIDY_PAGES 100
/* Of crowded minutes that are remembered. */
#define MAX_HINTS 4096
#define HINTS_KEY "reunion-index-hints"
#define MINUTE_USEC (60 * G_USEC_PER_SEC)
/* Up to the year 2097. */
#define LAST_MINUTE ((G_GINT64_CONSTANT (1) << 26) - 1)

const int reunion_index_cell_deg[REUNION_INDEX_N_SIZES] = { 2, 10 };
static const char *const cell_names[REUNION_INDEX_N_SIZES] = { "cell", "zone" };

int
reunion_index_place_of (ReunionCaseState state)
{
  if (state == REUNION_CASE_STATE_DRAFT || state == REUNION_CASE_STATE_RETURNED)
    return 0;
  return reunion_case_state_is_open (state) ? 1 : 2;
}

gint64
reunion_index_get_base (int place, gint64 last_seen_usec)
{
  gint64 minute = CLAMP (last_seen_usec / MINUTE_USEC, 0, LAST_MINUTE);

  /* 0 is no position. */
  return ((gint64) place << REUNION_INDEX_PLACE_SHIFT)
         + ((LAST_MINUTE - minute + 1) << REUNION_INDEX_MINUTE_SHIFT);
}

void
reunion_index_add_state (GString *words, ReunionCaseState state)
{
  g_string_append_printf (words, "state%d", (int) state);
}

void
reunion_index_add_cell (GString *words, int size, int row, int column)
{
  int n_columns = 360 / reunion_index_cell_deg[size];

  g_string_append_printf (words, "%s%d", cell_names[size], row * n_columns + column % n_columns);
}

int
reunion_index_row_of (int size, double lat_deg)
{
  return (int) floor ((CLAMP (lat_deg, -90.0, 90.0) + 90.0) / reunion_index_cell_deg[size]);
}

int
reunion_index_column_of (int size, double lon_deg)
{
  return (int) floor ((CLAMP (lon_deg, -180.0, 180.0) + 180.0) / reunion_index_cell_deg[size]);
}

/* --- what is written ---------------------------------------------------------- */

static gboolean
get_point (ReunionCase *case_, ReunionPoint *point)
{
  return reunion_report_get_point (reunion_case_get_report (case_), point)
         && reunion_point_is_valid (*point);
}

static void
append_text (GString *text, const char *value)
{
  g_autofree char *folded = value != NULL ? reunion_search_text_fold (value) : NULL;

  if (folded != NULL && *folded != '\0')
    g_string_append_printf (text, "%s\n", folded);
}

static char *
make_text (ReunionCase *case_)
{
  ReunionReport *report = reunion_case_get_report (case_);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      ReunionFieldKind kind = reunion_field_get_info (i)->kind;

      /* A choice is a key, which nobody sees. */
      if (kind == REUNION_FIELD_KIND_TEXT || kind == REUNION_FIELD_KIND_LONG_TEXT
          || kind == REUNION_FIELD_KIND_DATE)
        append_text (text, reunion_report_get_text (report, i));
    }
  append_text (text, reunion_case_get_station (case_));
  append_text (text, reunion_case_get_station_name (case_));
  append_text (text, reunion_case_get_officer (case_));
  append_text (text, reunion_case_get_review_reason (case_));
  append_text (text, reunion_case_get_closing_note (case_));
  return g_string_free (text, FALSE);
}

static char *
make_facets (ReunionCase *case_)
{
  GString *words = g_string_new (NULL);
  ReunionPoint point;

  reunion_index_add_state (words, reunion_case_get_state (case_));
  for (int size = 0; size < REUNION_INDEX_N_SIZES && get_point (case_, &point); size++)
    {
      g_string_append_c (words, ' ');
      reunion_index_add_cell (words, size, reunion_index_row_of (size, point.lat_deg),
                              reunion_index_column_of (size, point.lon_deg));
    }
  return g_string_free (words, FALSE);
}

static gboolean
put_words (ReunionStationStore *self,
           gint64 position,
           const char *facets,
           const char *text,
           GError **error)
{
  g_autofree char *grams = reunion_search_text_cut (text);
  g_autofree char *words = g_strconcat (grams, facets, NULL);

  return reunion_db_run (reunion_station_store_get_db (self), error,
                         "INSERT INTO case_words (rowid, words) VALUES ($1, $2)", "it", position,
                         words)
         && reunion_db_run (reunion_station_store_get_db (self), error,
                            "INSERT INTO case_texts (position, facets, text) VALUES ($1, $2, $3)",
                            "itt", position, facets, text);
}

/* The index has to be told what it was told when the case was put in. */
static gboolean
remove_words (ReunionStationStore *self,
              gint64 position,
              const char *facets,
              const char *text,
              GError **error)
{
  g_autofree char *grams = reunion_search_text_cut (text);
  g_autofree char *words = g_strconcat (grams, facets, NULL);

  return reunion_db_run (reunion_station_store_get_db (self), error,
                         "INSERT INTO case_words (case_words, rowid, words)"
                         " VALUES ('delete', $1, $2)",
                         "it", position, words)
         && reunion_db_run (reunion_station_store_get_db (self), error,
                            "DELETE FROM case_texts WHERE position = $1", "i", position);
}

/* What the index holds of the case; FALSE when nothing, or with @error set. */
static gboolean
find (ReunionStationStore *self,
      const char *case_id,
      gint64 *position,
      char **facets,
      char **text,
      GError **error)
{
  g_autoptr (ReunionStmt) stmt
      = reunion_db_query (reunion_station_store_get_db (self), error,
                          "SELECT r.position, t.facets, t.text FROM case_rows r"
                          " JOIN case_texts t ON t.position = r.position WHERE r.case_id = $1",
                          "t", case_id);

  if (stmt == NULL || !reunion_stmt_next (stmt, error))
    return FALSE;
  *position = reunion_stmt_get_int (stmt, 0);
  *facets = g_strdup (reunion_stmt_get_text (stmt, 1));
  *text = g_strdup (reunion_stmt_get_text (stmt, 2));
  return TRUE;
}

/* Where numbers of a crowded minute were found to be free, by the number that the
 * minute begins with. What was taken since is passed over; what came free before is
 * left, as the order within a minute says nothing. */
static GHashTable *
get_hints (ReunionStationStore *self)
{
  GHashTable *hints = g_object_get_data (G_OBJECT (self), HINTS_KEY);

  if (hints == NULL)
    {
      hints = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
      g_object_set_data_full (G_OBJECT (self), HINTS_KEY, hints,
                              (GDestroyNotify) g_hash_table_unref);
    }
  return hints;
}

static void
remember_free (ReunionStationStore *self, gint64 base, gint64 position)
{
  GHashTable *hints = get_hints (self);

  if (position < base + (1 << REUNION_INDEX_MINUTE_SHIFT))
    return;
  if (g_hash_table_size (hints) >= MAX_HINTS)
    g_hash_table_remove_all (hints);
  g_hash_table_replace (hints, g_memdup2 (&base, sizeof base),
                        g_memdup2 (&position, sizeof position));
}

/* The first free number from @start on; -1 with @error set. */
static gint64
find_free_from (ReunionStationStore *self, gint64 start, GError **error)
{
  g_autoptr (ReunionStmt) stmt
      = reunion_db_query (reunion_station_store_get_db (self), error,
                          "SELECT CASE WHEN NOT EXISTS"
                          " (SELECT 1 FROM case_rows WHERE position = $1) THEN $1 ELSE"
                          " (SELECT r.position + 1 FROM case_rows r WHERE r.position >= $1"
                          "  AND NOT EXISTS (SELECT 1 FROM case_rows n"
                          "   WHERE n.position = r.position + 1)"
                          "  ORDER BY r.position LIMIT 1) END",
                          "i", start);

  return stmt != NULL && reunion_stmt_next (stmt, error) ? reunion_stmt_get_int (stmt, 0) : -1;
}

/* A free number from @base on; -1 with @error set. Each case looks on from where the
 * one before found its place, or a crowd in one minute would cost its square. */
static gint64
find_free (ReunionStationStore *self, gint64 base, GError **error)
{
  const gint64 *hint = g_hash_table_lookup (get_hints (self), &base);
  gint64 position = find_free_from (self, hint != NULL ? *hint : base, error);

  if (position >= 0)
    remember_free (self, base, position);
  return position;
}

static gboolean
put_row (ReunionStationStore *self, ReunionCase *case_, gint64 position, GError **error)
{
  ReunionReport *report = reunion_case_get_report (case_);
  ReunionPoint point = { 0.0, 0.0 };
  gboolean has_point = get_point (case_, &point);
  ReunionCaseState state = reunion_case_get_state (case_);

  return reunion_db_run (
      reunion_station_store_get_db (self), error,
      "INSERT INTO case_rows (position, case_id, state, last_seen_usec, closed_usec, has_point,"
      " lat_deg, lon_deg, name, sex, birth_date, age_years, place, lead_photo)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
      " ON CONFLICT (case_id) DO UPDATE SET position = excluded.position,"
      " state = excluded.state, last_seen_usec = excluded.last_seen_usec,"
      " closed_usec = excluded.closed_usec, has_point = excluded.has_point,"
      " lat_deg = excluded.lat_deg, lon_deg = excluded.lon_deg, name = excluded.name,"
      " sex = excluded.sex, birth_date = excluded.birth_date, age_years = excluded.age_years,"
      " place = excluded.place, lead_photo = excluded.lead_photo",
      "ittiiiddtttitt", position, reunion_case_get_id (case_), reunion_case_state_to_key (state),
      reunion_report_get_int (report, REUNION_FIELD_LAST_SEEN, 0),
      reunion_case_get_closed_usec (case_), (gint64) has_point, point.lat_deg, point.lon_deg,
      reunion_report_get_text (report, REUNION_FIELD_NAME),
      reunion_report_get_text (report, REUNION_FIELD_SEX),
      reunion_report_get_text (report, REUNION_FIELD_BIRTH_DATE),
      reunion_report_get_int (report, REUNION_FIELD_AGE_YEARS, -1),
      reunion_report_get_text (report, REUNION_FIELD_PLACE),
      reunion_case_get_n_photos (case_) > 0
          ? reunion_photo_get_sha256 (reunion_case_get_photo (case_, 0))
          : NULL);
}

/* Whether @position is one that @base leads to: as long as the place and the
 * minute are the same, the case stays where it is. */
static gboolean
is_at_home (gint64 position, gint64 base)
{
  return position >= base && position < base + (1 << REUNION_INDEX_MINUTE_SHIFT);
}

gboolean
reunion_station_store_index_case (ReunionStationStore *self, ReunionCase *case_, GError **error)
{
  g_autofree char *text = make_text (case_);
  g_autofree char *facets = make_facets (case_);
  g_autofree char *old_text = NULL;
  g_autofree char *old_facets = NULL;
  g_autoptr (GError) local_error = NULL;
  gint64 position = 0;
  gint64 old_position = 0;
  gint64 base = reunion_index_get_base (
      reunion_index_place_of (reunion_case_get_state (case_)),
      reunion_report_get_int (reunion_case_get_report (case_), REUNION_FIELD_LAST_SEEN, 0));
  gboolean is_known = find (self, reunion_case_get_id (case_), &old_position, &old_facets,
                            &old_text, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (is_known && is_at_home (old_position, base))
    position = old_position;
  else
    position = find_free (self, base, error);
  if (position < 0 || !put_row (self, case_, position, error)
      || !reunion_station_store_put_keys (self, case_, error))
    return FALSE;
  if (is_known && position == old_position && g_strcmp0 (text, old_text) == 0
      && g_strcmp0 (facets, old_facets) == 0)
    return TRUE;
  if (is_known && reunion_case_get_state (case_) == REUNION_CASE_STATE_EXPIRED
      && !reunion_station_store_set_setting (self, SETTING_ERASED, ERASED, error))
    return FALSE;
  return (!is_known || remove_words (self, old_position, old_facets, old_text, error))
         && put_words (self, position, facets, text, error);
}

gboolean
reunion_station_store_unindex_case (ReunionStationStore *self, const char *case_id, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *facets = NULL;
  g_autoptr (GError) local_error = NULL;
  gint64 position = 0;

  if (!find (self, case_id, &position, &facets, &text, &local_error))
    {
      if (local_error == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return remove_words (self, position, facets, text, error)
         && reunion_station_store_remove_keys (self, case_id, error)
         && reunion_station_store_set_setting (self, SETTING_ERASED, ERASED, error)
         && reunion_db_run (reunion_station_store_get_db (self), error,
                            "DELETE FROM case_rows WHERE position = $1", "i", position);
}

/* FTS5 notes what is taken out and drops both when it merges; it is told to merge
 * all, and then to go on until there is nothing left to do. */
gboolean
reunion_station_store_tidy_search (ReunionStationStore *self)
{
  g_autofree char *stage = NULL;
  g_autoptr (GError) error = NULL;
  ReunionDb *db;
  gint64 n_before;
  gboolean is_start, is_done;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (self), FALSE);

  stage = reunion_station_store_get_setting (self, SETTING_ERASED);
  if (stage == NULL)
    {
      reunion_station_store_wipe_log (self);
      return FALSE;
    }
  db = reunion_station_store_get_db (self);
  is_start = g_str_equal (stage, ERASED);
  n_before = reunion_db_get_n_ever_changed (db);
  if (!reunion_db_run (db, &error, "INSERT INTO case_words (case_words, rank) VALUES ('merge', $1)",
                       "i", is_start ? (gint64) -TIDY_PAGES : (gint64) TIDY_PAGES))
    {
      g_warning ("%s", error->message);
      return FALSE;
    }
  is_done = !is_start && reunion_db_get_n_ever_changed (db) - n_before < 2;
  if ((is_start || is_done)
      && !reunion_station_store_set_setting (self, SETTING_ERASED, is_done ? NULL : TIDYING,
                                             &error))
    g_warning ("%s", error->message);
  if (is_done)
    reunion_station_store_wipe_log (self);
  return !is_done;
}

/* --- filling it ------------------------------------------------------------------ */

/* Cases of one transaction: some tens of milliseconds of work to lose. */
#define FILL_CASES 500

static guint
count_records (ReunionStationStore *self)
{
  g_autoptr (ReunionStmt) stmt = reunion_db_query (reunion_station_store_get_db (self), NULL,
                                                   "SELECT count(*) FROM cases", "");

  return stmt != NULL && reunion_stmt_next (stmt, NULL) ? (guint) reunion_stmt_get_int (stmt, 0)
                                                        : 0;
}

static guint
count_records_up_to (ReunionStationStore *self, const char *case_id)
{
  g_autoptr (ReunionStmt) stmt
      = reunion_db_query (reunion_station_store_get_db (self), NULL,
                          "SELECT count(*) FROM cases WHERE id <= $1", "t", case_id);

  return stmt != NULL && reunion_stmt_next (stmt, NULL) ? (guint) reunion_stmt_get_int (stmt, 0)
                                                        : 0;
}

/* The id of the last case that is in the index, "" for none; NULL when filling it has
 * not begun with this version. Transfer full. */
static char *
get_filled (ReunionStationStore *self)
{
  g_autofree char *filled = reunion_station_store_get_setting (self, SETTING_FILLED);
  g_autofree char *made = reunion_station_store_get_setting (self, SETTING_VERSION);

  /* Another version has made the index anew meanwhile. */
  if (filled == NULL || made != NULL || !g_str_has_prefix (filled, VERSION_PREFIX))
    return NULL;
  return g_strdup (filled + strlen (VERSION_PREFIX));
}

static gboolean
set_filled (ReunionStationStore *self, const char *case_id, GError **error)
{
  g_autofree char *filled = g_strconcat (VERSION_PREFIX, case_id, NULL);

  return reunion_station_store_set_setting (self, SETTING_FILLED, filled, error);
}

static gboolean
empty (ReunionStationStore *self, GError **error)
{
  ReunionDb *db = reunion_station_store_get_db (self);

  if (!reunion_db_begin (db, error))
    return FALSE;
  if (reunion_db_run (db, error, "INSERT INTO case_words (case_words) VALUES ('delete-all')", "")
      && reunion_db_run (db, error, "DELETE FROM case_texts", "")
      && reunion_db_run (db, error, "DELETE FROM case_keys", "")
      && reunion_db_run (db, error, "DELETE FROM case_rows", "")
      && reunion_station_store_set_setting (self, SETTING_VERSION, NULL, error)
      && set_filled (self, "", error))
    return reunion_db_commit (db, error);
  reunion_db_rollback (db);
  return FALSE;
}

/* The next records; @filled is brought up to the last of them. Returns how many, -1
 * with @error set. */
static int
fill_some (ReunionStationStore *self, char **filled, GError **error)
{
  g_autoptr (ReunionStmt) stmt
      = reunion_db_query (reunion_station_store_get_db (self), error,
                          "SELECT id, record FROM cases WHERE id > $1 ORDER BY id LIMIT $2", "ti",
                          *filled, (gint64) FILL_CASES);
  g_autoptr (GError) local_error = NULL;
  int n = 0;

  if (stmt == NULL)
    return -1;
  for (; reunion_stmt_next (stmt, &local_error); n++)
    {
      g_autoptr (GError) record_error = NULL;
      g_autoptr (ReunionCase) case_
          = reunion_wire_case_from_json (reunion_stmt_get_text (stmt, 1), -1, &record_error);

      g_free (*filled);
      *filled = g_strdup (reunion_stmt_get_text (stmt, 0));
      if (case_ == NULL)
        g_warning ("A case in the store can't be read: %s", record_error->message);
      else if (!reunion_station_store_index_case (self, case_, error))
        return -1;
    }
  if (local_error == NULL)
    return n;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return -1;
}

/* One transaction. Returns whether there is more to do; FALSE at the end, or with
 * @error set. */
static gboolean
fill_step (ReunionStationStore *self, char **filled, GError **error)
{
  ReunionDb *db = reunion_station_store_get_db (self);
  gboolean ok;
  int n;

  if (!reunion_db_begin (db, error))
    return FALSE;
  n = fill_some (self, filled, error);
  if (n == FILL_CASES)
    ok = set_filled (self, *filled, error);
  else
    ok = n >= 0
         && reunion_station_store_set_setting (self, SETTING_VERSION,
                                               G_STRINGIFY (REUNION_SEARCH_TEXT_VERSION), error)
         && reunion_station_store_set_setting (self, SETTING_FILLED, NULL, error);
  if (!ok)
    {
      reunion_db_rollback (db);
      return FALSE;
    }
  return reunion_db_commit (db, error) && n == FILL_CASES;
}

gboolean
reunion_station_store_bring_index_up_to_date (ReunionStationStore *self,
                                              GCancellable *cancellable,
                                              ReunionStoreProgressFunc progress,
                                              gpointer user_data,
                                              GError **error)
{
  g_autofree char *made = reunion_station_store_get_setting (self, SETTING_VERSION);
  g_autofree char *filled = NULL;
  g_autoptr (GError) local_error = NULL;
  guint n_cases, n_done;

  if (g_strcmp0 (made, G_STRINGIFY (REUNION_SEARCH_TEXT_VERSION)) == 0)
    return TRUE;
  filled = get_filled (self);
  if (filled == NULL && !empty (self, error))
    return FALSE;
  if (filled == NULL)
    filled = g_strdup ("");
  n_cases = count_records (self);
  n_done = count_records_up_to (self, filled);
  do
    {
      if (progress != NULL)
        progress (MIN (n_done, n_cases), n_cases, user_data);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      n_done += FILL_CASES;
    }
  while (fill_step (self, &filled, &local_error));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
