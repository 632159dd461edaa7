/* central-flood.h: how often one address may come, on the public pages
 *
 * A bucket for each address, which fills again with time; of IPv6 the network of 64
 * bits counts as one address. Many people share an address behind a telephone
 * network, so the buckets are large: they stop machines.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _CentralFlood CentralFlood;

/* @n_burst: calls at once; @refill_usec: after how long one more is allowed. At most
 * @n_addresses are kept in mind. Transfer full. */
CentralFlood *central_flood_new (guint n_burst, gint64 refill_usec, guint n_addresses);
void central_flood_free (CentralFlood *self);

/* TRUE if @address may come at @now_usec, which counts. Else *@wait_usec is after how
 * long it may. NULL is an address like others. */
gboolean central_flood_take (CentralFlood *self,
                             GSocketAddress *address,
                             gint64 now_usec,
                             gint64 *wait_usec);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CentralFlood, central_flood_free)

G_END_DECLS
