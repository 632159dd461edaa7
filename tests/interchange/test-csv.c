/* test-csv.c: tests of tables for spreadsheet programs, read back by a reader of its
 * own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-csv.h"
#include "test-helpers.h"

#include <math.h>
#include <string.h>

static void
test_cells (void)
{
  static const struct
  {
    const char *text;
    const char *cell;
  } rows[] = {
    { NULL, "" },
    { "", "\"\"" },
    { "plain", "\"plain\"" },
    { "王军", "\"王军\"" },
    { "a,b", "\"a,b\"" },
    { "say \"no\"", "\"say \"\"no\"\"\"" },
    { "two\nlines", "\"two\nlines\"" },
    { "=1+1", "\"'=1+1\"" },
    { "+861", "\"'+861\"" },
    { "-1", "\"'-1\"" },
    { "@SUM(A1)", "\"'@SUM(A1)\"" },
    { "  =1", "\"'  =1\"" },
    { "\t=1", "\"'\t=1\"" },
    { "\r=1", "\"'\r=1\"" },
    { "\n=1", "\"'\n=1\"" },
    { "＝1", "\"'＝1\"" },
    { "1=1", "\"1=1\"" },
    { "\xff", "\"\xef\xbf\xbd\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ReunionCsv *csv = reunion_csv_new ();
      g_autofree char *text = NULL;
      g_autofree char *expected = g_strdup_printf ("\xef\xbb\xbf%s\r\n", rows[i].cell);

      reunion_csv_add_text (csv, rows[i].text);
      reunion_csv_end_row (csv);
      text = reunion_csv_free_to_text (csv);
      test_expect_string ("cell", expected, text);
    }
}

static void
test_numbers (void)
{
  ReunionCsv *csv = reunion_csv_new ();
  g_autofree char *text = NULL;

  reunion_csv_add_int (csv, -5);
  reunion_csv_add_int (csv, G_MININT64);
  reunion_csv_add_double (csv, 96.7351, 2);
  reunion_csv_add_double (csv, -0.5, 0);
  reunion_csv_add_double (csv, NAN, 2);
  reunion_csv_add_double (csv, 1e300, 9);
  reunion_csv_end_row (csv);
  text = reunion_csv_free_to_text (csv);
  if (!g_str_has_prefix (text, "\xef\xbb\xbf-5,-9223372036854775808,96.74,-0,,1000000"))
    test_fail ("numbers: found %s", text);
}

/* RFC 4180, strictly; fails on what is none of it. Rows of texts. */
static GPtrArray *
read_rows (const char *text)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  const char *c = text + 3;

  while (*c != '\0')
    {
      g_autoptr (GPtrArray) cells = g_ptr_array_new ();

      while (TRUE)
        {
          GString *cell = g_string_new (NULL);

          if (*c == '"')
            {
              for (c++; *c != '"' || c[1] == '"'; c++)
                {
                  g_assert_cmpint (*c, !=, '\0');
                  if (*c == '"')
                    c++;
                  g_string_append_c (cell, *c);
                }
              c++;
            }
          else
            for (; *c != ',' && *c != '\r'; c++)
              {
                g_assert_true (*c != '\0' && *c != '\n' && *c != '"');
                g_string_append_c (cell, *c);
              }
          g_ptr_array_add (cells, g_string_free (cell, FALSE));
          if (*c != ',')
            break;
          c++;
        }
      g_assert_true (c[0] == '\r' && c[1] == '\n');
      c += 2;
      g_ptr_array_add (cells, NULL);
      g_ptr_array_add (rows, g_ptr_array_steal (cells, NULL));
    }
  return rows;
}

static char *
make_text (GRand *random_state)
{
  static const char *const pieces[]
      = { "=", "+", "-",  "@",  "\"", ",", "\r",   "\n",       "\t", " ",
          "a", "1", "王", "＝", "'",  ";", "\x80", "\xf0\x9f", "😀" };
  GString *text = g_string_new (NULL);
  int n = g_rand_int_range (random_state, 0, 7);

  for (int i = 0; i < n; i++)
    g_string_append (text, pieces[g_rand_int_range (random_state, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

/* Whatever goes in comes out, and no cell of text begins as a formula does. */
static void
test_fuzz (void)
{
  g_autoptr (GRand) random_state = g_rand_new_with_seed (20160515);

  for (guint round = 0; round < 3000; round++)
    {
      ReunionCsv *csv = reunion_csv_new ();
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *written = NULL;
      g_autoptr (GPtrArray) rows = NULL;

      for (guint i = 0; i < 6; i++)
        {
          char *text = make_text (random_state);

          g_ptr_array_add (texts, text);
          reunion_csv_add_text (csv, text);
          if (i % 3 == 2)
            reunion_csv_end_row (csv);
        }
      written = reunion_csv_free_to_text (csv);
      g_assert_true (g_utf8_validate (written, -1, NULL));
      rows = read_rows (written);
      g_assert_cmpuint (rows->len, ==, 2);
      for (guint i = 0; i < 6; i++)
        {
          char **cells = rows->pdata[i / 3];
          const char *cell = cells[i % 3];
          g_autofree char *valid = g_utf8_make_valid (texts->pdata[i], -1);

          g_assert_cmpuint (g_strv_length (cells), ==, 3);
          if (strchr ("=+-@\t\r\n", *cell) != NULL && *cell != '\0')
            g_error ("A cell begins like a formula: %s", cell);
          if (*cell == '\'' && *valid != '\'')
            cell++;
          g_assert_cmpstr (cell, ==, valid);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/cells", test_cells);
  g_test_add_func ("/csv/numbers", test_numbers);
  g_test_add_func ("/csv/fuzz", test_fuzz);
  return g_test_run ();
}
