/* central-told.c: who was told how far
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-told.h"

#include "reunion-central-circles.h"

gboolean
central_told_get_stage (CentralService *service, ReunionCase *case_, ReunionStage *stage)
{
  g_return_val_if_fail (CENTRAL_IS_SERVICE (service) && stage != NULL, FALSE);

  *stage = (ReunionStage){
    .id = reunion_case_get_stage (case_),
    .radius_km = reunion_central_store_get_circle_radius_km (central_service_get_store (service),
                                                             reunion_case_get_id (case_), NULL),
  };
  return stage->id >= 1 && stage->radius_km > 0.0;
}

double
central_told_get_radius_km (CentralService *service,
                            ReunionCase *case_,
                            const ReunionPartner *partner,
                            GError **error)
{
  ReunionPoint centre;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service) && partner != NULL, -1.0);

  if (!reunion_report_get_point (reunion_case_get_report (case_), &centre))
    return 0.0;
  return reunion_central_store_get_told_radius_km (
      central_service_get_store (service), reunion_case_get_id (case_), partner->id, centre, error);
}

gboolean
central_told_is_enough (CentralService *service,
                        ReunionCase *case_,
                        ReunionPushKind kind,
                        double told_km)
{
  ReunionStage stage;

  return kind == REUNION_PUSH_ESCALATED && central_told_get_stage (service, case_, &stage)
         && told_km >= stage.radius_km;
}

gboolean
central_told_record (CentralService *service,
                     ReunionCase *case_,
                     const ReunionPartner *partner,
                     const ReunionDelivery *delivery,
                     const ReunionStage *stage,
                     GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);
  ReunionPoint centre;

  g_return_val_if_fail (partner != NULL && delivery != NULL, FALSE);

  if (stage != NULL && reunion_report_get_point (reunion_case_get_report (case_), &centre)
      && !reunion_central_store_add_told_circle (store, delivery, centre, stage->radius_km, error))
    return FALSE;
  return partner->url != NULL
         || reunion_central_store_bury_delivery (
             store, delivery->id,
             "The partner has no address any more. Tell it of this in another way.", error);
}
