/* central-backups.h: a rolling folder of backups, from which expired cases are
 * erased too
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-service.h"

G_BEGIN_DECLS

/* How long they are kept unless told otherwise. */
#define CENTRAL_KEEP_BACKUPS_USEC (14 * G_TIME_SPAN_DAY)

#define CENTRAL_TYPE_BACKUPS (central_backups_get_type ())
G_DECLARE_FINAL_TYPE (CentralBackups, central_backups, CENTRAL, BACKUPS, GObject)

/* One backup each day of the store at @path in @folder (made where there is none,
 * mode 0700), "central-20261125T031500Z.sqlite", kept for @keep_usec; all work is
 * done in a thread of its own, one thing at a time. Transfer full. */
CentralBackups *central_backups_new (CentralService *service,
                                     const char *path,
                                     const char *folder,
                                     gint64 keep_usec);

/* Makes the next one when it is due, and from then on each day. */
void central_backups_start (CentralBackups *self);

/* Erases from every backup the cases that are erased in the store, deletes those
 * that are too old, and any that can't be read: nobody could say what is in it. */
void central_backups_erase (CentralBackups *self);

/* Whether something is being done, or about to be. */
gboolean central_backups_is_busy (CentralBackups *self);
/* When the latest was made; 0 for none. */
gint64 central_backups_get_latest_usec (CentralBackups *self);

/* Waits for what is being done, and begins nothing new. */
void central_backups_stop (CentralBackups *self);

G_END_DECLS
