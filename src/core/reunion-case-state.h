/* reunion-case-state.h: the states of a case and the steps between them
 *
 * One table, for the desk and for the service alike.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReunionCaseState:
 * @REUNION_CASE_STATE_DRAFT: on the desk, being written
 * @REUNION_CASE_STATE_QUEUED: on the desk, waiting for the network
 * @REUNION_CASE_STATE_SUBMITTED: at the service, waiting for a reviewer
 * @REUNION_CASE_STATE_RETURNED: sent back by the reviewer with a reason
 * @REUNION_CASE_STATE_PUBLISHED: approved; the notice is out at its first stage
 * @REUNION_CASE_STATE_ESCALATING: the notice is out and its circle has grown
 * @REUNION_CASE_STATE_CLOSED: found, or otherwise ended; the notice is withdrawn
 * @REUNION_CASE_STATE_EXPIRED: personal data erased, statistics kept
 * @REUNION_CASE_STATE_REJECTED: the reviewer refused it
 * @REUNION_CASE_STATE_WITHDRAWN: taken back by the officer, or unfounded
 */
typedef enum
{
  REUNION_CASE_STATE_DRAFT,
  REUNION_CASE_STATE_QUEUED,
  REUNION_CASE_STATE_SUBMITTED,
  REUNION_CASE_STATE_RETURNED,
  REUNION_CASE_STATE_PUBLISHED,
  REUNION_CASE_STATE_ESCALATING,
  REUNION_CASE_STATE_CLOSED,
  REUNION_CASE_STATE_EXPIRED,
  REUNION_CASE_STATE_REJECTED,
  REUNION_CASE_STATE_WITHDRAWN,
} ReunionCaseState;

#define REUNION_N_CASE_STATES (REUNION_CASE_STATE_WITHDRAWN + 1)

/* What can be done to a case. QUEUE: the officer pressed Submit. ARRIVE: the
 * service has it. AMEND changes a published notice and keeps its state. */
typedef enum
{
  REUNION_CASE_ACTION_QUEUE,
  REUNION_CASE_ACTION_ARRIVE,
  REUNION_CASE_ACTION_RETURN,
  REUNION_CASE_ACTION_APPROVE,
  REUNION_CASE_ACTION_REJECT,
  REUNION_CASE_ACTION_ESCALATE,
  REUNION_CASE_ACTION_AMEND,
  REUNION_CASE_ACTION_CLOSE,
  REUNION_CASE_ACTION_REOPEN,
  REUNION_CASE_ACTION_WITHDRAW,
  REUNION_CASE_ACTION_EXPIRE,
} ReunionCaseAction;

#define REUNION_N_CASE_ACTIONS (REUNION_CASE_ACTION_EXPIRE + 1)

/* Who acts, as a mask: one bit per role. A county officer's own filing needs
 * no second approval, so that role may do what a reviewer does. ADMINISTRATOR is
 * the nation's; COUNTY_ADMINISTRATOR manages accounts and stations of the region
 * that the account answers for. */
typedef enum
{
  REUNION_ROLE_OFFICER = 1 << 0,
  REUNION_ROLE_REVIEWER = 1 << 1,
  REUNION_ROLE_ADMINISTRATOR = 1 << 2,
  REUNION_ROLE_SERVICE = 1 << 3,
  REUNION_ROLE_COUNTY_ADMINISTRATOR = 1 << 4,
} ReunionRole;

/**
 * ReunionOutcome:
 *
 * How a case ended. Every outcome counts as found; a published case without
 * one counts as not found.
 */
typedef enum
{
  REUNION_OUTCOME_NONE,
  REUNION_OUTCOME_LEFT_HOME,
  REUNION_OUTCOME_LOST,
  REUNION_OUTCOME_SCHOOLMATES,
  REUNION_OUTCOME_RESCUED,
  REUNION_OUTCOME_DROWNED,
  REUNION_OUTCOME_KILLED,
  REUNION_OUTCOME_ACCIDENT,
  REUNION_OUTCOME_OTHER,
} ReunionOutcome;

#define REUNION_N_OUTCOMES (REUNION_OUTCOME_OTHER + 1)

#define REUNION_CASE_ERROR (reunion_case_error_quark ())
GQuark reunion_case_error_quark (void);

/**
 * ReunionCaseError:
 * @REUNION_CASE_ERROR_TRANSITION: the case's state does not allow the action
 * @REUNION_CASE_ERROR_ROLE: the action is another role's
 */
typedef enum
{
  REUNION_CASE_ERROR_TRANSITION,
  REUNION_CASE_ERROR_ROLE,
} ReunionCaseError;

/* The state that @action leads to from @from when @role takes it. FALSE with
 * @error set, and @to untouched, when the table has no such step. */
gboolean reunion_case_state_apply (ReunionCaseState from,
                                   ReunionCaseAction action,
                                   ReunionRole role,
                                   ReunionCaseState *to,
                                   GError **error);
/* The same question without the sentence. */
gboolean
reunion_case_state_allows (ReunionCaseState from, ReunionCaseAction action, ReunionRole role);

/* Whether the public sees a notice in this state. */
gboolean reunion_case_state_is_public (ReunionCaseState state);
/* Whether the search goes on: neither ended nor a draft. */
gboolean reunion_case_state_is_open (ReunionCaseState state);

/* Names on the wire and in the store; the label is translated. Transfer none.
 * The _from_key functions return FALSE, and leave the value, for other keys. */
const char *reunion_case_state_to_key (ReunionCaseState state);
gboolean reunion_case_state_from_key (const char *key, ReunionCaseState *state);
const char *reunion_case_state_get_label (ReunionCaseState state);
const char *reunion_outcome_to_key (ReunionOutcome outcome);
gboolean reunion_outcome_from_key (const char *key, ReunionOutcome *outcome);
const char *reunion_outcome_get_label (ReunionOutcome outcome);
const char *reunion_role_to_key (ReunionRole role);
gboolean reunion_role_from_key (const char *key, ReunionRole *role);
const char *reunion_role_get_label (ReunionRole role);

G_END_DECLS
