/* test-mnemonics.c: the letter that leads to each entry of a form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-mnemonics.h"

#define MAX_LABELS 6

static const struct
{
  const char *reserved;
  const char *labels[MAX_LABELS];
  const char *marked[MAX_LABELS];
} cases[] = {
  /* First letters first, then any of the label's own. */
  { "", { "Name", "Age", "Marks", "Map" }, { "_Name", "_Age", "_Marks", "Ma_p" } },
  { "n", { "Name", "Last seen" }, { "N_ame", "_Last seen" } },
  { "l", { "Last seen" }, { "Last _seen" } },
  /* None of its own is left: one is dealt again. */
  { "", { "A", "a", "ba", "ab" }, { "_A", "_a", "_ba", "_ab" } },
  { "ab", { "姓名", "年龄" }, { "姓名(_C)", "年龄(_D)" } },
  /* An underscore of the label's own stays one. */
  { "", { "a_b" }, { "_a__b" } },
  { "ab", { "a_b" }, { "a__b(_C)" } },
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DeskMnemonics) mnemonics = desk_mnemonics_new (cases[i].reserved);

      for (gsize j = 0; j < MAX_LABELS && cases[i].labels[j] != NULL; j++)
        {
          g_autofree char *marked = desk_mnemonics_mark (mnemonics, cases[i].labels[j]);

          g_assert_cmpstr (marked, ==, cases[i].marked[j]);
        }
    }
}

/* A hundred labels in thirty-six letters: every one gets a letter, and never a
 * reserved one. */
static void
test_many (void)
{
  g_autoptr (DeskMnemonics) mnemonics = desk_mnemonics_new ("ou1");
  guint n_letters['z' + 1] = { 0 };

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *marked = desk_mnemonics_mark (mnemonics, "字");
      char letter = g_ascii_tolower (marked[sizeof "字(_" - 1]);

      g_assert_true (g_str_has_prefix (marked, "字(_"));
      g_assert_true (g_ascii_isalnum (letter));
      n_letters[(guchar) letter]++;
    }
  for (const char *c = "abcdefghijklmnopqrstuvwxyz0123456789"; *c != '\0'; c++)
    if (*c == 'o' || *c == 'u' || *c == '1')
      g_assert_cmpuint (n_letters[(guchar) *c], ==, 0);
    else
      g_assert_cmpuint (n_letters[(guchar) *c], >=, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mnemonics/table", test_table);
  g_test_add_func ("/mnemonics/many", test_many);
  return g_test_run ();
}
