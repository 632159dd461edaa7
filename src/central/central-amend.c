/* central-amend.c: the amendment of a published case
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-amend.h"

#include "central-history.h"
#include "central-push.h"
#include "central-review.h"
#include "reunion-wire.h"

#include <string.h>

/* Less is the same place, entered again. */
#define MOVED_KM 0.001

/* The entity tag (RFC 9110, 8.8.3) as a revision; -1 for any other tag, such as
 * a weak one, which never fits here. */
static gint64
read_tag (const char *tag)
{
  gsize length = strlen (tag);
  g_autofree char *inner = NULL;
  gint64 revision;

  if (length < 3 || tag[0] != '"' || tag[length - 1] != '"')
    return -1;
  inner = g_strndup (tag + 1, length - 2);
  return g_ascii_string_to_signed (inner, 10, 0, G_MAXINT64, &revision, NULL) ? revision : -1;
}

/* Whether the case is what it was at @revision, but for the circle. */
static gboolean
is_unchanged (CentralService *service, ReunionCase *case_, gint64 revision, GError **error)
{
  gint64 n_steps = reunion_case_get_revision (case_) - revision;

  if (revision < 0 || n_steps < 0)
    return FALSE;
  return n_steps == 0
         || reunion_central_store_count_own_steps (central_service_get_store (service),
                                                   reunion_case_get_id (case_), revision, error)
                == n_steps;
}

static gboolean
check_condition (CentralService *service, ReunionCase *case_, const char *if_match, GError **error)
{
  g_auto (GStrv) tags = NULL;
  g_autoptr (GError) local_error = NULL;

  if (if_match == NULL)
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_NO_CONDITION,
                           "The header If-Match is needed, with the entity tag of the case that "
                           "was amended.");
      return FALSE;
    }
  tags = g_strsplit (if_match, ",", -1);
  for (gsize i = 0; tags[i] != NULL; i++)
    {
      const char *tag = g_strstrip (tags[i]);

      if (strcmp (tag, "*") == 0 || is_unchanged (service, case_, read_tag (tag), &local_error))
        return TRUE;
    }
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_CHANGED,
                         "Somebody else has changed this case meanwhile. Look at what it says now, "
                         "and amend that.");
  return FALSE;
}

static gboolean
has_moved (ReunionCase *before, ReunionCase *after)
{
  ReunionPoint old_point, new_point;

  /* Without a place it would not be published. */
  if (!reunion_report_get_point (reunion_case_get_report (before), &old_point)
      || !reunion_report_get_point (reunion_case_get_report (after), &new_point))
    return TRUE;
  return reunion_geodesy_distance_km (old_point, new_point) > MOVED_KM;
}

static gboolean
push_update (CentralService *service, ReunionCase *before, ReunionCase *after, GError **error)
{
  ReunionPolicy *policy = central_service_get_policy (service);
  guint stage = reunion_case_get_stage (after);
  double told_radius_km = 0.0;

  if (central_push_says_the_same (service, before, after))
    return TRUE;
  if (stage >= 1 && stage <= reunion_policy_get_n_stages (policy) && !has_moved (before, after))
    told_radius_km = reunion_policy_get_stage (policy, stage - 1)->radius_km;
  return central_push_enqueue (service, after, REUNION_PUSH_UPDATED, told_radius_km, error);
}

ReunionCase *
central_amend (CentralService *service,
               const ReunionCentralAccount *account,
               const char *case_id,
               ReunionCase *amended,
               const char *if_match,
               const char *reason,
               GError **error)
{
  g_autoptr (ReunionCase) known = central_service_require_case (service, case_id, error);
  g_autoptr (ReunionCase) case_ = NULL;
  g_autoptr (ReunionHistoryEntry) step = NULL;

  if (known == NULL || !central_review_check_sight (account, known, error))
    return NULL;
  if (strcmp (reunion_case_get_id (amended), case_id) != 0)
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
                           "“case” is another case than the one in the address.");
      return NULL;
    }
  case_ = reunion_case_copy (known);
  reunion_case_take_content (case_, amended);
  /* That it has ended says more than that it has changed. */
  if (!reunion_case_apply (case_, REUNION_CASE_ACTION_AMEND, account->role, error)
      || !check_condition (service, known, if_match, error)
      || !central_review_check_content (service, case_, error))
    return NULL;
  step = central_history_new_step (service, account, REUNION_HISTORY_AMEND, reason);
  central_history_add_difference (step, known, case_);
  if (reunion_history_entry_get_n_changes (step) == 0)
    return g_steal_pointer (&known);
  if (!central_service_record_step (service, case_, step, error)
      || !push_update (service, known, case_, error))
    return NULL;
  return g_steal_pointer (&case_);
}

static char *
amendment_step (CentralRequest *request, JsonObject *body, GError **error)
{
  JsonObject *member = reunion_json_get_object (body, "case", error);
  const char *reason = NULL;
  g_autoptr (ReunionCase) amended = NULL;
  g_autoptr (ReunionCase) case_ = NULL;

  if (member == NULL || !reunion_json_read_string (body, "reason", &reason, error)
      || (amended = reunion_wire_case_from_object (member, error)) == NULL)
    return NULL;
  case_
      = central_amend (request->service, request->account, request->parameter, amended,
                       soup_message_headers_get_list (
                           soup_server_message_get_request_headers (request->message), "If-Match"),
                       reason, error);
  return case_ != NULL ? reunion_wire_case_to_json (case_) : NULL;
}

void
central_amend_handle_post (CentralRequest *request)
{
  central_request_run_once (request, SOUP_STATUS_OK, amendment_step);
}
