/* reunion-case-state.c: the states of a case and the steps between them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-case-state.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define OFFICER REUNION_ROLE_OFFICER
#define REVIEWER REUNION_ROLE_REVIEWER
#define POLICE (REUNION_ROLE_OFFICER | REUNION_ROLE_REVIEWER)
#define SERVICE REUNION_ROLE_SERVICE

typedef struct
{
  ReunionCaseState from;
  ReunionCaseAction action;
  ReunionCaseState to;
  guint roles;
} Step;

typedef struct
{
  const char *key;
  const char *label;
} Name;

#define S(state) REUNION_CASE_STATE_##state
#define A(action) REUNION_CASE_ACTION_##action

static const Step steps[] = {
  { S (DRAFT), A (QUEUE), S (QUEUED), POLICE },
  { S (RETURNED), A (QUEUE), S (QUEUED), POLICE },
  { S (DRAFT), A (WITHDRAW), S (WITHDRAWN), POLICE },
  { S (QUEUED), A (WITHDRAW), S (DRAFT), POLICE },
  { S (DRAFT), A (ARRIVE), S (SUBMITTED), POLICE },
  { S (QUEUED), A (ARRIVE), S (SUBMITTED), POLICE },
  { S (RETURNED), A (ARRIVE), S (SUBMITTED), POLICE },
  { S (SUBMITTED), A (RETURN), S (RETURNED), REVIEWER },
  { S (SUBMITTED), A (APPROVE), S (PUBLISHED), REVIEWER },
  { S (SUBMITTED), A (REJECT), S (REJECTED), REVIEWER },
  { S (SUBMITTED), A (WITHDRAW), S (WITHDRAWN), POLICE },
  { S (RETURNED), A (WITHDRAW), S (WITHDRAWN), POLICE },
  { S (PUBLISHED), A (ESCALATE), S (ESCALATING), SERVICE },
  { S (ESCALATING), A (ESCALATE), S (ESCALATING), SERVICE },
  { S (PUBLISHED), A (AMEND), S (PUBLISHED), POLICE },
  { S (ESCALATING), A (AMEND), S (ESCALATING), POLICE },
  { S (PUBLISHED), A (CLOSE), S (CLOSED), POLICE },
  { S (ESCALATING), A (CLOSE), S (CLOSED), POLICE },
  { S (PUBLISHED), A (WITHDRAW), S (WITHDRAWN), POLICE },
  { S (ESCALATING), A (WITHDRAW), S (WITHDRAWN), POLICE },
  { S (CLOSED), A (REOPEN), S (PUBLISHED), REVIEWER },
  { S (CLOSED), A (EXPIRE), S (EXPIRED), SERVICE },
  { S (WITHDRAWN), A (EXPIRE), S (EXPIRED), SERVICE },
  { S (REJECTED), A (EXPIRE), S (EXPIRED), SERVICE },
};

static const Name state_names[REUNION_N_CASE_STATES] = {
  [S (DRAFT)] = { "draft", N_ ("Draft") },
  [S (QUEUED)] = { "queued", N_ ("Waiting to be sent") },
  [S (SUBMITTED)] = { "submitted", N_ ("In review") },
  [S (RETURNED)] = { "returned", N_ ("Returned") },
  [S (PUBLISHED)] = { "published", N_ ("Published") },
  [S (ESCALATING)] = { "escalating", N_ ("Escalating") },
  [S (CLOSED)] = { "closed", N_ ("Closed") },
  [S (EXPIRED)] = { "expired", N_ ("Expired") },
  [S (REJECTED)] = { "rejected", N_ ("Rejected") },
  [S (WITHDRAWN)] = { "withdrawn", N_ ("Withdrawn") },
};

/* What the officer reads when an action does not fit, one sentence each. */
static const char *const refusals[REUNION_N_CASE_ACTIONS] = {
  [A (QUEUE)] = N_ ("Only a draft or a returned report can be submitted."),
  [A (ARRIVE)] = N_ ("This report has already been submitted."),
  [A (RETURN)] = N_ ("Only a report that waits for review can be returned."),
  [A (APPROVE)] = N_ ("Only a report that waits for review can be approved."),
  [A (REJECT)] = N_ ("Only a report that waits for review can be rejected."),
  [A (ESCALATE)] = N_ ("Only a published notice can escalate."),
  [A (AMEND)] = N_ ("Only a published notice can be amended."),
  [A (CLOSE)] = N_ ("Only a published case can be closed."),
  [A (REOPEN)] = N_ ("Only a closed case can be reopened."),
  [A (WITHDRAW)] = N_ ("This case has already ended; there is nothing to withdraw."),
  [A (EXPIRE)] = N_ ("Only a case that has ended can expire."),
};

static const Name outcome_names[REUNION_N_OUTCOMES] = {
  [REUNION_OUTCOME_NONE] = { "none", N_ ("Not found") },
  [REUNION_OUTCOME_LEFT_HOME] = { "left_home", N_ ("Had left home") },
  [REUNION_OUTCOME_LOST] = { "lost", N_ ("Had got lost") },
  [REUNION_OUTCOME_SCHOOLMATES] = { "schoolmates", N_ ("Was with schoolmates") },
  [REUNION_OUTCOME_RESCUED] = { "rescued", N_ ("Rescued from abduction") },
  [REUNION_OUTCOME_DROWNED] = { "drowned", N_ ("Drowned") },
  [REUNION_OUTCOME_KILLED] = { "killed", N_ ("Killed") },
  [REUNION_OUTCOME_ACCIDENT] = { "accident", N_ ("Other accidental death") },
  [REUNION_OUTCOME_OTHER] = { "other", N_ ("Other") },
};

static const struct
{
  ReunionRole role;
  Name name;
} role_names[] = {
  { REUNION_ROLE_OFFICER, { "officer", N_ ("Officer") } },
  { REUNION_ROLE_REVIEWER, { "reviewer", N_ ("Reviewer") } },
  { REUNION_ROLE_ADMINISTRATOR, { "administrator", N_ ("Administrator") } },
  { REUNION_ROLE_COUNTY_ADMINISTRATOR, { "county_administrator", N_ ("County administrator") } },
  { REUNION_ROLE_SERVICE, { "service", N_ ("Central service") } },
};

G_DEFINE_QUARK (reunion - case -error - quark, reunion_case_error)

static const Step *
find_step (ReunionCaseState from, ReunionCaseAction action)
{
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i].from == from && steps[i].action == action)
      return &steps[i];
  return NULL;
}

static const char *
role_refusal (guint roles)
{
  if ((roles & OFFICER) != 0)
    return _ ("Only an officer or a reviewer may do this.");
  if ((roles & REVIEWER) != 0)
    return _ ("Only a reviewer may do this.");
  return _ ("Only the central service does this, by itself.");
}

gboolean
reunion_case_state_apply (ReunionCaseState from,
                          ReunionCaseAction action,
                          ReunionRole role,
                          ReunionCaseState *to,
                          GError **error)
{
  const Step *step;

  g_return_val_if_fail (to != NULL && action < REUNION_N_CASE_ACTIONS, FALSE);

  step = find_step (from, action);
  if (step == NULL)
    {
      g_set_error_literal (error, REUNION_CASE_ERROR, REUNION_CASE_ERROR_TRANSITION,
                           _ (refusals[action]));
      return FALSE;
    }
  if ((step->roles & role) == 0)
    {
      g_set_error_literal (error, REUNION_CASE_ERROR, REUNION_CASE_ERROR_ROLE,
                           role_refusal (step->roles));
      return FALSE;
    }
  *to = step->to;
  return TRUE;
}

gboolean
reunion_case_state_allows (ReunionCaseState from, ReunionCaseAction action, ReunionRole role)
{
  const Step *step = find_step (from, action);

  return step != NULL && (step->roles & role) != 0;
}

gboolean
reunion_case_state_is_public (ReunionCaseState state)
{
  return state == S (PUBLISHED) || state == S (ESCALATING);
}

gboolean
reunion_case_state_is_open (ReunionCaseState state)
{
  return state == S (QUEUED) || state == S (SUBMITTED) || state == S (RETURNED)
         || reunion_case_state_is_public (state);
}

static gboolean
index_of (const Name *names, gsize n_names, const char *key, gsize *index)
{
  g_return_val_if_fail (key != NULL, FALSE);

  for (gsize i = 0; i < n_names; i++)
    if (strcmp (names[i].key, key) == 0)
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

const char *
reunion_case_state_to_key (ReunionCaseState state)
{
  g_return_val_if_fail (state < REUNION_N_CASE_STATES, NULL);
  return state_names[state].key;
}

gboolean
reunion_case_state_from_key (const char *key, ReunionCaseState *state)
{
  gsize index;

  if (!index_of (state_names, REUNION_N_CASE_STATES, key, &index))
    return FALSE;
  *state = (ReunionCaseState) index;
  return TRUE;
}

const char *
reunion_case_state_get_label (ReunionCaseState state)
{
  g_return_val_if_fail (state < REUNION_N_CASE_STATES, NULL);
  return _ (state_names[state].label);
}

const char *
reunion_outcome_to_key (ReunionOutcome outcome)
{
  g_return_val_if_fail (outcome < REUNION_N_OUTCOMES, NULL);
  return outcome_names[outcome].key;
}

gboolean
reunion_outcome_from_key (const char *key, ReunionOutcome *outcome)
{
  gsize index;

  if (!index_of (outcome_names, REUNION_N_OUTCOMES, key, &index))
    return FALSE;
  *outcome = (ReunionOutcome) index;
  return TRUE;
}

const char *
reunion_outcome_get_label (ReunionOutcome outcome)
{
  g_return_val_if_fail (outcome < REUNION_N_OUTCOMES, NULL);
  return _ (outcome_names[outcome].label);
}

const char *
reunion_role_to_key (ReunionRole role)
{
  for (gsize i = 0; i < G_N_ELEMENTS (role_names); i++)
    if (role_names[i].role == role)
      return role_names[i].name.key;
  g_return_val_if_reached (NULL);
}

gboolean
reunion_role_from_key (const char *key, ReunionRole *role)
{
  g_return_val_if_fail (key != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (role_names); i++)
    if (strcmp (role_names[i].name.key, key) == 0)
      {
        *role = role_names[i].role;
        return TRUE;
      }
  return FALSE;
}

const char *
reunion_role_get_label (ReunionRole role)
{
  for (gsize i = 0; i < G_N_ELEMENTS (role_names); i++)
    if (role_names[i].role == role)
      return _ (role_names[i].name.label);
  g_return_val_if_reached (NULL);
}
