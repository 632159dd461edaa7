/* central-upkeep.c: what a service does once before it serves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-upkeep.h"

#include "central-waiting.h"
#include "reunion-central-circles.h"
#include "reunion-central-facts.h"
#include "reunion-wire.h"

#define BATCH 500
#define POLICY_NOTE "policy"

static gboolean
index_one (CentralService *service, const char *case_id, GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);
  g_autoptr (ReunionCase) case_ = central_service_require_case (service, case_id, error);

  return case_ != NULL && reunion_central_store_put_facts (store, case_, error)
         && central_service_index_case (service, case_, error)
         && reunion_central_store_set_indexed (store, case_id, error);
}

static gboolean
index_all (CentralService *service, GPtrArray *ids, GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    if (!index_one (service, ids->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
index_rest (CentralService *service, GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);

  while (TRUE)
    {
      g_autoptr (GPtrArray) ids = reunion_central_store_list_unindexed (store, BATCH, error);

      if (ids == NULL)
        return FALSE;
      if (ids->len == 0)
        return TRUE;
      if (!reunion_central_store_begin (store, error)
          || !central_service_finish (service, index_all (service, ids, error), error))
        return FALSE;
    }
}

static gboolean
take_policy (CentralService *service, const char *text, GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);

  return reunion_central_store_make_circles_due (store, central_service_get_now_usec (service),
                                                 error)
         && central_waiting_plan_all (service, error)
         && reunion_central_store_put_note (store, POLICY_NOTE, text, error);
}

static gboolean
compare_policy (CentralService *service, GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);
  g_autoptr (JsonObject) object
      = reunion_wire_policy_to_object (central_service_get_policy (service));
  g_autofree char *text = reunion_json_to_text (object);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *known = reunion_central_store_find_note (store, POLICY_NOTE, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (g_strcmp0 (known, text) == 0)
    return TRUE;
  return reunion_central_store_begin (store, error)
         && central_service_finish (service, take_policy (service, text, error), error);
}

gboolean
central_upkeep_run (CentralService *service, GError **error)
{
  g_return_val_if_fail (CENTRAL_IS_SERVICE (service), FALSE);

  return index_rest (service, error) && compare_policy (service, error);
}
