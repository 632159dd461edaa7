/* bench-cases.h: cases as stations file them, made up from a seed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-case.h"

G_BEGIN_DECLS

/* One in @random_state; the loss within ten years before @now_usec. Nine in ten
 * are closed. Transfer full. */
ReunionCase *bench_cases_make (GRand *random_state, gint64 now_usec);

/* A text of @n_characters that somebody may type on the way to a case: the
 * beginning of a name, or a cut of a place or of what happened, in Chinese or in
 * Latin letters. Transfer full. */
char *bench_cases_make_query (GRand *random_state,
                              ReunionCase *case_,
                              gboolean is_latin,
                              guint n_characters);

G_END_DECLS
