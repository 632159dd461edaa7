/* test-station-search-random.c: what the search finds among random cases is what looking
 * through all of them finds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-test-utils.h"

#include "reunion-search-text.h"
#include "reunion-station-search.h"
#include "reunion-wire.h"
#include "test-helpers.h"

#include <string.h>

#define HOUR_USEC (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

static gint64 sequence;

static GPtrArray *
search (ReunionStationStore *store, const ReunionCaseQuery *query)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = reunion_station_store_search (store, query, 10000, &error);

  g_assert_no_error (error);
  return rows;
}

static char *
make_random_text (GRand *random_state, guint max)
{
  static const char *const pieces[]
      = { "王", "小", "明", "李", "a",  "b", "an", "Á",  "1",      "2",
          " ",  " ",  "·",  "-",  "\"", "👍", "县", "ab", "a\u0301" };
  GString *text = g_string_new (NULL);
  guint n = (guint) g_rand_int_range (random_state, 1, (int) max + 1);

  for (guint i = 0; i < n; i++)
    g_string_append (text, pieces[g_rand_int_range (random_state, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static ReunionCase *
make_random_case (GRand *random_state)
{
  ReunionCase *case_ = store_test_make_case ();
  ReunionReport *report = reunion_case_get_report (case_);
  g_autofree char *name = make_random_text (random_state, 4);
  g_autofree char *marks = make_random_text (random_state, 30);

  reunion_report_set_text (report, REUNION_FIELD_NAME, name);
  reunion_report_set_text (report, REUNION_FIELD_MARKS, marks);
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN,
                          STORE_TEST_NOW
                              - g_rand_int_range (random_state, 0, 100) * (HOUR_USEC / 6));
  if (g_rand_int_range (random_state, 0, 10) == 0)
    reunion_report_unset (report, REUNION_FIELD_LAST_SEEN);
  reunion_report_set_point (report,
                            (ReunionPoint){ g_rand_double_range (random_state, -90, 90),
                                            g_rand_double_range (random_state, -180, 180) });
  reunion_case_set_state (case_, g_rand_int_range (random_state, 0, REUNION_N_CASE_STATES));
  reunion_case_set_revision (case_, 1);
  return case_;
}

static ReunionCaseQuery
make_random_query (GRand *random_state, char **text)
{
  ReunionCaseQuery query = { 0 };

  *text = g_rand_int_range (random_state, 0, 8) > 0 ? make_random_text (random_state, 4) : NULL;
  query.text = *text;
  if (g_rand_boolean (random_state))
    query.states = (guint) g_rand_int_range (random_state, 1, 1 << REUNION_N_CASE_STATES);
  if (g_rand_int_range (random_state, 0, 3) == 0)
    query.from_usec = STORE_TEST_NOW - g_rand_int_range (random_state, 0, 100) * (HOUR_USEC / 6);
  if (g_rand_int_range (random_state, 0, 3) == 0)
    query.to_usec = STORE_TEST_NOW - g_rand_int_range (random_state, 0, 100) * (HOUR_USEC / 6);
  query.has_circle = g_rand_int_range (random_state, 0, 3) == 0;
  query.centre = (ReunionPoint){ g_rand_double_range (random_state, -90, 90),
                                 g_rand_double_range (random_state, -180, 180) };
  query.radius_km = g_rand_double_range (random_state, 1, 6000);
  query.has_box = g_rand_int_range (random_state, 0, 4) == 0;
  query.south_deg = g_rand_double_range (random_state, -90, 60);
  query.north_deg = query.south_deg + g_rand_double_range (random_state, 0, 30);
  query.west_deg = g_rand_double_range (random_state, -180, 180);
  query.east_deg = g_rand_double_range (random_state, -180, 180);
  query.order
      = g_rand_boolean (random_state) ? REUNION_CASE_ORDER_LATEST : REUNION_CASE_ORDER_LONGEST;
  return query;
}

static gboolean
naive_has_word (ReunionCase *case_, const char *word)
{
  ReunionReport *report = reunion_case_get_report (case_);

  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      g_autofree char *folded = NULL;

      if (!reunion_field_is_text (i) || reunion_field_get_choices (i) != NULL)
        continue;
      folded = reunion_search_text_fold (reunion_report_get_text (report, i));
      if (strstr (folded, word) != NULL)
        return TRUE;
    }
  return strstr ("520524-01", word) != NULL || strstr ("chengguan station", word) != NULL;
}

static gboolean
naive_fits (ReunionCase *case_, const ReunionCaseQuery *query)
{
  ReunionReport *report = reunion_case_get_report (case_);
  gint64 last_seen_usec = reunion_report_get_int (report, REUNION_FIELD_LAST_SEEN, 0);
  g_autofree char *folded = reunion_search_text_fold (query->text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  ReunionPoint point;

  for (guint i = 0; words[i] != NULL; i++)
    if (!naive_has_word (case_, words[i]))
      return FALSE;
  if (query->states != 0 && (query->states >> reunion_case_get_state (case_) & 1) == 0)
    return FALSE;
  if ((query->from_usec != 0 || query->to_usec != 0) && last_seen_usec == 0)
    return FALSE;
  if (query->from_usec != 0 && last_seen_usec < query->from_usec)
    return FALSE;
  if (query->to_usec != 0 && last_seen_usec >= query->to_usec)
    return FALSE;
  g_assert_true (reunion_report_get_point (report, &point));
  if (query->has_circle && reunion_geodesy_distance_km (query->centre, point) > query->radius_km)
    return FALSE;
  if (!query->has_box)
    return TRUE;
  return point.lat_deg >= query->south_deg && point.lat_deg <= query->north_deg
         && (query->west_deg <= query->east_deg
                 ? point.lon_deg >= query->west_deg && point.lon_deg <= query->east_deg
                 : point.lon_deg >= query->west_deg || point.lon_deg <= query->east_deg);
}

static int
place_of (ReunionCaseState state)
{
  if (state == REUNION_CASE_STATE_DRAFT || state == REUNION_CASE_STATE_RETURNED)
    return 0;
  return reunion_case_state_is_open (state) ? 1 : 2;
}

/* As many as there are, each of them right, and in order. */
static void
expect_same (guint32 seed,
             guint number,
             GHashTable *cases,
             const ReunionCaseQuery *query,
             GPtrArray *rows)
{
  g_autofree char *label = g_strdup_printf ("seed %u, question %u, “%s”", seed, number,
                                            query->text != NULL ? query->text : "");
  GHashTableIter iter;
  gpointer case_;
  guint n = 0;
  const ReunionCaseRow *before = NULL;

  g_hash_table_iter_init (&iter, cases);
  while (g_hash_table_iter_next (&iter, NULL, &case_))
    n += naive_fits (case_, query) ? 1 : 0;
  test_expect_int (label, n, rows->len);
  for (guint i = 0; i < rows->len; i++)
    {
      const ReunionCaseRow *row = rows->pdata[i];

      if (!naive_fits (g_hash_table_lookup (cases, row->id), query))
        test_fail ("%s: %s does not fit", label, row->name);
      if (before != NULL)
        {
          gint64 minutes = row->last_seen_usec / (60 * G_USEC_PER_SEC)
                           - before->last_seen_usec / (60 * G_USEC_PER_SEC);

          if (query->order == REUNION_CASE_ORDER_LONGEST)
            minutes = -minutes;
          if (place_of (before->state) > place_of (row->state)
              || (place_of (before->state) == place_of (row->state) && minutes > 0))
            test_fail ("%s: %s stands in the wrong place", label, row->name);
        }
      before = row;
    }
}

static void
feed_random (ReunionStationStore *store, GRand *random_state, GHashTable *cases, guint n)
{
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_change_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      ReunionCase *case_ = make_random_case (random_state);

      g_hash_table_insert (cases, (gpointer) reunion_case_get_id (case_), case_);
      g_ptr_array_add (changes, reunion_change_new_case (++sequence, case_));
    }
  reunion_station_store_apply_changes (store, changes, sequence, &error);
  g_assert_no_error (error);
}

/* One in five says something else now. */
static void
change_some (ReunionStationStore *store, GRand *random_state, GHashTable *cases)
{
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_change_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, cases);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      ReunionCase *case_ = value;
      g_autoptr (ReunionCase) other = NULL;

      if (g_rand_int_range (random_state, 0, 5) > 0)
        continue;
      other = make_random_case (random_state);
      reunion_case_set_report (case_, reunion_case_get_report (other));
      reunion_case_set_state (case_, reunion_case_get_state (other));
      reunion_case_set_revision (case_, 2);
      g_ptr_array_add (changes, reunion_change_new_case (++sequence, case_));
    }
  g_assert_true (reunion_station_store_apply_changes (store, changes, sequence, NULL));
}

static void
test_random (void)
{
  const guint32 seed = 20160515;
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (GRand) random_state = g_rand_new_with_seed (seed);
  g_autoptr (GHashTable) cases
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);

  sequence = 0;
  feed_random (store, random_state, cases, 2000);
  change_some (store, random_state, cases);
  for (guint i = 0; i < 150; i++)
    {
      g_autofree char *text = NULL;
      ReunionCaseQuery query = make_random_query (random_state, &text);
      g_autoptr (GPtrArray) rows = search (store, &query);

      expect_same (seed, i, cases, &query, rows);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station-search/random", test_random);
  return g_test_run ();
}
