/* central-log.h: what the service writes about itself
 *
 * Of a request its number, method, route, status and duration; beside that only
 * what the program itself says. Never a name, a text, a token or an address.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CentralLogFormat:
 * @CENTRAL_LOG_TEXT: warnings as lines for people; requests are not logged
 * @CENTRAL_LOG_JSON: one JSON object a line, on stderr
 * @CENTRAL_LOG_JOURNAL: to systemd's journal, with the same members as fields
 */
typedef enum
{
  CENTRAL_LOG_TEXT,
  CENTRAL_LOG_JSON,
  CENTRAL_LOG_JOURNAL,
} CentralLogFormat;

gboolean central_log_format_from_key (const char *key, CentralLogFormat *format);

/* For the whole program; once, before anything is logged. */
void central_log_set_format (CentralLogFormat format);

/* @number: of the request since the program began; @took_s: seconds. */
void central_log_request (guint64 number,
                          const char *method,
                          const char *route,
                          guint status,
                          double took_s);

G_END_DECLS
