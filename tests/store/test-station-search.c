/* test-station-search.c: cases found by their text, state, time and place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-test-utils.h"

#include "reunion-station-search.h"
#include "test-helpers.h"

#include <string.h>

#define HOUR_USEC (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define STATE(state) (1u << REUNION_CASE_STATE_##state)

static gint64 sequence;

static void
feed_named (ReunionStationStore *store, const char *name, const char *notes, ReunionCaseState state)
{
  g_autoptr (ReunionCase) case_ = store_test_make_case ();

  reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_NAME, name);
  reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_INTERNAL_NOTES, notes);
  reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_PLACE, "织金县");
  reunion_case_set_state (case_, state);
  reunion_case_set_revision (case_, 1);
  store_test_feed_case (store, ++sequence, case_);
}

static GPtrArray *
search (ReunionStationStore *store, const ReunionCaseQuery *query)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = reunion_station_store_search (store, query, 10000, &error);

  g_assert_no_error (error);
  return rows;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* The names found, sorted. */
static char *
find_names (ReunionStationStore *store, const ReunionCaseQuery *query)
{
  g_autoptr (GPtrArray) rows = search (store, query);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (names, ((ReunionCaseRow *) rows->pdata[i])->name);
  g_ptr_array_sort (names, compare_texts);
  g_ptr_array_add (names, NULL);
  return g_strjoinv ("|", (char **) names->pdata);
}

/* --- what is typed ------------------------------------------------------------ */

static const struct
{
  const char *name;
  const char *notes;
} people[] = {
  { "王小明", "His grandmother lives in Zhijin" },
  { "王明", "José, the café's owner, saw him" },
  { "欧阳明月", "no \"quotes\", no (signs) -- 100% AND more" },
  { "古力娜尔·买买提", "NOT near; ＡＢＣ１２３ on the bag" },
  { "𠮷野家", "👨‍👩‍👧 and 👍🏽" },
  { "Nguyễn Văn An", "straße; e_mail*; C:\\path; it's" },
};

static const struct
{
  const char *typed;
  const char *names;
} typings[] = {
  { NULL, "Nguyễn Văn An|古力娜尔·买买提|欧阳明月|王小明|王明|𠮷野家" },
  { "", "Nguyễn Văn An|古力娜尔·买买提|欧阳明月|王小明|王明|𠮷野家" },
  { " \t\u3000 ", "Nguyễn Văn An|古力娜尔·买买提|欧阳明月|王小明|王明|𠮷野家" },
  { "王", "王小明|王明" },
  { "明", "欧阳明月|王小明|王明" },
  { "王明", "王明" },
  { "小明", "王小明" },
  { "王小明", "王小明" },
  { "明 王", "王小明|王明" },
  { "明月 欧阳", "欧阳明月" },
  { "欧阳月", "" },
  { "古力娜尔•买买提", "古力娜尔·买买提" },
  { "尔·买", "古力娜尔·买买提" },
  { "买买", "古力娜尔·买买提" },
  { "买买买", "" },
  { "𠮷", "𠮷野家" },
  { "吉", "" },
  { "hij", "王小明" },
  { "ZHIJIN", "王小明" },
  { "ｚｈｉｊｉｎ", "王小明" },
  { "zhijin 小明", "王小明" },
  { "zhijin王小明", "" },
  { "jose", "王明" },
  { "JOSÉ", "王明" },
  { "jose\u0301", "王明" },
  { "cafe's", "王明" },
  { "abc123", "古力娜尔·买买提" },
  { "nguyen", "Nguyễn Văn An" },
  { "van an", "Nguyễn Văn An" },
  { "vanan", "" },
  { "strasse", "Nguyễn Văn An" },
  { "\"", "欧阳明月" },
  { "\"quotes\"", "欧阳明月" },
  { "(signs)", "欧阳明月" },
  { "(", "欧阳明月" },
  { ")", "欧阳明月" },
  { "--", "欧阳明月" },
  { "100%", "欧阳明月" },
  { "%", "欧阳明月" },
  { "_", "Nguyễn Văn An" },
  { "*", "Nguyễn Văn An" },
  { "e_mail*", "Nguyễn Văn An" },
  { "\\path", "Nguyễn Văn An" },
  { "'", "Nguyễn Văn An|王明" },
  { "AND", "欧阳明月|王小明|𠮷野家" },
  { "AND more", "欧阳明月" },
  { "NOT", "古力娜尔·买买提" },
  { "NOT near", "古力娜尔·买买提" },
  { "OR", "欧阳明月" },
  { "NEAR(a b)", "" },
  { "words:王", "" },
  { "state4", "" },
  { "field0", "" },
  { "zone0", "" },
  { "^王", "" },
  { "王*", "" },
  { "👍", "𠮷野家" },
  { "👩", "𠮷野家" },
  { "👨‍👩‍👧", "𠮷野家" },
  { "💥", "" },
  { "\u0301", "Nguyễn Văn An|古力娜尔·买买提|欧阳明月|王小明|王明|𠮷野家" },
  { "王\u200b明", "王明" },
  { "\xff\xfe", "Nguyễn Văn An|古力娜尔·买买提|欧阳明月|王小明|王明|𠮷野家" },
  /* Of other fields: the case's place and station. */
  { "织金县", "Nguyễn Văn An|古力娜尔·买买提|欧阳明月|王小明|王明|𠮷野家" },
  { "engguan", "Nguyễn Văn An|古力娜尔·买买提|欧阳明月|王小明|王明|𠮷野家" },
  /* From the end of one field into the next. */
  { "王明the", "" },
};

static void
test_typed (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);

  sequence = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (ReunionCase) case_ = store_test_make_case ();
      ReunionReport *report = reunion_case_get_report (case_);

      reunion_report_set_text (report, REUNION_FIELD_NAME, people[i].name);
      reunion_report_set_text (report, REUNION_FIELD_INTERNAL_NOTES, people[i].notes);
      reunion_report_set_text (report, REUNION_FIELD_PLACE, "织金县");
      reunion_report_unset (report, REUNION_FIELD_CLOTHING);
      reunion_report_unset (report, REUNION_FIELD_CIRCUMSTANCES);
      reunion_report_unset (report, REUNION_FIELD_PHOTO_ABSENT_REASON);
      reunion_report_unset (report, REUNION_FIELD_CONTACT_PHONE);
      reunion_case_set_station (case_, "5205", "Chengguan");
      reunion_case_set_state (case_, REUNION_CASE_STATE_PUBLISHED);
      store_test_feed_case (store, ++sequence, case_);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (typings); i++)
    {
      ReunionCaseQuery query = { .text = typings[i].typed };
      g_autofree char *names = find_names (store, &query);

      test_expect_string (typings[i].typed, typings[i].names, names);
    }
}

static void
test_long (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *found = NULL, *not_found = NULL, *by_words = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (text, "%d公里外", (int) i * 7919 % 1000);
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (words, " %d公", (int) i);
  feed_named (store, "one", text->str, REUNION_CASE_STATE_PUBLISHED);
  feed_named (store, "two", "公里外", REUNION_CASE_STATE_PUBLISHED);
  found = find_names (store, &(ReunionCaseQuery){ .text = text->str });
  test_expect_string ("all of a long text", "one", found);
  by_words = find_names (store, &(ReunionCaseQuery){ .text = words->str });
  test_expect_string ("a thousand words", "one", by_words);
  g_string_append (text, "x");
  not_found = find_names (store, &(ReunionCaseQuery){ .text = text->str });
  test_expect_string ("one letter more", "", not_found);
}

/* Whoever adds a field to the report finds it here. */
static void
test_every_field (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  ReunionReport *report = reunion_case_get_report (case_);
  static const char *const others[]
      = { "qzstationqz", "qznameqz", "qzofficerqz", "qzreasonqz", "qznoteqz" };

  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      const ReunionFieldInfo *info = reunion_field_get_info (i);
      g_autofree char *marker = g_strdup_printf ("QZ-%s-QZ", info->key);

      if (reunion_field_is_text (i))
        reunion_report_set_text (report, i, marker);
    }
  reunion_case_set_station (case_, "qzstationqz", "qznameqz");
  reunion_case_set_officer (case_, "qzofficerqz");
  reunion_case_set_review_reason (case_, "qzreasonqz");
  reunion_case_set_closing_note (case_, "qznoteqz");
  store_test_feed_case (store, 1, case_);
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      const ReunionFieldInfo *info = reunion_field_get_info (i);
      g_autofree char *marker = g_strdup_printf ("qz-%s-qz", info->key);
      g_autoptr (GPtrArray) rows = search (store, &(ReunionCaseQuery){ .text = marker });

      test_expect_int (marker, reunion_field_is_text (i) && info->kind != REUNION_FIELD_KIND_CHOICE,
                       rows->len);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GPtrArray) rows = search (store, &(ReunionCaseQuery){ .text = others[i] });

      test_expect_int (others[i], 1, rows->len);
    }
}

/* --- state, time and place ------------------------------------------------------- */

static void
feed_at (ReunionStationStore *store,
         const char *name,
         ReunionCaseState state,
         int hours,
         double lat_deg,
         double lon_deg)
{
  g_autoptr (ReunionCase) case_ = store_test_make_case ();
  ReunionReport *report = reunion_case_get_report (case_);

  reunion_report_set_text (report, REUNION_FIELD_NAME, name);
  if (hours >= 0)
    reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN, STORE_TEST_NOW - hours * HOUR_USEC);
  else
    reunion_report_unset (report, REUNION_FIELD_LAST_SEEN);
  if (lat_deg <= 90.0)
    reunion_report_set_point (report, (ReunionPoint){ lat_deg, lon_deg });
  else
    {
      reunion_report_unset (report, REUNION_FIELD_LATITUDE);
      reunion_report_unset (report, REUNION_FIELD_LONGITUDE);
    }
  reunion_case_set_state (case_, state);
  reunion_case_set_revision (case_, 1);
  store_test_feed_case (store, ++sequence, case_);
}

static const struct
{
  const char *label;
  ReunionCaseQuery query;
  const char *names;
} filters[] = {
  { "all", { 0 }, "a|b|c|d|e|f|g" },
  { "drafts", { .states = STATE (DRAFT) | STATE (RETURNED) }, "a|g" },
  { "published", { .states = STATE (PUBLISHED) | STATE (ESCALATING) }, "b|c" },
  { "closed", { .states = STATE (CLOSED) }, "d|e" },
  { "withdrawn", { .states = STATE (WITHDRAWN) }, "" },
  { "no state that there is", { .states = 1u << 30 }, "" },
  { "the last ten hours", { .from_usec = STORE_TEST_NOW - 10 * HOUR_USEC }, "b|c|f" },
  { "ten hours and a moment less", { .from_usec = STORE_TEST_NOW - 10 * HOUR_USEC + 1 }, "b|f" },
  { "before that", { .to_usec = STORE_TEST_NOW - 10 * HOUR_USEC }, "d|e|g" },
  { "between",
    { .from_usec = STORE_TEST_NOW - 30 * HOUR_USEC, .to_usec = STORE_TEST_NOW - 10 * HOUR_USEC },
    "d" },
  { "never", { .from_usec = STORE_TEST_NOW, .to_usec = STORE_TEST_NOW - HOUR_USEC }, "" },
  { "closed, the last thirty hours",
    { .states = STATE (CLOSED), .from_usec = STORE_TEST_NOW - 30 * HOUR_USEC },
    "d" },
  { "around Zhijin", { .has_circle = TRUE, .centre = { 26.66, 105.77 }, .radius_km = 150 }, "b|c" },
  { "around Zhijin, close",
    { .has_circle = TRUE, .centre = { 26.66, 105.77 }, .radius_km = 10 },
    "b" },
  { "around Zhijin, far",
    { .has_circle = TRUE, .centre = { 26.66, 105.77 }, .radius_km = 2000 },
    "b|c|d" },
  { "around Zhijin, not at all",
    { .has_circle = TRUE, .centre = { 27.66, 105.77 }, .radius_km = 10 },
    "" },
  { "across 180 degrees",
    { .has_circle = TRUE, .centre = { 0.0, 179.9 }, .radius_km = 100 },
    "e|f" },
  { "around the pole", { .has_circle = TRUE, .centre = { 89.0, 10.0 }, .radius_km = 300 }, "g" },
  { "a box",
    { .has_box = TRUE, .south_deg = 26, .west_deg = 105, .north_deg = 27, .east_deg = 107 },
    "b|c" },
  { "a box across 180 degrees",
    { .has_box = TRUE, .south_deg = -1, .west_deg = 179, .north_deg = 1, .east_deg = -179 },
    "e|f" },
  { "all round",
    { .has_box = TRUE, .south_deg = -90, .west_deg = -180, .north_deg = 90, .east_deg = 180 },
    "b|c|d|e|f|g" },
  { "the other side of the box",
    { .has_box = TRUE, .south_deg = 20, .west_deg = 107, .north_deg = 60, .east_deg = 105 },
    "d" },
  { "a narrow box all but round",
    { .has_box = TRUE, .south_deg = 26, .west_deg = 105.9, .north_deg = 28, .east_deg = 105.7 },
    "c" },
  { "all together",
    { .text = "b 王",
      .states = STATE (PUBLISHED),
      .from_usec = STORE_TEST_NOW - 3 * HOUR_USEC,
      .has_circle = TRUE,
      .centre = { 26.66, 105.77 },
      .radius_km = 10 },
    "" },
  { "all together, found",
    { .text = "blue jack",
      .states = STATE (PUBLISHED),
      .from_usec = STORE_TEST_NOW - 3 * HOUR_USEC,
      .has_circle = TRUE,
      .centre = { 26.66, 105.77 },
      .radius_km = 10 },
    "b" },
};

static void
test_filters (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);

  sequence = 0;
  feed_at (store, "a", REUNION_CASE_STATE_DRAFT, -1, 99.0, 0.0);
  feed_at (store, "b", REUNION_CASE_STATE_PUBLISHED, 2, 26.67, 105.78);
  feed_at (store, "c", REUNION_CASE_STATE_ESCALATING, 10, 26.65, 106.63);
  feed_at (store, "d", REUNION_CASE_STATE_CLOSED, 20, 39.9, 116.4);
  feed_at (store, "e", REUNION_CASE_STATE_CLOSED, 4000, 0.0, 180.0);
  feed_at (store, "f", REUNION_CASE_STATE_SUBMITTED, 1, 0.1, -179.9);
  feed_at (store, "g", REUNION_CASE_STATE_RETURNED, 50, 89.5, -170.0);
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autofree char *names = find_names (store, &filters[i].query);

      test_expect_string (filters[i].label, filters[i].names, names);
    }
  test_expect_int ("drafts", 2,
                   reunion_station_store_count_cases (store, STATE (DRAFT) | STATE (RETURNED)));
  test_expect_int ("all", 7, reunion_station_store_count_cases (store, 0));
}

/* Pages of three, one after the other, make the whole list; the order holds. */
static void
test_pages (void)
{
  static const char *const expected[] = {
    [REUNION_CASE_ORDER_LATEST] = "r1 r3 r9 p2 p6 p7 p8 c5",
    [REUNION_CASE_ORDER_LONGEST] = "r9 r3 r1 p8 p7 p6 p2 c5",
  };
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  static const int hours[] = { 3, 8, 1, 6, 9, 2, 7, 5 };

  sequence = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (hours); i++)
    {
      ReunionCaseState state = hours[i] == 5 ? REUNION_CASE_STATE_CLOSED
                               : hours[i] == 1 || hours[i] == 3 || hours[i] == 9
                                   ? REUNION_CASE_STATE_RETURNED
                                   : REUNION_CASE_STATE_PUBLISHED;
      g_autofree char *name
          = g_strdup_printf ("%c%d", reunion_case_state_to_key (state)[0], hours[i]);

      feed_at (store, name, state, hours[i], 26.0, 105.0);
    }
  for (guint order = 0; order < G_N_ELEMENTS (expected); order++)
    for (guint has_text = 0; has_text < 2; has_text++)
      {
        ReunionCaseQuery query = { .order = order, .text = has_text != 0 ? "jacket" : NULL };
        g_autoptr (GString) names = g_string_new (NULL);
        g_autoptr (GPtrArray) rows = NULL;

        do
          {
            g_clear_pointer (&rows, g_ptr_array_unref);
            rows = reunion_station_store_search (store, &query, 3, NULL);
            for (guint i = 0; i < rows->len; i++)
              {
                const ReunionCaseRow *row = rows->pdata[i];

                g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", row->name);
                query.after = row->position;
              }
          }
        while (rows->len == 3);
        test_expect_string ("pages", expected[order], names->str);
      }
}

/* More in one minute than the minute has room for. */
static void
test_one_minute (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  ReunionCaseQuery query = { .from_usec = STORE_TEST_NOW - 5 * HOUR_USEC,
                             .to_usec = STORE_TEST_NOW - 5 * HOUR_USEC + 1 };
  g_autoptr (GPtrArray) rows = NULL;

  sequence = 0;
  for (guint i = 0; i < 100; i++)
    feed_at (store, "x", REUNION_CASE_STATE_PUBLISHED, 5, 26.0, 105.0);
  feed_at (store, "y", REUNION_CASE_STATE_PUBLISHED, 6, 26.0, 105.0);
  feed_at (store, "y", REUNION_CASE_STATE_PUBLISHED, 4, 26.0, 105.0);
  rows = search (store, &query);
  test_expect_int ("of one minute", 100, rows->len);

  /* Whoever opens the file next knows nothing of where there is room. */
  g_clear_pointer (&rows, g_ptr_array_unref);
  g_clear_object (&store);
  store = store_test_open_station (folder);
  for (guint i = 0; i < 50; i++)
    feed_at (store, "x", REUNION_CASE_STATE_PUBLISHED, 5, 26.0, 105.0);
  rows = search (store, &query);
  test_expect_int ("of one minute, reopened", 150, rows->len);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station-search/typed", test_typed);
  g_test_add_func ("/station-search/long", test_long);
  g_test_add_func ("/station-search/every-field", test_every_field);
  g_test_add_func ("/station-search/filters", test_filters);
  g_test_add_func ("/station-search/pages", test_pages);
  g_test_add_func ("/station-search/one-minute", test_one_minute);
  return g_test_run ();
}
