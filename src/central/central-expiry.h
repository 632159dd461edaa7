/* central-expiry.h: erases what is personal in cases whose time is over
 *
 * From the store, its log and its free pages, and from the backups that the service
 * made. What is erased is told through the change feed, so that every desk erases
 * its own copy.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-backups.h"

G_BEGIN_DECLS

/* Erases every case that is due by the service's clock, each in a transaction of
 * its own, and what lies about of no case; then wipes what the store still holds of
 * it, and asks @backups (may be NULL) to do the same. *@n_erased, if not NULL, says
 * how many cases. */
gboolean central_expiry_run (CentralService *service,
                             CentralBackups *backups,
                             guint *n_erased,
                             GError **error);

#define CENTRAL_TYPE_EXPIRY (central_expiry_get_type ())
G_DECLARE_FINAL_TYPE (CentralExpiry, central_expiry, CENTRAL, EXPIRY, GObject)

/* Runs it at the start, and then each hour or when the next case is due, whichever
 * comes first; what could not be wiped is tried again. @backups may be NULL.
 * Transfer full. */
CentralExpiry *central_expiry_new (CentralService *service, CentralBackups *backups);
void central_expiry_stop (CentralExpiry *self);

G_END_DECLS
