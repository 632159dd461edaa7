/* reunion-event-stream.h: the service's event stream, held open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-client.h"

G_BEGIN_DECLS

#define REUNION_TYPE_EVENT_STREAM (reunion_event_stream_get_type ())
G_DECLARE_FINAL_TYPE (ReunionEventStream, reunion_event_stream, REUNION, EVENT_STREAM, GObject)

/* Opens @path at the service. The service sends a comment at least every ten
 * seconds; a silence of fifteen counts as the end.
 *
 * ReunionEventStream::opened (): the service has answered.
 * ReunionEventStream::event (const char *data): one event.
 * ReunionEventStream::closed (GError *): it ended, and will say no more. Not
 * emitted after reunion_event_stream_close(). */
ReunionEventStream *reunion_event_stream_new (ReunionClient *client, const char *path);
void reunion_event_stream_close (ReunionEventStream *self);

G_END_DECLS
