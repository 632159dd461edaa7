/* test-undo.c: what a report was like before each change to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-undo.h"
#include "test-records.h"

#define MSEC 1000

static const gboolean none_pending[REUNION_N_FIELDS];

/* A case, and an undo that watches it as the form does. */
typedef struct
{
  ReunionCase *case_;
  char *texts[REUNION_N_FIELDS];
  DeskUndo *undo;
  gint64 now_usec;
} Fixture;

static DeskUndoState *
make_state (Fixture *fixture)
{
  DeskUndoState *state = desk_undo_state_new (fixture->case_);

  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (fixture->texts[i] != NULL)
      desk_undo_state_set_text (state, i, fixture->texts[i], FALSE);
  return state;
}

static void
open_fixture (Fixture *fixture)
{
  fixture->case_ = reunion_case_new (TEST_CASE_ID);
  fixture->undo = desk_undo_new (make_state (fixture));
  fixture->now_usec = G_USEC_PER_SEC;
}

static void
close_fixture (Fixture *fixture)
{
  desk_undo_free (fixture->undo);
  g_object_unref (fixture->case_);
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    g_free (fixture->texts[i]);
}

static void
type (Fixture *fixture, ReunionField field, const char *text, gint64 after_usec)
{
  fixture->now_usec += after_usec;
  g_free (fixture->texts[field]);
  fixture->texts[field] = g_strdup (text);
  desk_undo_type (fixture->undo, field, text, fixture->now_usec);
}

static void
read_typed (Fixture *fixture)
{
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (fixture->texts[i] != NULL)
      reunion_report_set_text (reunion_case_get_report (fixture->case_), i, fixture->texts[i]);
  desk_undo_settle (fixture->undo, make_state (fixture), none_pending, TRUE);
}

static void
settle (Fixture *fixture)
{
  desk_undo_settle (fixture->undo, make_state (fixture), none_pending, FALSE);
}

/* The state after one step; NULL when there was none. */
static const DeskUndoState *
go (Fixture *fixture, gboolean is_back, guint *where)
{
  const DeskUndoState *from, *to;

  return desk_undo_go (fixture->undo, is_back, where, &from, &to) ? to : NULL;
}

static guint
count_back (Fixture *fixture)
{
  guint n = 0, where;

  while (go (fixture, TRUE, &where) != NULL)
    n++;
  for (guint i = 0; i < n; i++)
    g_assert_nonnull (go (fixture, FALSE, &where));
  g_assert_null (go (fixture, FALSE, &where));
  return n;
}

/* --- typing ----------------------------------------------------------------- */

typedef struct
{
  const char *what;
  /* Typed a character at a time, where "|" is a pause and "<" the backspace. */
  const char *keys;
  /* What stands there before each step, the last step first, between "/". */
  const char *expected;
} Typing;

static const Typing typings[] = {
  { "one word", "jacket", "" },
  { "words", "Blue jacket", "Blue /" },
  { "three words", "a red cap", "a red /a /" },
  { "a pause", "jac|ket", "jac/" },
  { "a pause between words", "Blue |jacket", "Blue /" },
  { "Chinese, by its punctuation", "蓝色外套，黑色长裤。", "蓝色外套，/" },
  { "a full stop", "Left. Came", "Left. /" },
  { "a number is one word", "0857-7621110", "" },
  { "a time is one word", "2026-11-23", "" },
  { "taken back by hand", "jacket<<<", "jacket/" },
  { "and typed again", "jacket<<ts", "jack/jacket/" },
  { "nothing at all", "", NULL },
};

static char *
backspace (const char *text)
{
  glong n = g_utf8_strlen (text, -1);

  return g_utf8_substring (text, 0, n - 1);
}

static void
play (Fixture *fixture, const char *keys)
{
  g_autofree char *text = g_strdup ("");
  gint64 after_usec = 120 * MSEC;

  for (const char *key = keys; *key != '\0'; key = g_utf8_next_char (key))
    {
      g_autofree char *before = g_steal_pointer (&text);

      if (*key == '|')
        {
          text = g_steal_pointer (&before);
          after_usec = 2000 * MSEC;
          continue;
        }
      if (*key == '<')
        text = backspace (before);
      else
        text = g_strdup_printf ("%s%.*s", before, (int) (g_utf8_next_char (key) - key), key);
      type (fixture, REUNION_FIELD_CLOTHING, text, after_usec);
      after_usec = 120 * MSEC;
      /* The form reads while typing goes on; that must not make steps. */
      read_typed (fixture);
    }
}

static char *
play_back (Fixture *fixture)
{
  GString *seen = g_string_new (NULL);
  const DeskUndoState *state;
  guint where;
  gboolean any = FALSE;

  while ((state = go (fixture, TRUE, &where)) != NULL)
    {
      const char *text = state->texts[REUNION_FIELD_CLOTHING];

      test_expect_int ("where", REUNION_FIELD_CLOTHING, where);
      if (any)
        g_string_append_c (seen, '/');
      any = TRUE;
      g_string_append (seen, text != NULL ? text : "");
    }
  return g_string_free (seen, !any);
}

static void
test_typing (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (typings); i++)
    {
      Fixture fixture = { 0 };
      g_autofree char *seen = NULL;

      open_fixture (&fixture);
      play (&fixture, typings[i].keys);
      seen = play_back (&fixture);
      test_expect_string (typings[i].what, typings[i].expected, seen);
      close_fixture (&fixture);
    }
}

/* A text put in the place of another is told as two changes. */
static void
test_replaced (void)
{
  Fixture fixture = { 0 };
  g_autofree char *seen = NULL;

  open_fixture (&fixture);
  type (&fixture, REUNION_FIELD_CLOTHING, "red", 0);
  type (&fixture, REUNION_FIELD_CLOTHING, "", 100 * MSEC);
  type (&fixture, REUNION_FIELD_CLOTHING, "blue", 0);
  read_typed (&fixture);
  seen = play_back (&fixture);
  test_expect_string ("before each step", "red/", seen);
  close_fixture (&fixture);
}

static void
test_pasted (void)
{
  Fixture fixture = { 0 };
  g_autofree char *seen = NULL;

  open_fixture (&fixture);
  type (&fixture, REUNION_FIELD_CLOTHING, "In ", 0);
  type (&fixture, REUNION_FIELD_CLOTHING, "In a long sentence from elsewhere", 100 * MSEC);
  seen = play_back (&fixture);
  test_expect_string ("before each step", "In /", seen);
  close_fixture (&fixture);
}

/* An entry at a time, however fast. */
static void
test_two_entries (void)
{
  Fixture fixture = { 0 };
  const DeskUndoState *state;
  guint where;

  open_fixture (&fixture);
  type (&fixture, REUNION_FIELD_NAME, "Li", 0);
  type (&fixture, REUNION_FIELD_SHOES, "red", 50 * MSEC);
  type (&fixture, REUNION_FIELD_NAME, "Lin", 50 * MSEC);
  read_typed (&fixture);
  state = go (&fixture, TRUE, &where);
  test_expect_int ("where", REUNION_FIELD_NAME, where);
  test_expect_string ("name", "Li", state->texts[REUNION_FIELD_NAME]);
  state = go (&fixture, TRUE, &where);
  test_expect_int ("where", REUNION_FIELD_SHOES, where);
  test_expect_string ("shoes", NULL, state->texts[REUNION_FIELD_SHOES]);
  test_expect_string ("name", "Li", state->texts[REUNION_FIELD_NAME]);
  state = go (&fixture, TRUE, &where);
  test_expect_string ("name", NULL, state->texts[REUNION_FIELD_NAME]);
  g_assert_null (go (&fixture, TRUE, &where));
  close_fixture (&fixture);
}

/* --- where the caret goes --------------------------------------------------- */

static void
test_caret (void)
{
  static const struct
  {
    const char *from, *to;
    int expected;
  } cases[] = {
    { "", "jacket", 6 },          { "jacket", "", 0 },       { "a cap", "a red cap", 6 },
    { "a red cap", "a cap", 2 },  { "蓝色", "蓝色外套", 4 }, { "蓝外套", "蓝色外套", 2 },
    { "red cap", "blue cap", 4 }, { "same", "same", 4 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ReunionCase) case_ = reunion_case_new (TEST_CASE_ID);
      g_autoptr (DeskUndoState) from = desk_undo_state_new (case_);
      g_autoptr (DeskUndoState) to = desk_undo_state_new (case_);

      desk_undo_state_set_text (from, REUNION_FIELD_CLOTHING, cases[i].from, FALSE);
      desk_undo_state_set_text (to, REUNION_FIELD_CLOTHING, cases[i].to, FALSE);
      test_expect_int (cases[i].to, cases[i].expected,
                       desk_undo_state_find_caret (from, to, REUNION_FIELD_CLOTHING));
    }
}

/* --- other changes ------------------------------------------------------------ */

/* What reading brought with it belongs to what was typed. */
static void
test_filled_in (void)
{
  Fixture fixture = { 0 };
  const DeskUndoState *state;
  guint where;

  open_fixture (&fixture);
  type (&fixture, REUNION_FIELD_RESIDENT_ID, "520524200305170016", 0);
  reunion_report_set_int (reunion_case_get_report (fixture.case_), REUNION_FIELD_AGE_YEARS, 13);
  read_typed (&fixture);
  test_expect_int ("steps", 1, count_back (&fixture));
  state = go (&fixture, TRUE, &where);
  test_expect_int ("where", REUNION_FIELD_RESIDENT_ID, where);
  g_assert_false (reunion_report_has (state->report, REUNION_FIELD_AGE_YEARS));
  state = go (&fixture, FALSE, &where);
  test_expect_int ("age", 13, reunion_report_get_int (state->report, REUNION_FIELD_AGE_YEARS, -1));
  close_fixture (&fixture);
}

/* A change by something else than typing is a step, even while an entry is open. */
static void
test_settled (void)
{
  Fixture fixture = { 0 };
  ReunionReport *report;
  const DeskUndoState *state;
  gboolean pending[REUNION_N_FIELDS] = { FALSE };
  g_autoptr (ReunionPhoto) photo = reunion_photo_new (TEST_HASH_1, "image/png", 500, 600);
  guint where;

  open_fixture (&fixture);
  report = reunion_case_get_report (fixture.case_);
  reunion_report_set_point (report, (ReunionPoint){ 26.7, 105.8 });
  settle (&fixture);
  settle (&fixture);
  g_assert_true (desk_undo_can (fixture.undo, TRUE, &where));
  test_expect_int ("where the point was set", REUNION_FIELD_PLACE, where);

  type (&fixture, REUNION_FIELD_NAME, "Li", 0);
  reunion_case_add_photo (fixture.case_, photo);
  pending[REUNION_FIELD_NAME] = TRUE;
  desk_undo_settle (fixture.undo, make_state (&fixture), pending, FALSE);
  type (&fixture, REUNION_FIELD_NAME, "Lin", 100 * MSEC);
  read_typed (&fixture);
  test_expect_int ("steps", 4, count_back (&fixture));
  go (&fixture, TRUE, &where);
  state = go (&fixture, TRUE, &where);
  test_expect_int ("where the photo was added", DESK_UNDO_PHOTOS, where);
  test_expect_int ("photos", 0, state->photos->len);
  test_expect_string ("name", "Li", state->texts[REUNION_FIELD_NAME]);
  g_assert_true (state->is_raw[REUNION_FIELD_NAME]);
  close_fixture (&fixture);
}

/* One button comes up, another goes down: one choice. */
static void
test_choice (void)
{
  Fixture fixture = { 0 };
  const DeskUndoState *state;
  guint where;

  open_fixture (&fixture);
  for (guint i = 0; i < 2; i++)
    {
      desk_undo_type (fixture.undo, REUNION_FIELD_SEX, NULL, fixture.now_usec + i * MSEC);
      reunion_report_set_text (reunion_case_get_report (fixture.case_), REUNION_FIELD_SEX,
                               i == 0 ? NULL : "male");
    }
  read_typed (&fixture);
  test_expect_int ("steps", 1, count_back (&fixture));
  /* And there and back again at once is none. */
  fixture.now_usec += 5000 * MSEC;
  desk_undo_type (fixture.undo, REUNION_FIELD_CONSENT, NULL, fixture.now_usec);
  read_typed (&fixture);
  test_expect_int ("steps", 1, count_back (&fixture));
  state = go (&fixture, TRUE, &where);
  test_expect_int ("where", REUNION_FIELD_SEX, where);
  g_assert_false (reunion_report_has (state->report, REUNION_FIELD_SEX));
  close_fixture (&fixture);
}

/* A new change ends what could be brought back. */
static void
test_redo_ends (void)
{
  Fixture fixture = { 0 };
  guint where;

  open_fixture (&fixture);
  type (&fixture, REUNION_FIELD_NAME, "Li", 0);
  read_typed (&fixture);
  go (&fixture, TRUE, &where);
  g_assert_true (desk_undo_can (fixture.undo, FALSE, &where));
  type (&fixture, REUNION_FIELD_SHOES, "red", 100 * MSEC);
  g_assert_false (desk_undo_can (fixture.undo, FALSE, &where));
  test_expect_int ("steps", 1, count_back (&fixture));
  close_fixture (&fixture);
}

static void
test_many (void)
{
  Fixture fixture = { 0 };

  open_fixture (&fixture);
  for (guint i = 0; i < DESK_UNDO_MAX_STEPS + 50; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      type (&fixture, i % 2 == 0 ? REUNION_FIELD_NAME : REUNION_FIELD_SHOES, text, 20 * MSEC);
    }
  test_expect_int ("steps", DESK_UNDO_MAX_STEPS, count_back (&fixture));
  close_fixture (&fixture);
}

/* --- anything at random ---------------------------------------------------------- */

static void
change_at_random (Fixture *fixture, GRand *r)
{
  static const ReunionField entries[]
      = { REUNION_FIELD_NAME, REUNION_FIELD_CLOTHING, REUNION_FIELD_CIRCUMSTANCES };
  ReunionReport *report = reunion_case_get_report (fixture->case_);
  g_autofree char *text = g_strdup_printf ("%u", g_rand_int (r));
  g_autofree char *hash = g_strdup_printf ("%064x", g_rand_int (r));
  g_autoptr (ReunionPhoto) photo = reunion_photo_new (hash, "image/png", 500, 600);

  switch (g_rand_int_range (r, 0, 5))
    {
    case 0:
      reunion_case_add_photo (fixture->case_, photo);
      break;
    case 1:
      if (reunion_case_get_n_photos (fixture->case_) > 0)
        reunion_case_remove_photo (fixture->case_, 0);
      break;
    case 2:
      reunion_report_set_point (report,
                                (ReunionPoint){ g_rand_double_range (r, 20.0, 40.0), 105.0 });
      break;
    default:
      type (fixture, entries[g_rand_int_range (r, 0, G_N_ELEMENTS (entries))], text,
            g_rand_int_range (r, 0, 2000) * MSEC);
      read_typed (fixture);
      return;
    }
  settle (fixture);
}

static gboolean
is_same (const DeskUndoState *a, const DeskUndoState *b)
{
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (desk_undo_state_differs (a, b, i))
      return FALSE;
  return !desk_undo_state_has_other_photos (a, b);
}

static void
test_random (void)
{
  for (guint32 seed = 1; seed <= 50; seed++)
    {
      g_autoptr (GRand) r = g_rand_new_with_seed (seed);
      g_autoptr (DeskUndoState) first = NULL;
      g_autoptr (DeskUndoState) last = NULL;
      const DeskUndoState *state = NULL;
      const DeskUndoState *seen;
      Fixture fixture = { 0 };
      guint where;

      open_fixture (&fixture);
      first = make_state (&fixture);
      for (guint i = 0; i < 60; i++)
        change_at_random (&fixture, r);
      last = make_state (&fixture);
      while ((seen = go (&fixture, TRUE, &where)) != NULL)
        state = seen;
      if (state == NULL || !is_same (state, first))
        test_fail ("seed %u: expected the report of the start to come back", seed);
      while ((seen = go (&fixture, FALSE, &where)) != NULL)
        state = seen;
      if (!is_same (state, last))
        test_fail ("seed %u: expected the last report to come back", seed);
      close_fixture (&fixture);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/undo/typing", test_typing);
  g_test_add_func ("/undo/replaced", test_replaced);
  g_test_add_func ("/undo/pasted", test_pasted);
  g_test_add_func ("/undo/two-entries", test_two_entries);
  g_test_add_func ("/undo/caret", test_caret);
  g_test_add_func ("/undo/filled-in", test_filled_in);
  g_test_add_func ("/undo/settled", test_settled);
  g_test_add_func ("/undo/choice", test_choice);
  g_test_add_func ("/undo/redo-ends", test_redo_ends);
  g_test_add_func ("/undo/many", test_many);
  g_test_add_func ("/undo/random", test_random);
  return g_test_run ();
}
