/* central-notify.h: tells systemd how we fare
 *
 * By sd_notify(3)'s protocol: a datagram to the socket that NOTIFY_SOCKET names, so
 * that no library is needed. Without that socket nothing happens.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* FALSE when nobody listens. */
gboolean central_notify (const char *state);

void central_notify_ready (const char *status);
/* Followed by central_notify_ready() when it is done. */
void central_notify_reloading (void);
/* @within_usec: how long it may take; systemd waits so long. */
void central_notify_stopping (gint64 within_usec);

/* Half of the time within which systemd wants a sign of life, in milliseconds; 0 when
 * it wants none. */
guint central_notify_get_watchdog_ms (void);

G_END_DECLS
