/* test-helpers.h: what the tests of the pure floors share
 *
 * A failure prints what was expected and what came, and the table goes on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

/* Notes a failure and goes on; GLib alone keeps the last message only. */
static inline void G_GNUC_PRINTF (1, 2) test_fail (const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_test_message ("%s", message);
  g_test_fail_printf ("%s", message);
}

/* A time in UTC, microseconds since the epoch. */
static inline gint64
test_utc_usec (int year, int month, int day, int hour, int minute, int second)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (year, month, day, hour, minute, second);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static inline void
test_expect_string (const char *what, const char *expected, const char *came)
{
  if (g_strcmp0 (expected, came) != 0)
    test_fail ("%s: expected “%s”, came “%s”", what, expected != NULL ? expected : "(none)",
               came != NULL ? came : "(none)");
}

static inline void
test_expect_int (const char *what, gint64 expected, gint64 came)
{
  if (expected != came)
    test_fail ("%s: expected %" G_GINT64_FORMAT ", came %" G_GINT64_FORMAT, what, expected, came);
}

static inline void
test_expect_near (const char *what, double expected, double came, double tolerance)
{
  if (!(fabs (expected - came) <= tolerance))
    test_fail ("%s: expected %.10g, came %.10g (%g apart, %g allowed)", what, expected, came,
               fabs (expected - came), tolerance);
}

/* That @error is of this kind, and that its message is a sentence. Frees it. */
static inline void
test_expect_error (const char *what, GQuark domain, int code, GError **error)
{
  if (*error == NULL)
    {
      test_fail ("%s: expected error %s/%d, came none", what, g_quark_to_string (domain), code);
      return;
    }
  if ((*error)->domain != domain || (*error)->code != code)
    test_fail ("%s: expected error %s/%d, came %s/%d: %s", what, g_quark_to_string (domain), code,
               g_quark_to_string ((*error)->domain), (*error)->code, (*error)->message);
  if (!g_str_has_suffix ((*error)->message, ".") || strchr ((*error)->message, ' ') == NULL)
    test_fail ("%s: expected a sentence, came “%s”", what, (*error)->message);
  g_clear_error (error);
}

/* The same, and that the sentence says @names. */
static inline void
test_expect_error_names (const char *what,
                         GQuark domain,
                         int code,
                         const char *names,
                         GError **error)
{
  if (*error != NULL && strstr ((*error)->message, names) == NULL)
    test_fail ("%s: expected a sentence that says %s, came “%s”", what, names, (*error)->message);
  test_expect_error (what, domain, code, error);
}

/* The rows of a file of tab- or comma-separated values without quotes, below
 * the root of the source; GStrv each. */
static inline GPtrArray *
test_read_rows (const char *path, const char *separator)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autofree char *full_path = g_build_filename (g_getenv ("REUNION_SOURCE_ROOT"), path, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (full_path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      g_ptr_array_add (rows, g_strsplit (lines[i], separator, -1));
  return rows;
}
