/* central-expiry.c: erases what is personal in cases whose time is over
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-expiry.h"

#include "reunion-central-expiry.h"

/* Some milliseconds. */
#define BATCH 32
#define LONGEST_SLEEP_MS (3600 * 1000)
#define SHORTEST_SLEEP_MS 1000
#define RETRY_MS (60 * 1000)

struct _CentralExpiry
{
  GObject parent_instance;

  CentralService *service;
  CentralBackups *backups;
  guint timer_id;
};

G_DEFINE_FINAL_TYPE (CentralExpiry, central_expiry, G_TYPE_OBJECT)

/* Some cases of an older store, which does not say when they are to be erased. */
static gboolean
trace_some (CentralService *service, GPtrArray *ids, GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);

  if (!reunion_central_store_begin (store, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (ReunionCase) case_ = reunion_central_store_find_case (store, ids->pdata[i], error);

      if (case_ == NULL || !central_service_plan_case (service, case_, error))
        {
          reunion_central_store_rollback (store);
          return FALSE;
        }
    }
  return reunion_central_store_commit (store, error);
}

static gboolean
erase_some (CentralService *service, GPtrArray *ids, guint *n_erased, GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);

  for (guint i = 0; i < ids->len; i++)
    {
      if (!reunion_central_store_begin (store, error)
          || !central_service_finish (
              service,
              reunion_central_store_erase_case (store, ids->pdata[i],
                                                central_service_get_now_usec (service), error),
              error))
        return FALSE;
      *n_erased += 1;
    }
  return TRUE;
}

/* A small part of the work, so that nobody waits for it; *@is_done when no case is
 * left. */
static gboolean
step (CentralService *service, guint *n_erased, gboolean *is_done, GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);
  g_autoptr (GPtrArray) untraced = reunion_central_store_list_untraced (store, BATCH, error);
  g_autoptr (GPtrArray) due = NULL;

  *is_done = FALSE;
  if (untraced == NULL)
    return FALSE;
  if (untraced->len > 0)
    return trace_some (service, untraced, error);
  due = reunion_central_store_list_expiring (store, central_service_get_now_usec (service), BATCH,
                                             error);
  if (due == NULL)
    return FALSE;
  *is_done = due->len < BATCH;
  return erase_some (service, due, n_erased, error);
}

static gboolean
erase_strays (CentralService *service, GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);

  if (!reunion_central_store_begin (store, error))
    return FALSE;
  if (reunion_central_store_erase_strays (store, central_service_get_now_usec (service),
                                          central_service_get_expire_after_usec (service), error))
    return reunion_central_store_commit (store, error);
  reunion_central_store_rollback (store);
  return FALSE;
}

/* What comes after the cases. */
static gboolean
finish (CentralService *service, CentralBackups *backups, GError **error)
{
  gboolean ok = erase_strays (service, error)
                && reunion_central_store_scrub (central_service_get_store (service), FALSE, error);

  if (backups != NULL)
    central_backups_erase (backups);
  return ok;
}

gboolean
central_expiry_run (CentralService *service,
                    CentralBackups *backups,
                    guint *n_erased,
                    GError **error)
{
  guint n = 0;
  gboolean is_done = FALSE;
  gboolean ok = TRUE;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service), FALSE);

  while (ok && !is_done)
    ok = step (service, &n, &is_done, error);
  if (n_erased != NULL)
    *n_erased = n;
  return ok && finish (service, backups, error);
}

static void go_on (CentralExpiry *self);

static gboolean
timer_cb (gpointer user_data)
{
  CentralExpiry *self = user_data;

  self->timer_id = 0;
  go_on (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for_next (CentralExpiry *self, gboolean has_failed)
{
  gint64 next_usec
      = reunion_central_store_get_next_expiry_usec (central_service_get_store (self->service));
  gint64 wait_ms = LONGEST_SLEEP_MS;

  if (has_failed)
    wait_ms = RETRY_MS;
  else if (next_usec >= 0)
    wait_ms = (next_usec - central_service_get_now_usec (self->service)) / 1000 + 1;
  self->timer_id = g_timeout_add ((guint) CLAMP (wait_ms, SHORTEST_SLEEP_MS, LONGEST_SLEEP_MS),
                                  timer_cb, self);
}

static void
go_on (CentralExpiry *self)
{
  g_autoptr (GError) error = NULL;
  guint n_erased = 0;
  gboolean is_done = FALSE;

  if (step (self->service, &n_erased, &is_done, &error) && !is_done)
    {
      /* Whoever asks meanwhile comes first. */
      self->timer_id = g_idle_add (timer_cb, self);
      return;
    }
  if (error == NULL)
    finish (self->service, self->backups, &error);
  if (error != NULL)
    g_warning ("What has expired could not be erased yet: %s", error->message);
  wait_for_next (self, error != NULL);
}

static void
central_expiry_dispose (GObject *object)
{
  CentralExpiry *self = CENTRAL_EXPIRY (object);

  central_expiry_stop (self);
  g_clear_object (&self->service);
  g_clear_object (&self->backups);
  G_OBJECT_CLASS (central_expiry_parent_class)->dispose (object);
}

static void
central_expiry_class_init (CentralExpiryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = central_expiry_dispose;
}

static void
central_expiry_init (CentralExpiry *self)
{
}

CentralExpiry *
central_expiry_new (CentralService *service, CentralBackups *backups)
{
  CentralExpiry *self;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service), NULL);

  self = g_object_new (CENTRAL_TYPE_EXPIRY, NULL);
  self->service = g_object_ref (service);
  g_set_object (&self->backups, backups);
  /* Soon, but not before the first callers are served. */
  self->timer_id = g_timeout_add (SHORTEST_SLEEP_MS, timer_cb, self);
  return self;
}

void
central_expiry_stop (CentralExpiry *self)
{
  g_return_if_fail (CENTRAL_IS_EXPIRY (self));

  g_clear_handle_id (&self->timer_id, g_source_remove);
}
