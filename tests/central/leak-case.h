/* leak-case.h: a case in which every value can be told from every other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "leak-search.h"
#include "reunion-case.h"

G_BEGIN_DECLS

#define LEAK_CASE_ID "5d1c8f0e-7b1a-4c55-9d0e-3a0f6f1b2c9d"
#define LEAK_STATION_PHONE "0857-7621234"

/* The words of variant @variant (0 or 1) for @topic, a number of the caller's: three
 * characters that stand nowhere else, and "Qz07wA". Transfer full. */
char *leak_make_marker (guint topic, guint variant);
/* Both parts of it, each for itself. */
void leak_add_marker (GPtrArray *terms, const char *what, guint topic, guint variant);

/* Fills each field of the table that is not public with a value of @variant, and
 * adds what to look for to @secrets (LeakTerm); a field that is new in the table is
 * covered by its kind. Public texts get markers that are the same in both variants.
 * @is_vital: whether the medical need is told to the public; then it goes to
 * @medical instead. */
void leak_fill_report (ReunionReport *report,
                       guint variant,
                       gboolean is_vital,
                       gint64 now_usec,
                       GPtrArray *secrets,
                       GPtrArray *medical);
/* The keys of those fields, as JSON has them. */
void leak_add_keys (GPtrArray *keys, gboolean is_vital);
/* What has to stand in each text that says who is missing. Transfer full. */
LeakTerm *leak_get_name (void);

/* A JPEG as a telephone might have written it: EXIF with a position, a description
 * and a thumbnail, XMP, IPTC, a colour profile, a comment, and something after its
 * end, each with a marker that goes to @secrets. Transfer full. */
GBytes *leak_mark_photo (GBytes *photo, guint variant, const char *what, GPtrArray *secrets);

G_END_DECLS
