/* central-escalation.c: lets the circles grow when their time has come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-escalation.h"

#include "central-history.h"
#include "central-push.h"
#include "central-waiting.h"
#include "central-upkeep.h"
#include "reunion-central-circles.h"

#define BATCH 256
#define MAX_BATCHES 8
#define RETRY_USEC G_TIME_SPAN_MINUTE
#define LONGEST_SLEEP_MS 1000

struct _CentralEscalation
{
  GObject parent_instance;

  CentralService *service;
  gulong committed_id;
  guint timer_id;
  gboolean is_running; /* our own commits wake us too */
  gboolean is_kept_up;
};

G_DEFINE_FINAL_TYPE (CentralEscalation, central_escalation, G_TYPE_OBJECT)

/* Where the policy was changed, a stage may reach further than one of a higher number
 * did. Numbers don't go back, and partners get none of them twice: it is told as an
 * update. */
static gboolean
widen (CentralService *service,
       ReunionCase *case_,
       const ReunionStage *stage,
       double told_radius_km,
       GError **error)
{
  guint before = reunion_case_get_stage (case_);
  ReunionPushKind kind = stage->id > before ? REUNION_PUSH_ESCALATED : REUNION_PUSH_UPDATED;
  guint after = MAX (stage->id, before);
  g_autoptr (ReunionHistoryEntry) step = central_history_new_stage (service, before, after);

  if (!reunion_case_apply (case_, REUNION_CASE_ACTION_ESCALATE, REUNION_ROLE_SERVICE, error))
    return FALSE;
  reunion_case_set_stage (case_, after);
  return reunion_central_store_put_circle (central_service_get_store (service), case_,
                                           stage->radius_km, error)
         && central_service_record_step (service, case_, step, error)
         && central_push_enqueue (service, case_, kind, told_radius_km, error);
}

static gboolean
escalate (CentralService *service, ReunionCase *case_, GError **error)
{
  ReunionPolicy *policy = central_service_get_policy (service);
  gint64 elapsed_usec
      = reunion_case_get_elapsed_usec (case_, central_service_get_now_usec (service));
  const ReunionStage *stage = reunion_policy_stage_at (policy, elapsed_usec);
  double told_radius_km = reunion_central_store_get_circle_radius_km (
      central_service_get_store (service), reunion_case_get_id (case_), error);

  if (told_radius_km < 0.0)
    return FALSE;
  if (stage->radius_km > told_radius_km)
    return widen (service, case_, stage, told_radius_km, error);
  /* The clock was set back since the case was listed, or the service runs with
   * another policy than when it was recorded: it must not stay due. */
  return central_service_plan_case (service, case_, error);
}

/* In one transaction: all or none. */
static gboolean
escalate_together (CentralService *service, GPtrArray *due, guint first, guint n, GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);
  gboolean ok = TRUE;

  if (!reunion_central_store_begin (store, error))
    return FALSE;
  for (guint i = first; ok && i < first + n; i++)
    ok = escalate (service, due->pdata[i], error);
  return central_service_finish (service, ok, error);
}

/* One case that can't be written must not hold the others up. */
static gboolean
escalate_each (CentralService *service, GPtrArray *due, GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);
  gint64 later_usec = central_service_get_now_usec (service) + RETRY_USEC;

  for (guint i = 0; i < due->len; i++)
    {
      const char *case_id = reunion_case_get_id (due->pdata[i]);
      g_autoptr (GError) local_error = NULL;
      /* As it is in the store, for the first attempt has changed it. */
      g_autoptr (ReunionCase) case_
          = reunion_central_store_find_case (store, case_id, &local_error);
      g_autoptr (GPtrArray) one = g_ptr_array_new ();

      g_ptr_array_add (one, case_);
      if (case_ != NULL && escalate_together (service, one, 0, 1, &local_error))
        continue;
      g_warning ("A case could not be escalated, and is tried again in a minute: %s",
                 local_error != NULL ? local_error->message : "it is gone");
      if (!reunion_central_store_begin (store, error)
          || !central_service_finish (
              service, reunion_central_store_delay_change (store, case_id, later_usec, error),
              error))
        return FALSE;
    }
  return TRUE;
}

/* The cases whose time has come, at most BATCH; *@is_full says that there may be
 * more. */
static gboolean
run_batch (CentralService *service, guint *n_escalated, gboolean *is_full, GError **error)
{
  g_autoptr (GPtrArray) due = reunion_central_store_list_due_cases (
      central_service_get_store (service), central_service_get_now_usec (service), BATCH, error);
  g_autofree guint *before = NULL;
  g_autoptr (GError) local_error = NULL;

  *is_full = FALSE;
  if (due == NULL)
    return FALSE;
  *is_full = due->len == BATCH;
  if (due->len == 0)
    return TRUE;
  before = g_new (guint, due->len);
  for (guint i = 0; i < due->len; i++)
    before[i] = reunion_case_get_stage (due->pdata[i]);
  if (!escalate_together (service, due, 0, due->len, &local_error))
    return escalate_each (service, due, error);
  for (guint i = 0; i < due->len; i++)
    *n_escalated += reunion_case_get_stage (due->pdata[i]) > before[i];
  return TRUE;
}

gboolean
central_escalation_run (CentralService *service, guint *n_escalated, GError **error)
{
  gboolean is_full = TRUE;
  guint n = 0;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service), FALSE);

  while (is_full)
    if (!run_batch (service, &n, &is_full, error))
      return FALSE;
  if (n_escalated != NULL)
    *n_escalated = n;
  return TRUE;
}

static void run_and_wait (CentralEscalation *self);

static gboolean
timer_cb (gpointer user_data)
{
  CentralEscalation *self = user_data;

  self->timer_id = 0;
  run_and_wait (self);
  return G_SOURCE_REMOVE;
}

/* Some batches, so that requests are answered between one look and the next. */
static gboolean
run_some (CentralEscalation *self, gboolean *is_full)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  *is_full = TRUE;
  if (!self->is_kept_up)
    self->is_kept_up = central_upkeep_run (self->service, &error);
  for (guint i = 0; self->is_kept_up && error == NULL && *is_full && i < MAX_BATCHES; i++)
    run_batch (self->service, &n, is_full, &error);
  if (error == NULL)
    central_waiting_run (self->service, NULL, &error);
  if (error == NULL)
    return TRUE;
  g_warning ("The escalation could not be run: %s", error->message);
  return FALSE;
}

static gint64
get_next_usec (ReunionCentralStore *store)
{
  gint64 change_usec = reunion_central_store_get_next_change_usec (store);
  gint64 rise_usec = reunion_central_store_get_next_rise_usec (store);

  return change_usec < 0 || (rise_usec >= 0 && rise_usec < change_usec) ? rise_usec : change_usec;
}

/* The timer runs by a clock that nobody sets, so it looks at the wall clock again
 * each second, whatever was set on that; another process may have recorded a case
 * meanwhile, too. */
static void
run_and_wait (CentralEscalation *self)
{
  gboolean is_full, ok;
  gint64 next_usec, wait_ms = LONGEST_SLEEP_MS;

  if (self->is_running)
    return;
  self->is_running = TRUE;
  ok = run_some (self, &is_full);
  self->is_running = FALSE;

  g_clear_handle_id (&self->timer_id, g_source_remove);
  next_usec = get_next_usec (central_service_get_store (self->service));
  if (next_usec >= 0)
    wait_ms = (next_usec - central_service_get_now_usec (self->service)) / 1000 + 1;
  self->timer_id = g_timeout_add (
      (guint) CLAMP (wait_ms, ok ? 1 : LONGEST_SLEEP_MS, LONGEST_SLEEP_MS), timer_cb, self);
}

static void
committed_cb (CentralService *service, gpointer user_data)
{
  run_and_wait (user_data);
}

static void
central_escalation_dispose (GObject *object)
{
  CentralEscalation *self = CENTRAL_ESCALATION (object);

  central_escalation_stop (self);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (central_escalation_parent_class)->dispose (object);
}

static void
central_escalation_class_init (CentralEscalationClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = central_escalation_dispose;
}

static void
central_escalation_init (CentralEscalation *self)
{
}

CentralEscalation *
central_escalation_new (CentralService *service)
{
  CentralEscalation *self;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service), NULL);

  self = g_object_new (CENTRAL_TYPE_ESCALATION, NULL);
  self->service = g_object_ref (service);
  self->committed_id = g_signal_connect (service, "committed", G_CALLBACK (committed_cb), self);
  run_and_wait (self);
  return self;
}

void
central_escalation_stop (CentralEscalation *self)
{
  g_return_if_fail (CENTRAL_IS_ESCALATION (self));

  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (self->committed_id != 0)
    g_clear_signal_handler (&self->committed_id, self->service);
}
