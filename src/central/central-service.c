/* central-service.c: what every room of the service shares
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-service.h"

#include "central-waiting.h"
#include "reunion-central-circles.h"
#include "reunion-db.h"
#include "reunion-json.h"
#include "reunion-standard.h"

#include <string.h>

struct _CentralService
{
  GObject parent_instance;

  ReunionCentralStore *store;
  ReunionPolicy *policy;
  CentralClock clock;
  char *public_url;
  gint64 expire_after_usec;
};

enum
{
  COMMITTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CentralService, central_service, G_TYPE_OBJECT)
G_DEFINE_QUARK (central-error-quark, central_error)

static gint64
system_now_usec (gpointer data)
{
  return g_get_real_time ();
}

static void
central_service_finalize (GObject *object)
{
  CentralService *self = CENTRAL_SERVICE (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->public_url, g_free);
  g_clear_pointer (&self->policy, reunion_policy_unref);
  G_OBJECT_CLASS (central_service_parent_class)->finalize (object);
}

static void
central_service_class_init (CentralServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = central_service_finalize;

  signals[COMMITTED] = g_signal_new ("committed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
central_service_init (CentralService *self)
{
}

CentralService *
central_service_new (ReunionCentralStore *store, ReunionPolicy *policy, const CentralClock *clock)
{
  CentralService *self;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (store), NULL);

  self = g_object_new (CENTRAL_TYPE_SERVICE, NULL);
  self->store = g_object_ref (store);
  self->expire_after_usec = CENTRAL_EXPIRE_AFTER_USEC;
  self->policy = reunion_policy_ref (policy != NULL ? policy : reunion_policy_get_national ());
  self->clock = clock != NULL ? *clock : (CentralClock){ .now_usec = system_now_usec };
  return self;
}

ReunionCentralStore *
central_service_get_store (CentralService *self)
{
  g_return_val_if_fail (CENTRAL_IS_SERVICE (self), NULL);
  return self->store;
}

ReunionPolicy *
central_service_get_policy (CentralService *self)
{
  g_return_val_if_fail (CENTRAL_IS_SERVICE (self), NULL);
  return self->policy;
}

const char *
central_service_get_public_url (CentralService *self)
{
  g_return_val_if_fail (CENTRAL_IS_SERVICE (self), NULL);
  return self->public_url;
}

void
central_service_set_public_url (CentralService *self, const char *url)
{
  g_return_if_fail (CENTRAL_IS_SERVICE (self));

  g_free (self->public_url);
  self->public_url = g_strdup (url);
  if (url != NULL && g_str_has_suffix (url, "/"))
    self->public_url[strlen (url) - 1] = '\0';
}

gint64
central_service_get_expire_after_usec (CentralService *self)
{
  g_return_val_if_fail (CENTRAL_IS_SERVICE (self), CENTRAL_EXPIRE_AFTER_USEC);
  return self->expire_after_usec;
}

void
central_service_set_expire_after_usec (CentralService *self, gint64 usec)
{
  g_return_if_fail (CENTRAL_IS_SERVICE (self) && usec >= 0);

  self->expire_after_usec = usec;
}

gint64
central_service_get_now_usec (CentralService *self)
{
  g_return_val_if_fail (CENTRAL_IS_SERVICE (self), 0);
  return self->clock.now_usec (self->clock.data);
}

gboolean
central_service_finish (CentralService *self, gboolean ok, GError **error)
{
  g_return_val_if_fail (CENTRAL_IS_SERVICE (self), FALSE);

  if (!ok)
    {
      reunion_central_store_rollback (self->store);
      return FALSE;
    }
  if (!reunion_central_store_commit (self->store, error))
    return FALSE;
  g_signal_emit (self, signals[COMMITTED], 0);
  return TRUE;
}

/* As long as it is open, or open again, it does not expire. */
static void
plan_expiry (CentralService *self, ReunionCase *case_)
{
  ReunionCaseState state = reunion_case_get_state (case_);
  gint64 closed_usec = reunion_case_get_closed_usec (case_);

  if (state == REUNION_CASE_STATE_EXPIRED)
    return;
  if (state != REUNION_CASE_STATE_CLOSED && state != REUNION_CASE_STATE_REJECTED
      && state != REUNION_CASE_STATE_WITHDRAWN)
    reunion_case_set_expires_usec (case_, 0);
  else if (reunion_case_get_expires_usec (case_) == 0)
    reunion_case_set_expires_usec (
        case_, (closed_usec > 0 ? closed_usec : central_service_get_now_usec (self))
                   + self->expire_after_usec);
}

/* What people were told, or are about to be; 0 for a case that is not out, -1 with
 * @error set. */
static double
get_radius_km (CentralService *self, ReunionCase *case_, GError **error)
{
  guint stage = reunion_case_get_stage (case_);
  double told_km;

  if (!reunion_case_state_is_public (reunion_case_get_state (case_)) || stage < 1)
    return 0.0;
  told_km = reunion_central_store_get_circle_radius_km (self->store, reunion_case_get_id (case_),
                                                        error);
  if (told_km > 0.0 || told_km < 0.0)
    return told_km;
  /* A policy that was shortened since may lack the stage. */
  stage = MIN (stage, (guint) reunion_policy_get_n_stages (self->policy));
  return reunion_policy_get_stage (self->policy, stage - 1)->radius_km;
}

/* When the first stage begins that reaches further than what people were told: from
 * that and not from the clock, for a stage that fell due while the service was down
 * is still to come; and not from its number, for the policy may have changed. */
static gint64
get_next_change_usec (CentralService *self, ReunionCase *case_, double radius_km)
{
  if (radius_km <= 0.0)
    return -1;
  for (gsize i = 0; i < reunion_policy_get_n_stages (self->policy); i++)
    {
      const ReunionStage *stage = reunion_policy_get_stage (self->policy, i);

      if (stage->radius_km > radius_km)
        return reunion_report_get_int (reunion_case_get_report (case_), REUNION_FIELD_LAST_SEEN, 0)
               + stage->after_usec;
    }
  return -1;
}

gboolean
central_service_plan_case (CentralService *self, ReunionCase *case_, GError **error)
{
  double radius_km;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (self) && REUNION_IS_CASE (case_), FALSE);

  plan_expiry (self, case_);
  radius_km = get_radius_km (self, case_, error);
  return radius_km >= 0.0
         && reunion_central_store_put_case (self->store, case_,
                                            get_next_change_usec (self, case_, radius_km), error)
         && central_service_index_case (self, case_, error);
}

gboolean
central_service_index_case (CentralService *self, ReunionCase *case_, GError **error)
{
  double radius_km;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (self) && REUNION_IS_CASE (case_), FALSE);

  radius_km = get_radius_km (self, case_, error);
  return radius_km >= 0.0 && reunion_central_store_put_circle (self->store, case_, radius_km, error)
         && central_waiting_plan (self, case_, error);
}

static gboolean
raise_revision (CentralService *self, ReunionCase *case_, GError **error)
{
  reunion_case_set_revision (case_, reunion_case_get_revision (case_) + 1);
  return central_service_plan_case (self, case_, error)
         && reunion_central_store_add_change (self->store, reunion_case_get_id (case_), NULL,
                                              central_service_get_now_usec (self), error);
}

gboolean
central_service_record_case (CentralService *self,
                             ReunionCase *case_,
                             const char *who,
                             const char *what,
                             GError **error)
{
  g_return_val_if_fail (CENTRAL_IS_SERVICE (self) && REUNION_IS_CASE (case_), FALSE);

  return raise_revision (self, case_, error)
         && reunion_central_store_add_audit (self->store, who, what, reunion_case_get_id (case_),
                                             central_service_get_now_usec (self), error);
}

gboolean
central_service_record_step (CentralService *self,
                             ReunionCase *case_,
                             ReunionHistoryEntry *entry,
                             GError **error)
{
  g_return_val_if_fail (CENTRAL_IS_SERVICE (self) && REUNION_IS_CASE (case_), FALSE);
  g_return_val_if_fail (REUNION_IS_HISTORY_ENTRY (entry), FALSE);

  return raise_revision (self, case_, error)
         && reunion_central_store_add_history (self->store, reunion_case_get_id (case_), entry,
                                               reunion_case_get_revision (case_), error);
}

gboolean
central_service_record_tip (CentralService *self,
                            ReunionTip *tip,
                            const char *who,
                            const char *what,
                            GError **error)
{
  gint64 now_usec = central_service_get_now_usec (self);

  g_return_val_if_fail (CENTRAL_IS_SERVICE (self) && REUNION_IS_TIP (tip), FALSE);

  return reunion_central_store_put_tip (self->store, tip, error)
         && reunion_central_store_add_change (self->store, reunion_tip_get_case_id (tip),
                                              reunion_tip_get_id (tip), now_usec, error)
         && reunion_central_store_add_audit (self->store, who, what, reunion_tip_get_case_id (tip),
                                             now_usec, error);
}

ReunionCase *
central_service_require_case (CentralService *self, const char *case_id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  ReunionCase *case_ = reunion_central_store_find_case (self->store, case_id, &local_error);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (case_ == NULL)
    g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_NOT_FOUND,
                         "There is no case with this id.");
  return case_;
}

GError *
central_error_translate (GError *error)
{
  int code;

  if (error->domain == REUNION_CASE_ERROR)
    code
        = error->code == REUNION_CASE_ERROR_ROLE ? CENTRAL_ERROR_FORBIDDEN : CENTRAL_ERROR_CONFLICT;
  else if (error->domain == REUNION_STANDARD_ERROR || error->domain == REUNION_REPORT_ERROR)
    code = CENTRAL_ERROR_INVALID;
  else if (error->domain == REUNION_JSON_ERROR)
    code = error->code == REUNION_JSON_ERROR_SIZE ? CENTRAL_ERROR_TOO_LARGE
                                                  : CENTRAL_ERROR_BAD_REQUEST;
  else
    return error;
  error->domain = CENTRAL_ERROR;
  error->code = code;
  return error;
}
