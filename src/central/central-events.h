/* central-events.h: the change feed, in pages and as a stream
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "central-accounts.h"

G_BEGIN_DECLS

/* {"changes": […], "next": N}: what @account may see after @after, from at
 * most @limit entries of the feed. Transfer full. */
char *central_events_get_page (CentralService *service,
                               const ReunionCentralAccount *account,
                               gint64 after,
                               guint limit,
                               GError **error);

#define CENTRAL_TYPE_EVENTS (central_events_get_type ())
G_DECLARE_FINAL_TYPE (CentralEvents, central_events, CENTRAL, EVENTS, GObject)

/* Holds the open streams, writes to them with each commit, and a comment every
 * ten seconds so that the other end knows that we are there. Transfer full. */
CentralEvents *central_events_new (CentralService *service);
/* Ends every stream. */
void central_events_stop (CentralEvents *self);

/* Answers @message with a stream of what @account may see after @after. Takes
 * @account, transfer full. */
void central_events_open (CentralEvents *self,
                          SoupServerMessage *message,
                          ReunionCentralAccount *account,
                          gint64 after);

G_END_DECLS
