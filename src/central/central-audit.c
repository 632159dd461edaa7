/* central-audit.c: what is written down of who did what, besides the steps of cases
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-audit.h"

#include "reunion-central-audit.h"

gboolean
central_audit_add (CentralService *service,
                   const char *who,
                   const char *what,
                   const char *about,
                   const char *origin,
                   GError **error)
{
  g_return_val_if_fail (CENTRAL_IS_SERVICE (service), FALSE);

  return reunion_central_store_append_audit (central_service_get_store (service),
                                             &(ReunionAuditEntry){
                                                 .at_usec = central_service_get_now_usec (service),
                                                 .who = who,
                                                 .what = what,
                                                 .about = about,
                                                 .origin = origin,
                                             },
                                             error);
}

void
central_audit_note (CentralService *service,
                    const char *who,
                    const char *what,
                    const char *about,
                    const char *origin)
{
  ReunionCentralStore *store = central_service_get_store (service);
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (reunion_central_store_begin (store, &error))
    {
      ok = central_audit_add (service, who, what, about, origin, &error);
      /* Nobody waits for it: no news. */
      if (!ok)
        reunion_central_store_rollback (store);
      else
        reunion_central_store_commit (store, &error);
    }
  if (error != NULL)
    g_warning ("The audit could not be written: %s", error->message);
}

gboolean
central_audit_verify (ReunionCentralStore *store, gint64 *first_bad, GError **error)
{
  return central_audit_verify_with_head (store, NULL, first_bad, error);
}

gboolean
central_audit_verify_with_head (ReunionCentralStore *store,
                                const char *kept_head,
                                gint64 *first_bad,
                                GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (store), FALSE);

  return reunion_central_store_verify_audit (store, kept_head, first_bad, error);
}

char *
central_audit_get_head (ReunionCentralStore *store, GError **error)
{
  g_autofree char *hash = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (store), NULL);

  return reunion_central_store_get_audit_head (store, &hash, NULL, error) ? g_steal_pointer (&hash)
                                                                          : NULL;
}
