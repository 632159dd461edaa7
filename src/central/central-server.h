/* central-server.h: the listening end of the service
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-service.h"
#include "central-tls.h"

G_BEGIN_DECLS

#define CENTRAL_TYPE_SERVER (central_server_get_type ())
G_DECLARE_FINAL_TYPE (CentralServer, central_server, CENTRAL, SERVER, GObject)

/* Brings the rooms together: routes, events, escalation, push. They work from
 * now on; listening is the next step. Transfer full. */
CentralServer *central_server_new (CentralService *service);

/* Speaks TLS with that certificate, and tells browsers to come no other way; before
 * it listens. */
void central_server_set_tls (CentralServer *self, CentralTls *tls);

/* Listens on @address:@port; port 0 takes any free one. */
gboolean
central_server_listen (CentralServer *self, const char *address, guint16 port, GError **error);
/* Where it listens, as a URL without a slash at the end. Transfer full. */
char *central_server_get_url (CentralServer *self);

/* Takes no further connections, ends streams, and lets what is under way finish; a
 * request that still comes on an old connection is told to go elsewhere. */
void central_server_stop_accepting (CentralServer *self);
/* Stops listening, ends streams, cancels deliveries on their way. */
void central_server_stop (CentralServer *self);

G_END_DECLS
