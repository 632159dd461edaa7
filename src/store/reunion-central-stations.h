/* reunion-central-stations.h: stations, and the codes that enrol them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-central-store.h"

G_BEGIN_DECLS

/**
 * ReunionStation:
 * @code: GB/T 2260 code of the county, a hyphen, and more
 * @phone: may be NULL
 */
typedef struct
{
  char *code;
  char *name;
  char *phone;
} ReunionStation;

void reunion_station_free (ReunionStation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionStation, reunion_station_free)

/* NULL without error when there is none. Transfer full. */
ReunionStation *
reunion_central_store_find_station (ReunionCentralStore *self, const char *code, GError **error);
/* ReunionStation whose code begins with @region, by code, after @after (""  from the
 * first), at most @limit. Transfer full. */
GPtrArray *reunion_central_store_list_stations (ReunionCentralStore *self,
                                                const char *region,
                                                const char *after,
                                                guint limit,
                                                GError **error);

/**
 * ReunionEnrolment:
 * @credential_hash: of what it was spent for; NULL while it was not
 */
typedef struct
{
  char *station;
  gint64 expires_usec;
  char *credential_hash;
} ReunionEnrolment;

void reunion_enrolment_free (ReunionEnrolment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionEnrolment, reunion_enrolment_free)

/* Makes those void that the station has and has not spent. Hashes are SHA-256 in
 * hexadecimal. The same @code_hash again is passed over. */
gboolean reunion_central_store_put_enrolment (ReunionCentralStore *self,
                                              const char *code_hash,
                                              const char *station,
                                              const char *made_by,
                                              gint64 expires_usec,
                                              GError **error);
/* NULL without error when there is none. Transfer full. */
ReunionEnrolment *reunion_central_store_find_enrolment (ReunionCentralStore *self,
                                                        const char *code_hash,
                                                        GError **error);
/* FALSE in *@is_first when it was spent meanwhile. */
gboolean reunion_central_store_spend_enrolment (ReunionCentralStore *self,
                                                const char *code_hash,
                                                const char *credential_hash,
                                                gint64 now_usec,
                                                gboolean *is_first,
                                                GError **error);
/* The station that holds a credential; NULL without error for none. Transfer full. */
ReunionStation *reunion_central_store_find_credential (ReunionCentralStore *self,
                                                       const char *credential_hash,
                                                       GError **error);

G_END_DECLS
