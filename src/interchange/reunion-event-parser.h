/* reunion-event-parser.h: Server-Sent Events, taken apart
 *
 * Follows the WHATWG HTML standard, section "Server-sent events": lines end
 * with LF, CR or CRLF, a byte order mark may stand first, fields of several
 * lines are joined, an event is dispatched at an empty line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More than this in one event, in bytes, is no event of ours. */
#define REUNION_EVENT_MAX_BYTES (4 * 1024 * 1024)

typedef struct _ReunionEventParser ReunionEventParser;

/* @type: "message" where the stream names none; @data: what the data lines
 * hold; @id: the last id seen, or NULL. Valid during the call. */
typedef void (*ReunionEventFunc) (const char *type,
                                  const char *data,
                                  const char *id,
                                  gpointer user_data);

ReunionEventParser *reunion_event_parser_new (ReunionEventFunc func, gpointer user_data);
void reunion_event_parser_free (ReunionEventParser *self);
/* Takes the next @length bytes, and calls the function for each event that
 * they complete. FALSE when the stream can't be an event stream (an event too
 * long, or no UTF-8); it is then of no more use. */
gboolean reunion_event_parser_push (ReunionEventParser *self, const char *bytes, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionEventParser, reunion_event_parser_free)

G_END_DECLS
