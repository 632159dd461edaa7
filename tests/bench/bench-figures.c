/* bench-figures.c: many measurements of one thing, and their percentiles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bench-figures.h"

#include <math.h>
#include <stdio.h>

BenchFigures *
bench_figures_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

void
bench_figures_add (BenchFigures *self, gint64 start_usec)
{
  bench_figures_add_ms (self, (double) (g_get_monotonic_time () - start_usec) / 1000.0);
}

void
bench_figures_add_ms (BenchFigures *self, double ms)
{
  g_array_append_val (self, ms);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return first < second ? -1 : first > second;
}

double
bench_figures_get_ms (BenchFigures *self, double share)
{
  g_return_val_if_fail (self->len > 0, NAN);

  g_array_sort (self, compare);
  return g_array_index (self, double, (guint) lround (share * (self->len - 1)));
}

void
bench_figures_print_head (const char *what)
{
  printf ("| %-60s |     n |   p50 ms |   p99 ms |   max ms |\n|---|---|---|---|---|\n", what);
}

void
bench_figures_print (BenchFigures *self, const char *label)
{
  printf ("| %-60s | %5u | %8.3f | %8.3f | %8.3f |\n", label, self->len,
          bench_figures_get_ms (self, 0.5), bench_figures_get_ms (self, 0.99),
          bench_figures_get_ms (self, 1.0));
  fflush (stdout);
}
