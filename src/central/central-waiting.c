/* central-waiting.c: reports that wait for a decision
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-waiting.h"

#include "central-history.h"
#include "central-review.h"
#include "reunion-time.h"

#include <string.h>

#define BATCH 256
#define REGION_DIGITS 6
/* Clocks of several processes may differ by so much. */
#define SLACK_USEC G_TIME_SPAN_MINUTE

/* --- levels --------------------------------------------------------------------- */

static gsize
find_level (ReunionPolicy *policy, guint n_digits)
{
  gsize n_levels = reunion_policy_get_n_levels (policy);

  for (gsize i = 0; i < n_levels; i++)
    if (reunion_policy_get_level (policy, i)->region_digits <= n_digits)
      return i;
  return n_levels - 1;
}

static void
set_level (ReunionPolicy *policy, ReunionWaiting *waiting, gsize index, gint64 from_usec)
{
  const ReunionReviewLevel *level = reunion_policy_get_level (policy, index);

  waiting->level = level->region_digits;
  waiting->level_usec = from_usec;
  waiting->rises_usec
      = index + 1 < reunion_policy_get_n_levels (policy) ? from_usec + level->wait_usec : -1;
}

/* The first level from @n_digits on at which somebody is newly asked; the last one
 * where nobody is. FALSE with @error set. */
static gboolean
find_asked_level (CentralService *service,
                  const char *region,
                  guint n_digits,
                  gsize *index,
                  GError **error)
{
  ReunionPolicy *policy = central_service_get_policy (service);
  g_autoptr (GError) local_error = NULL;
  int reviewer = reunion_central_store_find_reviewer_level (central_service_get_store (service),
                                                            region, n_digits, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  *index = reviewer >= 0 ? find_level (policy, (guint) reviewer)
                         : reunion_policy_get_n_levels (policy) - 1;
  return TRUE;
}

static ReunionWaiting *
new_waiting (CentralService *service, ReunionCase *case_, GError **error)
{
  g_autoptr (ReunionWaiting) waiting = g_new0 (ReunionWaiting, 1);
  const char *station = reunion_case_get_station (case_);
  gsize index;

  waiting->case_id = g_strdup (reunion_case_get_id (case_));
  waiting->region = g_strndup (station != NULL ? station : "", REGION_DIGITS);
  waiting->since_usec = reunion_case_get_submitted_usec (case_);
  if (!find_asked_level (service, waiting->region, REGION_DIGITS, &index, error))
    return NULL;
  set_level (central_service_get_policy (service), waiting, index, waiting->since_usec);
  return g_steal_pointer (&waiting);
}

gboolean
central_waiting_plan (CentralService *service, ReunionCase *case_, GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);
  const char *case_id = reunion_case_get_id (case_);
  g_autoptr (ReunionWaiting) waiting = NULL;
  g_autoptr (GError) local_error = NULL;

  if (reunion_case_get_state (case_) != REUNION_CASE_STATE_SUBMITTED)
    return reunion_central_store_drop_waiting (store, case_id, error);
  waiting = reunion_central_store_find_waiting (store, case_id, &local_error);
  if (waiting == NULL && local_error == NULL)
    waiting = new_waiting (service, case_, &local_error);
  if (waiting == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  waiting->lost_usec
      = reunion_report_get_int (reunion_case_get_report (case_), REUNION_FIELD_LAST_SEEN, 0);
  return reunion_central_store_put_waiting (store, waiting, error);
}

gboolean
central_waiting_plan_all (CentralService *service, GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);
  ReunionPolicy *policy = central_service_get_policy (service);
  g_autoptr (GPtrArray) all
      = reunion_central_store_list_waiting (store, "", 0, G_MAXINT, NULL, error);

  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      ReunionWaiting *waiting = all->pdata[i];

      set_level (policy, waiting, find_level (policy, waiting->level), waiting->level_usec);
      if (!reunion_central_store_put_waiting (store, waiting, error))
        return FALSE;
    }
  return TRUE;
}

/* Whether it waits as it was listed; within a transaction. Another service may have
 * let it rise since. */
static gboolean
is_current (CentralService *service, const ReunionWaiting *waiting)
{
  g_autoptr (ReunionWaiting) current = reunion_central_store_find_waiting (
      central_service_get_store (service), waiting->case_id, NULL);

  return current != NULL && current->level == waiting->level
         && current->level_usec == waiting->level_usec;
}

/* Through as many levels as it should have been at by now: they ring together. */
static gboolean
rise (CentralService *service, ReunionWaiting *waiting, GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);
  ReunionPolicy *policy = central_service_get_policy (service);
  gint64 now_usec = central_service_get_now_usec (service);
  guint before = waiting->level;
  g_autoptr (ReunionHistoryEntry) step = NULL;
  g_autoptr (ReunionCase) case_ = NULL;

  if (!is_current (service, waiting))
    return TRUE;
  /* The clock was set back: it waits anew, and no longer than anybody. */
  if (waiting->rises_usec > now_usec)
    set_level (policy, waiting, find_level (policy, waiting->level), now_usec);
  while (waiting->rises_usec >= 0 && waiting->rises_usec <= now_usec)
    {
      gsize index;

      if (!find_asked_level (service, waiting->region, waiting->level - 1, &index, error))
        return FALSE;
      set_level (policy, waiting, index, waiting->rises_usec);
    }
  if (!reunion_central_store_put_waiting (store, waiting, error))
    return FALSE;
  if (waiting->level == before)
    return TRUE;
  case_ = central_service_require_case (service, waiting->case_id, error);
  step = central_history_new_rise (now_usec, before, waiting->level);
  /* What the case says has not changed, so its revision stays: nobody who works on
   * it is disturbed. */
  return case_ != NULL
         && reunion_central_store_add_history (store, waiting->case_id, step,
                                               reunion_case_get_revision (case_), error)
         && reunion_central_store_add_ring (store, waiting->case_id, before, waiting->level,
                                            now_usec, error);
}

gboolean
central_waiting_run (CentralService *service, guint *n_risen, GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);
  gint64 now_usec = central_service_get_now_usec (service);
  g_autoptr (GPtrArray) due = NULL;
  guint n = 0;

  due = reunion_central_store_list_rising (store, now_usec, now_usec + SLACK_USEC, BATCH, error);
  if (due == NULL)
    return FALSE;
  for (guint i = 0; i < due->len; i++)
    {
      ReunionWaiting *waiting = due->pdata[i];
      guint before = waiting->level;

      if (!reunion_central_store_begin (store, error)
          || !central_service_finish (service, rise (service, waiting, error), error))
        return FALSE;
      n += waiting->level < before;
    }
  if (n_risen != NULL)
    *n_risen = n;
  return TRUE;
}

gboolean
central_waiting_asks (const ReunionCentralAccount *account, const char *region, guint level)
{
  g_return_val_if_fail (account != NULL && region != NULL, FALSE);

  return account->role == REUNION_ROLE_REVIEWER && g_str_has_prefix (region, account->region)
         && strlen (account->region) >= level;
}

char *
central_waiting_render_ring (const ReunionCentralAccount *account,
                             const ReunionCentralChange *change)
{
  const char *station = reunion_case_get_station (change->case_);
  g_autoptr (JsonObject) object = NULL;
  JsonObject *ring;

  if (station == NULL || !central_waiting_asks (account, station, (guint) change->level)
      || strlen (account->region) >= (gsize) change->from_level)
    return NULL;
  object = json_object_new ();
  ring = json_object_new ();
  json_object_set_string_member (ring, "case_id", reunion_case_get_id (change->case_));
  json_object_set_int_member (ring, "review_level", change->level);
  json_object_set_int_member (ring, "from_level", change->from_level);
  json_object_set_boolean_member (
      ring, "waiting", reunion_case_get_state (change->case_) == REUNION_CASE_STATE_SUBMITTED);
  json_object_set_int_member (object, "sequence", change->sequence);
  json_object_set_object_member (object, "ring", ring);
  return reunion_json_to_text (object);
}

/* --- locks ------------------------------------------------------------------------- */

/* The report that waits; NULL with @error set, or without when there is none. */
static ReunionWaiting *
find_foreign_lock (CentralService *service,
                   const ReunionCentralAccount *account,
                   const char *case_id,
                   gboolean *is_foreign,
                   GError **error)
{
  ReunionWaiting *waiting
      = reunion_central_store_find_waiting (central_service_get_store (service), case_id, error);

  *is_foreign = waiting != NULL
                && reunion_waiting_is_held (waiting, central_service_get_now_usec (service),
                                            CENTRAL_WAITING_LOCK_USEC + SLACK_USEC)
                && g_strcmp0 (waiting->holder, account->account) != 0;
  return waiting;
}

static void
set_held_error (const ReunionWaiting *waiting, GError **error)
{
  g_autofree char *until = reunion_time_to_rfc3339 (waiting->held_until_usec);

  g_set_error (error, CENTRAL_ERROR, CENTRAL_ERROR_CONFLICT,
               "%s (%s) has this report in hand until %s. Ask them, or wait until then.",
               waiting->holder_name != NULL ? waiting->holder_name : waiting->holder,
               waiting->holder, until);
}

gboolean
central_waiting_check_lock (CentralService *service,
                            const ReunionCentralAccount *account,
                            const char *case_id,
                            GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean is_foreign;
  g_autoptr (ReunionWaiting) waiting
      = find_foreign_lock (service, account, case_id, &is_foreign, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  /* What waits no more is refused by its state, which says why. */
  if (is_foreign)
    set_held_error (waiting, error);
  return !is_foreign;
}

gint64
central_waiting_lock (CentralService *service,
                      const ReunionCentralAccount *account,
                      const char *case_id,
                      GError **error)
{
  gint64 until_usec = central_service_get_now_usec (service) + CENTRAL_WAITING_LOCK_USEC;
  g_autoptr (ReunionCase) case_ = central_service_require_case (service, case_id, error);

  if (case_ == NULL || !central_review_check_sight (account, case_, error)
      || !central_waiting_check_lock (service, account, case_id, error))
    return -1;
  if (reunion_case_get_state (case_) != REUNION_CASE_STATE_SUBMITTED)
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_CONFLICT,
                           "This report waits for no decision, so there is nothing to take in "
                           "hand.");
      return -1;
    }
  return reunion_central_store_set_holder (central_service_get_store (service), case_id,
                                           account->account, account->name, until_usec, error)
             ? until_usec
             : -1;
}

gboolean
central_waiting_unlock (CentralService *service,
                        const ReunionCentralAccount *account,
                        const char *case_id,
                        GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ReunionCase) case_ = central_service_require_case (service, case_id, error);

  if (case_ == NULL || !central_review_check_sight (account, case_, error)
      || !central_waiting_check_lock (service, account, case_id, error))
    return FALSE;
  /* A report that waits no more is in nobody's hand either. */
  if (!reunion_central_store_set_holder (central_service_get_store (service), case_id, NULL, NULL,
                                         0, &local_error)
      && local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}
