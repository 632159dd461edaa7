/* central-review.c: the course of a case: filing, decision, closing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-review.h"

#include "central-push.h"
#include "reunion-resident-id.h"
#include "reunion-standard.h"

#include <string.h>

/* Whom the account acts as: a reviewer may do all that an officer may. */
static gboolean
check_sight (const ReunionCentralAccount *account, ReunionCase *case_, GError **error)
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
         GError **error)
{
  gint64 now_usec = central_service_get_now_usec (service);
  ReunionPolicy *policy = central_service_get_policy (service);
  gint64 elapsed_usec = reunion_case_get_elapsed_usec (case_, now_usec);

  if (!reunion_case_apply (case_, REUNION_CASE_ACTION_APPROVE, account->role, error))
    return FALSE;
  /* At once at the radius that the clock has reached; smaller circles are
   * never replayed. */
  reunion_case_set_stage (case_, reunion_policy_stage_at (policy, elapsed_usec)->id);
  reunion_case_set_published_usec (case_, now_usec);
  reunion_case_set_review_reason (case_, NULL);
  return central_service_record_case (service, case_, account->account, "approve", error)
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

  reunion_case_set_report (case_, reunion_case_get_report (filed));
  reunion_case_clear_photos (case_);
  for (guint i = 0; i < reunion_case_get_n_photos (filed); i++)
    reunion_case_add_photo (case_, reunion_case_get_photo (filed, i));
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

static gboolean
check_filing (CentralService *service,
              const ReunionCentralAccount *account,
              ReunionCase *filed,
              GError **error)
{
  gint64 now_usec = central_service_get_now_usec (service);

  if (account->station == NULL)
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_FORBIDDEN,
                           "This account belongs to no station, so it can't file a report.");
      return FALSE;
    }
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

ReunionCase *
central_review_submit (CentralService *service,
                       const ReunionCentralAccount *account,
                       ReunionCase *filed,
                       GError **error)
{
  g_autoptr (ReunionCase) known = NULL;
  g_autoptr (ReunionCase) case_ = NULL;
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
  if (known != NULL && !check_sight (account, known, error))
    return NULL;
  case_ = merge_filing (service, account, filed, known);
  if (!reunion_case_apply (case_, REUNION_CASE_ACTION_ARRIVE, account->role, error)
      || !central_service_record_case (service, case_, account->account, "submit", error))
    return NULL;
  if (account->role == REUNION_ROLE_REVIEWER && !publish (service, case_, account, error))
    return NULL;
  return g_steal_pointer (&case_);
}

ReunionCase *
central_review_decide (CentralService *service,
                       const ReunionCentralAccount *account,
                       const char *case_id,
                       ReunionCaseAction action,
                       const char *reason,
                       GError **error)
{
  g_autoptr (ReunionCase) case_ = central_service_require_case (service, case_id, error);

  if (case_ == NULL || !check_sight (account, case_, error))
    return NULL;
  if (action == REUNION_CASE_ACTION_APPROVE)
    return publish (service, case_, account, error) ? g_steal_pointer (&case_) : NULL;

  if (reason == NULL || reason[strspn (reason, " \t\r\n")] == '\0')
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
                           "A return or a rejection needs a “reason”, so that the station knows "
                           "what to do.");
      return NULL;
    }
  if (!reunion_case_apply (case_, action, account->role, error))
    return NULL;
  reunion_case_set_review_reason (case_, reason);
  if (action == REUNION_CASE_ACTION_REJECT)
    reunion_case_set_closed_usec (case_, central_service_get_now_usec (service));
  if (!central_service_record_case (service, case_, account->account,
                                    action == REUNION_CASE_ACTION_RETURN ? "return" : "reject",
                                    error))
    return NULL;
  return g_steal_pointer (&case_);
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

  if (case_ == NULL || !check_sight (account, case_, error))
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
  if (!central_service_record_case (service, case_, account->account, "close", error)
      || !central_push_enqueue (service, case_, REUNION_PUSH_WITHDRAWN, 0.0, error))
    return NULL;
  return g_steal_pointer (&case_);
}
