/* reunion-time.h: times as people type and read them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define REUNION_TIME_ERROR (reunion_time_error_quark ())
GQuark reunion_time_error_quark (void);

/**
 * ReunionTimeError:
 * @REUNION_TIME_ERROR_FORMAT: not understood as a time
 * @REUNION_TIME_ERROR_FUTURE: understood, but still to come
 */
typedef enum
{
  REUNION_TIME_ERROR_FORMAT,
  REUNION_TIME_ERROR_FUTURE,
} ReunionTimeError;

/* Understands, in English and Chinese: "now"; "-40m", "-1h30m", "40 min ago",
 * "2小时前"; a clock such as "14:30", "14:30:15", "4pm", "下午4点半"; a day
 * before it such as "yesterday", "昨天", "前天", "11-23", "11月23日",
 * "2026-11-23". A day without a year is this year's, or last year's where this
 * year's lies more than half a year ahead. @now_usec and @usec are microseconds
 * since the epoch, @zone the zone in which the clock is read. A time more than
 * two minutes after @now_usec is refused: up to that, two clocks differ. */
gboolean reunion_time_parse (const char *text,
                             gint64 now_usec,
                             GTimeZone *zone,
                             gint64 *usec,
                             GError **error);
/* The same for a time that may lie ahead: a clock is that of the day of
 * @now_usec, past or to come. Never fails with REUNION_TIME_ERROR_FUTURE. */
gboolean reunion_time_parse_any (const char *text,
                                 gint64 now_usec,
                                 GTimeZone *zone,
                                 gint64 *usec,
                                 GError **error);

/* "2026-11-24 14:30:15", which reunion_time_parse() reads back. Transfer full. */
char *reunion_time_format_exact (gint64 usec, GTimeZone *zone);
/* The same without seconds, for reading. Transfer full. */
char *reunion_time_format (gint64 usec, GTimeZone *zone);
/* "12 min", "2 h 05 min", "10 d 3 h", translated; seconds under a minute.
 * Transfer full. */
char *reunion_time_format_elapsed (gint64 elapsed_usec);

/* RFC 3339 in UTC with a Z, for the wire; six digits follow the second's point
 * where it is no whole second. Transfer full. The reader takes any offset, a
 * capital T and Z, at most nine digits of the second, and the years 2 to 9998;
 * FALSE, and @usec untouched, on anything else. */
char *reunion_time_to_rfc3339 (gint64 usec);
gboolean reunion_time_from_rfc3339 (const char *text, gint64 *usec);

G_END_DECLS
