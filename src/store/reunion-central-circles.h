/* reunion-central-circles.h: which notices are out, where, and who was told how far
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-central-store.h"

G_BEGIN_DECLS

/* Puts the notice of @case_ down with the circle that it has now; takes it away
 * when @radius_km is 0 or the case has no place. Within a transaction. */
gboolean reunion_central_store_put_circle (ReunionCentralStore *self,
                                           ReunionCase *case_,
                                           double radius_km,
                                           GError **error);
/* The radius it was put down with; 0 when it is not out, -1 with @error set. */
double reunion_central_store_get_circle_radius_km (ReunionCentralStore *self,
                                                   const char *case_id,
                                                   GError **error);
/* Makes every notice that is out due, as if its circle were to grow now. */
gboolean
reunion_central_store_make_circles_due (ReunionCentralStore *self, gint64 now_usec, GError **error);

/* Lets a case alone until then. */
gboolean reunion_central_store_delay_change (ReunionCentralStore *self,
                                             const char *case_id,
                                             gint64 until_usec,
                                             GError **error);

/**
 * ReunionCircle:
 * @distance_km: of the circle's middle from the point that was asked about
 *
 * A notice whose circle holds a point.
 */
typedef struct
{
  char *case_id;
  ReunionPoint centre;
  double radius_km;
  double distance_km;
  gint64 published_usec;
} ReunionCircle;

void reunion_circle_free (ReunionCircle *self);

/* ReunionCircle whose circle holds @point, by the geodesic, the latest issued
 * first, at most @limit. *@n_alerts, if not NULL, says how many there are.
 *
 * Notices lie in bands of one degree of latitude; of each radius that there is, a
 * range of longitudes is read in each band that can reach the point, from an
 * index that holds all that is needed. Transfer full. */
GPtrArray *reunion_central_store_list_circles_at (ReunionCentralStore *self,
                                                  ReunionPoint point,
                                                  guint limit,
                                                  guint *n_alerts,
                                                  GError **error);

/* What a partner is sent with a delivery that was added; nothing when it was passed
 * over. Within the same transaction. */
gboolean reunion_central_store_add_told_circle (ReunionCentralStore *self,
                                                const ReunionDelivery *delivery,
                                                ReunionPoint centre,
                                                double radius_km,
                                                GError **error);
/* The largest circle around @centre that the partner was sent, or that waits for
 * it before anything later; what it never took, and is not sent any more, does
 * not count. 0 when it was told of none; -1 with @error set. */
double reunion_central_store_get_told_radius_km (ReunionCentralStore *self,
                                                 const char *case_id,
                                                 const char *partner,
                                                 ReunionPoint centre,
                                                 GError **error);

G_END_DECLS
