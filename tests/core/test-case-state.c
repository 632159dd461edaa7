/* test-case-state.c: the states of a case and the steps between them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-case-state.h"
#include "test-helpers.h"

#define POLICE (REUNION_ROLE_OFFICER | REUNION_ROLE_REVIEWER)

/* What may be done, state by state and action by action. The columns are
 * queue, arrive, return, approve, reject, escalate, amend, close, reopen,
 * withdraw, expire. P: the police, R: a reviewer, S: the service; each with
 * the state that it leads to. */
#define P(state)                                                                                   \
  {                                                                                                \
    POLICE, REUNION_CASE_STATE_##state                                                             \
  }
#define R(state)                                                                                   \
  {                                                                                                \
    REUNION_ROLE_REVIEWER, REUNION_CASE_STATE_##state                                              \
  }
#define S(state)                                                                                   \
  {                                                                                                \
    REUNION_ROLE_SERVICE, REUNION_CASE_STATE_##state                                               \
  }
#define NO                                                                                         \
  {                                                                                                \
    0, REUNION_CASE_STATE_DRAFT                                                                    \
  }

/* clang-format off */
static const struct
{
  guint roles;
  ReunionCaseState to;
} table[REUNION_N_CASE_STATES][REUNION_N_CASE_ACTIONS] = {
  [REUNION_CASE_STATE_DRAFT] = {
    P (QUEUED), P (SUBMITTED), NO, NO, NO, NO, NO, NO, NO, P (WITHDRAWN), NO },
  /* Taken back before the network came: a draft again. */
  [REUNION_CASE_STATE_QUEUED] = {
    NO, P (SUBMITTED), NO, NO, NO, NO, NO, NO, NO, P (DRAFT), NO },
  [REUNION_CASE_STATE_SUBMITTED] = {
    NO, NO, R (RETURNED), R (PUBLISHED), R (REJECTED), NO, NO, NO, NO, P (WITHDRAWN), NO },
  [REUNION_CASE_STATE_RETURNED] = {
    P (QUEUED), P (SUBMITTED), NO, NO, NO, NO, NO, NO, NO, P (WITHDRAWN), NO },
  [REUNION_CASE_STATE_PUBLISHED] = {
    NO, NO, NO, NO, NO, S (ESCALATING), P (PUBLISHED), P (CLOSED), NO, P (WITHDRAWN), NO },
  [REUNION_CASE_STATE_ESCALATING] = {
    NO, NO, NO, NO, NO, S (ESCALATING), P (ESCALATING), P (CLOSED), NO, P (WITHDRAWN), NO },
  [REUNION_CASE_STATE_CLOSED] = {
    NO, NO, NO, NO, NO, NO, NO, NO, R (PUBLISHED), NO, S (EXPIRED) },
  [REUNION_CASE_STATE_EXPIRED] = { NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO },
  [REUNION_CASE_STATE_REJECTED] = { NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, S (EXPIRED) },
  [REUNION_CASE_STATE_WITHDRAWN] = { NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, S (EXPIRED) },
};

static const char *const action_names[REUNION_N_CASE_ACTIONS] = {
  "queue", "arrive", "return", "approve", "reject", "escalate", "amend", "close", "reopen",
  "withdraw", "expire",
};
/* clang-format on */

static const ReunionRole roles[] = { REUNION_ROLE_OFFICER, REUNION_ROLE_REVIEWER,
                                     REUNION_ROLE_ADMINISTRATOR, REUNION_ROLE_SERVICE };

static void
check_step (ReunionCaseState from, ReunionCaseAction action, ReunionRole role)
{
  guint allowed = table[from][action].roles;
  gboolean expected = (allowed & role) != 0;
  /* A state that no step leads from or to by chance. */
  const ReunionCaseState untouched = REUNION_N_CASE_STATES;
  ReunionCaseState to = untouched;
  g_autoptr (GError) error = NULL;
  gboolean came = reunion_case_state_apply (from, action, role, &to, &error);
  g_autofree char *what = g_strdup_printf ("%s, %s by %s", reunion_case_state_to_key (from),
                                           action_names[action], reunion_role_to_key (role));

  test_expect_int (what, expected, came);
  test_expect_int (what, expected, reunion_case_state_allows (from, action, role));
  test_expect_int (what, expected ? table[from][action].to : untouched, to);
  if (!expected)
    test_expect_error (what, REUNION_CASE_ERROR,
                       allowed == 0 ? REUNION_CASE_ERROR_TRANSITION : REUNION_CASE_ERROR_ROLE,
                       &error);
  else
    g_assert_no_error (error);
}

static void
test_table (void)
{
  for (int from = 0; from < REUNION_N_CASE_STATES; from++)
    for (int action = 0; action < REUNION_N_CASE_ACTIONS; action++)
      for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
        check_step (from, action, roles[i]);
}

/* The sentence says whose step it is. */
static void
test_role_sentences (void)
{
  static const struct
  {
    ReunionCaseState from;
    ReunionCaseAction action;
    ReunionRole role;
    const char *sentence;
  } cases[] = {
    { REUNION_CASE_STATE_SUBMITTED, REUNION_CASE_ACTION_APPROVE, REUNION_ROLE_OFFICER,
      "Only a reviewer may do this." },
    { REUNION_CASE_STATE_CLOSED, REUNION_CASE_ACTION_REOPEN, REUNION_ROLE_ADMINISTRATOR,
      "Only a reviewer may do this." },
    { REUNION_CASE_STATE_DRAFT, REUNION_CASE_ACTION_QUEUE, REUNION_ROLE_ADMINISTRATOR,
      "Only an officer or a reviewer may do this." },
    { REUNION_CASE_STATE_PUBLISHED, REUNION_CASE_ACTION_ESCALATE, REUNION_ROLE_REVIEWER,
      "Only the central service does this, by itself." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ReunionCaseState to;
      g_autoptr (GError) error = NULL;

      g_assert_false (
          reunion_case_state_apply (cases[i].from, cases[i].action, cases[i].role, &to, &error));
      test_expect_string (action_names[cases[i].action], cases[i].sentence, error->message);
    }
}

/* Whole courses, from the first word to the last. */
static void
test_courses (void)
{
  typedef struct
  {
    ReunionCaseAction action;
    ReunionRole role;
  } Move;
  static const struct
  {
    const char *what;
    ReunionCaseState end;
    Move moves[9];
  } courses[] = {
    { "returned once, found",
      REUNION_CASE_STATE_EXPIRED,
      { { REUNION_CASE_ACTION_QUEUE, REUNION_ROLE_OFFICER },
        { REUNION_CASE_ACTION_ARRIVE, REUNION_ROLE_OFFICER },
        { REUNION_CASE_ACTION_RETURN, REUNION_ROLE_REVIEWER },
        { REUNION_CASE_ACTION_ARRIVE, REUNION_ROLE_OFFICER },
        { REUNION_CASE_ACTION_APPROVE, REUNION_ROLE_REVIEWER },
        { REUNION_CASE_ACTION_ESCALATE, REUNION_ROLE_SERVICE },
        { REUNION_CASE_ACTION_CLOSE, REUNION_ROLE_OFFICER },
        { REUNION_CASE_ACTION_EXPIRE, REUNION_ROLE_SERVICE } } },
    { "a county officer's own filing",
      REUNION_CASE_STATE_WITHDRAWN,
      { { REUNION_CASE_ACTION_ARRIVE, REUNION_ROLE_REVIEWER },
        { REUNION_CASE_ACTION_APPROVE, REUNION_ROLE_REVIEWER },
        { REUNION_CASE_ACTION_AMEND, REUNION_ROLE_REVIEWER },
        { REUNION_CASE_ACTION_WITHDRAW, REUNION_ROLE_REVIEWER } } },
    { "closed by mistake",
      REUNION_CASE_STATE_ESCALATING,
      { { REUNION_CASE_ACTION_ARRIVE, REUNION_ROLE_OFFICER },
        { REUNION_CASE_ACTION_APPROVE, REUNION_ROLE_REVIEWER },
        { REUNION_CASE_ACTION_CLOSE, REUNION_ROLE_OFFICER },
        { REUNION_CASE_ACTION_REOPEN, REUNION_ROLE_REVIEWER },
        { REUNION_CASE_ACTION_ESCALATE, REUNION_ROLE_SERVICE },
        { REUNION_CASE_ACTION_AMEND, REUNION_ROLE_OFFICER } } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (courses); i++)
    {
      ReunionCaseState state = REUNION_CASE_STATE_DRAFT;

      for (gsize j = 0; courses[i].moves[j].role != 0; j++)
        {
          g_autoptr (GError) error = NULL;

          if (!reunion_case_state_apply (state, courses[i].moves[j].action,
                                         courses[i].moves[j].role, &state, &error))
            test_fail ("%s, step %" G_GSIZE_FORMAT ": %s", courses[i].what, j + 1, error->message);
        }
      test_expect_int (courses[i].what, courses[i].end, state);
    }
}

static void
test_groups (void)
{
  static const struct
  {
    const char *key;
    gboolean is_public, is_open;
  } groups[REUNION_N_CASE_STATES] = {
    [REUNION_CASE_STATE_DRAFT] = { "draft", FALSE, FALSE },
    [REUNION_CASE_STATE_QUEUED] = { "queued", FALSE, TRUE },
    [REUNION_CASE_STATE_SUBMITTED] = { "submitted", FALSE, TRUE },
    [REUNION_CASE_STATE_RETURNED] = { "returned", FALSE, TRUE },
    [REUNION_CASE_STATE_PUBLISHED] = { "published", TRUE, TRUE },
    [REUNION_CASE_STATE_ESCALATING] = { "escalating", TRUE, TRUE },
    [REUNION_CASE_STATE_CLOSED] = { "closed", FALSE, FALSE },
    [REUNION_CASE_STATE_EXPIRED] = { "expired", FALSE, FALSE },
    [REUNION_CASE_STATE_REJECTED] = { "rejected", FALSE, FALSE },
    [REUNION_CASE_STATE_WITHDRAWN] = { "withdrawn", FALSE, FALSE },
  };

  for (int i = 0; i < REUNION_N_CASE_STATES; i++)
    {
      ReunionCaseState state = REUNION_CASE_STATE_DRAFT;

      test_expect_string ("key", groups[i].key, reunion_case_state_to_key (i));
      g_assert_true (reunion_case_state_from_key (groups[i].key, &state));
      test_expect_int (groups[i].key, i, state);
      test_expect_int (groups[i].key, groups[i].is_public, reunion_case_state_is_public (i));
      test_expect_int (groups[i].key, groups[i].is_open, reunion_case_state_is_open (i));
      for (int j = 0; j < i; j++)
        g_assert_cmpstr (reunion_case_state_get_label (i), !=, reunion_case_state_get_label (j));
    }
}

static void
test_keys (void)
{
  static const char *const outcomes[REUNION_N_OUTCOMES]
      = { "none",    "left_home", "lost",     "schoolmates", "rescued",
          "drowned", "killed",    "accident", "other" };
  static const char *const role_keys[] = { "officer", "reviewer", "administrator", "service" };
  ReunionCaseState state = REUNION_CASE_STATE_CLOSED;
  ReunionOutcome outcome = REUNION_OUTCOME_KILLED;
  ReunionRole role = REUNION_ROLE_SERVICE;

  g_assert_false (reunion_case_state_from_key ("approved", &state));
  g_assert_false (reunion_outcome_from_key ("", &outcome));
  g_assert_false (reunion_role_from_key ("Officer", &role));
  test_expect_int ("left alone", REUNION_CASE_STATE_CLOSED, state);
  test_expect_int ("left alone", REUNION_OUTCOME_KILLED, outcome);
  test_expect_int ("left alone", REUNION_ROLE_SERVICE, role);
  for (int i = 0; i < REUNION_N_OUTCOMES; i++)
    {
      test_expect_string ("outcome", outcomes[i], reunion_outcome_to_key (i));
      g_assert_true (reunion_outcome_from_key (outcomes[i], &outcome));
      test_expect_int (outcomes[i], i, outcome);
      for (int j = 0; j < i; j++)
        g_assert_cmpstr (reunion_outcome_get_label (i), !=, reunion_outcome_get_label (j));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      test_expect_string ("role", role_keys[i], reunion_role_to_key (roles[i]));
      g_assert_true (reunion_role_from_key (role_keys[i], &role));
      test_expect_int (role_keys[i], roles[i], role);
      g_assert_cmpuint (strlen (reunion_role_get_label (roles[i])), >, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/case-state/table", test_table);
  g_test_add_func ("/case-state/role-sentences", test_role_sentences);
  g_test_add_func ("/case-state/courses", test_courses);
  g_test_add_func ("/case-state/groups", test_groups);
  g_test_add_func ("/case-state/keys", test_keys);
  return g_test_run ();
}
