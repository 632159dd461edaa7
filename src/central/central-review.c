/* central-review.c: the course of a case: filing, decision, closing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-review.h"

#include "central-history.h"
#include "central-push.h"
#include "central-waiting.h"
#include "reunion-resident-id.h"
#include "reunion-standard.h"

#include <string.h>

gboolean
central_review_check_sight (const ReunionCentralAccount *account,
                            ReunionCase *case_,
                            GError **error)
{
  if (central_account_get_sight (account, case_) == CENTRAL_SIGHT_WHOLE)
    return TRUE;
  g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_FORBIDDEN,
                       "This case belongs to another station or region.");
  return FALSE;
}

static gboolean
publish (CentralService *service,
         ReunionCase *case_,
         const ReunionCentralAccount *account,
         const char *reason,
         GError **error)
{
  gint64 now_usec = central_service_get_now_usec (service);
  ReunionPolicy *policy = central_service_get_policy (service);
  gint64 elapsed_usec = reunion_case_get_elapsed_usec (case_, now_usec);
  g_autoptr (ReunionHistoryEntry) step
      = central_history_new_step (service, account, REUNION_HISTORY_APPROVE, reason);

  if (!reunion_case_apply (case_, REUNION_CASE_ACTION_APPROVE, account->role, error))
    return FALSE;
  /* At once at the radius that the clock has reached; smaller circles are
   * never replayed. */
  reunion_case_set_stage (case_, reunion_policy_stage_at (policy, elapsed_usec)->id);
  reunion_case_set_published_usec (case_, now_usec);
  reunion_case_set_review_reason (case_, NULL);
  return central_service_record_step (service, case_, step, error)
         && central_push_enqueue (service, case_, REUNION_PUSH_PUBLISHED, 0.0, error);
}

/* The report and photos of @filed over the course of @known (NULL for a first
 * filing). Transfer full. */
static ReunionCase *
merge_filing (CentralService *service,
              const ReunionCentralAccount *account,
              ReunionCase *filed,
              ReunionCase *known)
{
  ReunionCase *case_
      = known != NULL ? reunion_case_copy (known) : reunion_case_new (reunion_case_get_id (filed));

  reunion_case_take_content (case_, filed);
  reunion_case_copy_field_reasons (case_, NULL);
  /* A reviewer who completes a station's report leaves it the station's. */
  if (known == NULL || account->role == REUNION_ROLE_OFFICER)
    {
      reunion_case_set_station (case_, account->station, account->station_name);
      reunion_case_set_officer (case_, account->name);
    }
  if (known == NULL)
    reunion_case_set_created_usec (case_, reunion_case_get_created_usec (filed));
  reunion_case_set_submitted_usec (case_, central_service_get_now_usec (service));
  return case_;
}

static gboolean
check_resident_id (ReunionReport *report, gint64 now_usec, GError **error)
{
  const char *number = reunion_report_get_text (report, REUNION_FIELD_RESIDENT_ID);
  g_autoptr (GError) local_error = NULL;
  ReunionResidentId id;

  if (number == NULL || reunion_resident_id_parse (number, now_usec, &id, &local_error))
    return TRUE;
  g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID, local_error->message);
  return FALSE;
}

gboolean
central_review_check_content (CentralService *service, ReunionCase *filed, GError **error)
{
  gint64 now_usec = central_service_get_now_usec (service);

  if (!reunion_standard_check (filed, now_usec, error)
      || !check_resident_id (reunion_case_get_report (filed), now_usec, error))
    return FALSE;
  for (guint i = 0; i < reunion_case_get_n_photos (filed); i++)
    {
      const char *sha256 = reunion_photo_get_sha256 (reunion_case_get_photo (filed, i));

      if (!reunion_central_store_has_photo (central_service_get_store (service), sha256))
        {
          g_set_error (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
                       "Photo %u has not arrived. Send it with PUT /v1/photos/%s first.", i + 1,
                       sha256);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_filing (CentralService *service,
              const ReunionCentralAccount *account,
              ReunionCase *filed,
              GError **error)
{
  if (account->station != NULL)
    return central_review_check_content (service, filed, error);
  g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_FORBIDDEN,
                       "This account belongs to no station, so it can't file a report.");
  return FALSE;
}

ReunionCase *
central_review_submit (CentralService *service,
                       const ReunionCentralAccount *account,
                       ReunionCase *filed,
                       GError **error)
{
  g_autoptr (ReunionCase) known = NULL;
  g_autoptr (ReunionCase) case_ = NULL;
  g_autoptr (ReunionHistoryEntry) step = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!check_filing (service, account, filed, error))
    return NULL;
  known = reunion_central_store_find_case (central_service_get_store (service),
                                           reunion_case_get_id (filed), &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (known != NULL && !central_review_check_sight (account, known, error))
    return NULL;
  case_ = merge_filing (service, account, filed, known);
  step = central_history_new_step (
      service, account, known != NULL ? REUNION_HISTORY_RESUBMIT : REUNION_HISTORY_SUBMIT, NULL);
  /* Of a first filing everything is new; what later steps change is told then. */
  if (known != NULL)
    central_history_add_difference (step, known, case_);
  if (!reunion_case_apply (case_, REUNION_CASE_ACTION_ARRIVE, account->role, error)
      || !central_service_record_step (service, case_, step, error))
    return NULL;
  if (account->role == REUNION_ROLE_REVIEWER && !publish (service, case_, account, NULL, error))
    return NULL;
  return g_steal_pointer (&case_);
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\r\n")] == '\0';
}

static gboolean
check_reasons (ReunionCaseAction action, const char *reason, GArray *fields, GError **error)
{
  const char *sentence = NULL;

  if (is_blank (reason))
    sentence = "A return or a rejection needs a “reason”, so that the station knows what to do.";
  else if (fields->len > 0 && action != REUNION_CASE_ACTION_RETURN)
    sentence = "“fields” go with a return alone: what is rejected is not mended.";
  for (guint i = 0; i < fields->len; i++)
    if (is_blank (g_array_index (fields, ReunionFieldReason, i).reason))
      sentence = "Each of the “fields” needs a “reason”, so that the station knows what to do.";
  if (sentence == NULL)
    return TRUE;
  g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID, sentence);
  return FALSE;
}

/* At the fields of the case, until the report comes again; in the history for
 * good. */
static void
put_field_reasons (ReunionCase *case_, ReunionHistoryEntry *step, GArray *fields)
{
  reunion_case_copy_field_reasons (case_, NULL);
  for (guint i = 0; i < fields->len; i++)
    {
      const ReunionFieldReason *reason = &g_array_index (fields, ReunionFieldReason, i);

      reunion_case_set_field_reason (case_, reason->field, reason->reason);
      reunion_history_entry_add_change (
          step, reunion_history_change_new (reunion_field_get_info (reason->field)->key, NULL, NULL,
                                            reason->reason));
    }
}

ReunionCase *
central_review_decide (CentralService *service,
                       const ReunionCentralAccount *account,
                       const char *case_id,
                       ReunionCaseAction action,
                       const char *reason,
                       GArray *fields,
                       GError **error)
{
  g_autoptr (ReunionCase) case_ = central_service_require_case (service, case_id, error);
  g_autoptr (ReunionHistoryEntry) step = NULL;

  if (case_ == NULL || !central_review_check_sight (account, case_, error)
      || !central_waiting_check_lock (service, account, case_id, error))
    return NULL;
  if (action == REUNION_CASE_ACTION_APPROVE)
    return publish (service, case_, account, reason, error) ? g_steal_pointer (&case_) : NULL;

  if (!check_reasons (action, reason, fields, error)
      || !reunion_case_apply (case_, action, account->role, error))
    return NULL;
  step = central_history_new_step (service, account,
                                   action == REUNION_CASE_ACTION_RETURN ? REUNION_HISTORY_RETURN
                                                                        : REUNION_HISTORY_REJECT,
                                   reason);
  reunion_case_set_review_reason (case_, reason);
  put_field_reasons (case_, step, fields);
  if (action == REUNION_CASE_ACTION_REJECT)
    reunion_case_set_closed_usec (case_, central_service_get_now_usec (service));
  return central_service_record_step (service, case_, step, error) ? g_steal_pointer (&case_)
                                                                   : NULL;
}

ReunionCase *
central_review_close (CentralService *service,
                      const ReunionCentralAccount *account,
                      const char *case_id,
                      ReunionOutcome outcome,
                      const char *note,
                      GError **error)
{
  g_autoptr (ReunionCase) case_ = central_service_require_case (service, case_id, error);
  g_autoptr (ReunionHistoryEntry) step
      = central_history_new_step (service, account, REUNION_HISTORY_CLOSE, note);

  if (case_ == NULL || !central_review_check_sight (account, case_, error))
    return NULL;
  if (outcome == REUNION_OUTCOME_NONE)
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
                           "“outcome” must say how the case ended.");
      return NULL;
    }
  if (!reunion_case_apply (case_, REUNION_CASE_ACTION_CLOSE, account->role, error))
    return NULL;
  reunion_case_set_outcome (case_, outcome);
  reunion_case_set_closing_note (case_, note);
  reunion_case_set_closed_usec (case_, central_service_get_now_usec (service));
  reunion_history_entry_add_change (
      step, reunion_history_change_new (REUNION_HISTORY_KEY_OUTCOME, NULL,
                                        reunion_outcome_to_key (outcome), NULL));
  if (!central_service_record_step (service, case_, step, error)
      || !central_push_enqueue (service, case_, REUNION_PUSH_WITHDRAWN, 0.0, error))
    return NULL;
  return g_steal_pointer (&case_);
}
