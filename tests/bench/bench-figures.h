/* bench-figures.h: many measurements of one thing, and their percentiles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef GArray BenchFigures;

/* Transfer full. */
BenchFigures *bench_figures_new (void);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchFigures, g_array_unref)

/* What has passed since @start_usec of the monotonic clock. */
void bench_figures_add (BenchFigures *self, gint64 start_usec);
void bench_figures_add_ms (BenchFigures *self, double ms);
/* @share from 0 to 1; 0.5 for the median. */
double bench_figures_get_ms (BenchFigures *self, double share);

/* The head of a table in Markdown, and a row of it. */
void bench_figures_print_head (const char *what);
void bench_figures_print (BenchFigures *self, const char *label);

G_END_DECLS
