/* desk-field-text.h: what is typed into an entry, and the report's value
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text to value and back, for the fields that are typed: no widgets. Times are in the
 * time zone of this PC.
 */

#pragma once

#include "reunion-report.h"

G_BEGIN_DECLS

/* Sets @field of @report to what @text says; nothing but blanks unsets it. FALSE where
 * @text can't be right: the field is unset, and @message is the sentence for it. Where
 * TRUE, @message is what an ID number says of the person, else NULL. It has to be NULL
 * before. Transfer full. */
gboolean desk_field_text_apply (const char *text,
                                ReunionReport *report,
                                ReunionField field,
                                gint64 now_usec,
                                char **message);
/* As it stands in the entry, "" for none. Transfer full. */
char *desk_field_text_format (ReunionReport *report, ReunionField field);
/* A time in words, and how long before @now_usec it was. Transfer full. */
char *desk_field_text_format_ago (gint64 usec, gint64 now_usec);

G_END_DECLS
