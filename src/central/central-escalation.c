/* central-escalation.c: lets the circles grow when their time has come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-escalation.h"

#include "central-history.h"
#include "central-push.h"

#define BATCH 256
#define LONGEST_SLEEP_MS 1000

struct _CentralEscalation
{
  GObject parent_instance;

  CentralService *service;
  gulong committed_id;
  guint timer_id;
  gboolean is_running; /* our own commits wake us too */
};

G_DEFINE_FINAL_TYPE (CentralEscalation, central_escalation, G_TYPE_OBJECT)

static gboolean
escalate (CentralService *service, ReunionCase *case_, GError **error)
{
  ReunionPolicy *policy = central_service_get_policy (service);
  gint64 elapsed_usec
      = reunion_case_get_elapsed_usec (case_, central_service_get_now_usec (service));
  guint before = reunion_case_get_stage (case_);
  guint stage = reunion_policy_stage_at (policy, elapsed_usec)->id;
  g_autoptr (ReunionHistoryEntry) step = NULL;
  double told_radius_km;

  /* The clock was set back since the case was listed, or the service runs with
   * another policy than when it was recorded: it must not stay due. */
  if (stage <= before)
    return central_service_plan_case (service, case_, error);
  told_radius_km = before >= 1 ? reunion_policy_get_stage (policy, before - 1)->radius_km : 0.0;
  if (!reunion_case_apply (case_, REUNION_CASE_ACTION_ESCALATE, REUNION_ROLE_SERVICE, error))
    return FALSE;
  reunion_case_set_stage (case_, stage);
  step = central_history_new_stage (service, before, stage);
  return central_service_record_step (service, case_, step, error)
         && central_push_enqueue (service, case_, REUNION_PUSH_ESCALATED, told_radius_km, error);
}

gboolean
central_escalation_run (CentralService *service, guint *n_escalated, GError **error)
{
  ReunionCentralStore *store;
  guint n = 0;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service), FALSE);

  store = central_service_get_store (service);
  while (TRUE)
    {
      g_autoptr (GPtrArray) due = reunion_central_store_list_due_cases (
          store, central_service_get_now_usec (service), BATCH, error);

      if (due == NULL)
        return FALSE;
      for (guint i = 0; i < due->len; i++)
        {
          ReunionCase *case_ = due->pdata[i];
          guint before = reunion_case_get_stage (case_);

          if (!reunion_central_store_begin (store, error)
              || !central_service_finish (service, escalate (service, case_, error), error))
            return FALSE;
          if (reunion_case_get_stage (case_) > before)
            n++;
        }
      if (due->len < BATCH)
        break;
    }
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

static void
run_and_wait (CentralEscalation *self)
{
  g_autoptr (GError) error = NULL;
  gint64 next_usec, wait_ms;

  if (self->is_running)
    return;
  self->is_running = TRUE;
  if (!central_escalation_run (self->service, NULL, &error))
    g_warning ("The escalation could not be run: %s", error->message);
  self->is_running = FALSE;

  g_clear_handle_id (&self->timer_id, g_source_remove);
  next_usec
      = reunion_central_store_get_next_change_usec (central_service_get_store (self->service));
  if (next_usec < 0)
    return;
  wait_ms = (next_usec - central_service_get_now_usec (self->service)) / 1000 + 1;
  self->timer_id = g_timeout_add (
      (guint) CLAMP (wait_ms, error != NULL ? LONGEST_SLEEP_MS : 1, LONGEST_SLEEP_MS), timer_cb,
      self);
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
