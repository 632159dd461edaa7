/* test-suggest.c: how a text that is being typed may go on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-suggest.h"
#include "reunion-word-list.h"
#include "test-helpers.h"

#include <string.h>

static char *
join_labels (GPtrArray *found)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? "|" : "",
                            ((ReunionSuggestion *) found->pdata[i])->label);
  return g_string_free (joined, FALSE);
}

/* @labels: all that is offered. @text and @caret: once the first is taken. */
static const struct
{
  ReunionField field;
  const char *typed;
  int caret;
  gboolean prefers_chinese;
  const char *labels;
  const char *text;
  int text_caret;
} cases[] = {
#define F(id) REUNION_FIELD_##id
  /* nothing to go by */
  { F (CLOTHING), "", -1, TRUE, "", NULL, 0 },
  { F (CLOTHING), "zzz", -1, TRUE, "", NULL, 0 },
  { F (NAME), "红", -1, TRUE, "", NULL, 0 },
  { F (BUILD), "thin", -1, FALSE, "", NULL, 0 },
  /* by the beginning, in both scripts */
  { F (BUILD), "偏", -1, TRUE, "偏瘦|偏胖", "偏瘦", 2 },
  { F (BUILD), "sto", -1, FALSE, "stout|stooped", "stout", 5 },
  { F (BUILD), "Sto", -1, FALSE, "stout|stooped", "Stout", 5 },
  { F (BUILD), "tall and h", -1, FALSE, "tall and heavy", "tall and heavy", 14 },
  { F (MARKS), "scar on the l", -1, FALSE, "scar on the left hand", "scar on the left hand", 21 },
  /* by the first letters of the pinyin */
  { F (CLOTHING), "yrf", -1, TRUE, "羽绒服", "羽绒服", 3 },
  { F (CLOTHING), "YRF", -1, TRUE, "羽绒服", "羽绒服", 3 },
  { F (CLOTHING), "yrf", -1, FALSE, "羽绒服", "羽绒服", 3 },
  { F (MARKS), "z", -1, TRUE, "左手有疤|左脸有痣|走路跛行|拄拐杖|坐轮椅", "左手有疤", 4 },
  { F (MARKS), "z", -1, FALSE, "", NULL, 0 },
  { F (ETHNIC_GROUP), "mgz", -1, TRUE, "蒙古族", "蒙古族", 3 },
  /* word by word in a longer text */
  { F (CLOTHING), "上身红色羽", -1, TRUE, "羽绒服", "上身红色羽绒服", 7 },
  { F (CLOTHING), "红色yrf", -1, FALSE, "羽绒服", "红色羽绒服", 5 },
  { F (CLOTHING), "blue jacket, red do", -1, FALSE, "down jacket", "blue jacket, red down jacket",
    28 },
  { F (CARRIED), "手机，fzs", -1, TRUE, "防走失手环", "手机，防走失手环", 8 },
  /* not in the middle of a word, but in the middle of a text */
  { F (BUILD), "xsto", -1, FALSE, "", NULL, 0 },
  { F (BUILD), "stout", 3, FALSE, "", NULL, 0 },
  { F (CLOTHING), "羽，黑色裤子", 1, TRUE, "羽绒服", "羽绒服，黑色裤子", 3 },
  /* a colour, and what can have it */
  { F (CLOTHING), "红色", -1, TRUE, "红色上衣|红色外套|红色羽绒服|红色校服|红色T恤|红色卫衣",
    "红色上衣", 4 },
  { F (SHOES), "white", -1, FALSE,
    "white trainers|white cloth shoes|white leather shoes|white sandals|white slippers|"
    "white plimsolls",
    "white trainers", 14 },
  { F (SHOES), "white ", -1, FALSE,
    "white trainers|white cloth shoes|white leather shoes|white sandals|white slippers|"
    "white plimsolls",
    "white trainers", 14 },
  { F (SHOES), "dark blue", -1, FALSE,
    "dark blue trainers|dark blue cloth shoes|dark blue leather shoes|dark blue sandals|"
    "dark blue slippers|dark blue plimsolls",
    "dark blue trainers", 18 },
  { F (BUILD), "红色", -1, TRUE, "", NULL, 0 },
  /* a thing, and the colours it may have */
  { F (CLOTHING), "羽绒服", -1, TRUE,
    "黑色羽绒服|白色羽绒服|红色羽绒服|蓝色羽绒服|灰色羽绒服|粉色羽绒服", "黑色羽绒服", 5 },
  { F (CLOTHING), "down jacket", -1, FALSE,
    "black down jacket|white down jacket|red down jacket|blue down jacket|grey down jacket|"
    "pink down jacket",
    "black down jacket", 17 },
  { F (CLOTHING), "红色羽绒服", -1, TRUE, "", NULL, 0 },
  { F (CLOTHING), "red down jacket", -1, FALSE, "", NULL, 0 },
  { F (MARKS), "胎记", -1, TRUE, "", NULL, 0 },
  /* heights */
  { F (HEIGHT_CM), "1", -1, TRUE, "100|110|120|130|140|150", "100", 3 },
  { F (HEIGHT_CM), "12", -1, TRUE, "120|125", "120", 3 },
  { F (HEIGHT_CM), "9", -1, FALSE, "90|95", "90", 2 },
  { F (HEIGHT_CM), "120", -1, FALSE, "", NULL, 0 },
  { F (HEIGHT_CM), "1.2", -1, FALSE, "", NULL, 0 },
#undef F
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) found = reunion_suggest (cases[i].field, cases[i].typed, cases[i].caret,
                                                     cases[i].prefers_chinese);
      g_autofree char *labels = join_labels (found);
      g_autofree char *what = g_strdup_printf (
          "%s: “%s”", reunion_field_get_info (cases[i].field)->key, cases[i].typed);

      test_expect_string (what, cases[i].labels, labels);
      if (cases[i].text == NULL || found->len == 0)
        continue;
      test_expect_string (what, cases[i].text, ((ReunionSuggestion *) found->pdata[0])->text);
      test_expect_int (what, cases[i].text_caret, ((ReunionSuggestion *) found->pdata[0])->caret);
    }
}

/* Initials are those of every character of a word; no list holds a word twice, and no
 * English is so long that the entry refuses it. */
static void
expect_list (const char *what, const ReunionWord *words)
{
  for (const ReunionWord *word = words; word->zh != NULL; word++)
    {
      if (g_utf8_strlen (word->zh, -1) != (glong) strlen (word->initials))
        test_fail ("%s: “%s” has %ld characters, and the initials “%s”", what, word->zh,
                   g_utf8_strlen (word->zh, -1), word->initials);
      g_assert_cmpint (g_utf8_strlen (word->en, -1), <, 40);
      for (const ReunionWord *other = words; other != word; other++)
        if (strcmp (other->zh, word->zh) == 0 || strcmp (other->en, word->en) == 0)
          test_fail ("%s: “%s” (%s) stands there twice", what, word->zh, word->en);
    }
}

static void
test_lists (void)
{
  expect_list ("colours", reunion_word_list_get_colours ());
  for (guint field = 0; field < REUNION_N_FIELDS; field++)
    if (reunion_word_list_get (field) != NULL)
      expect_list (reunion_field_get_info (field)->key, reunion_word_list_get (field));
}

/* Whatever stands at the caret, in the middle of anything, the answer is sound text. */
static void
test_any_caret (void)
{
  static const char text[] = "红色down jacket，hs 黑色yrf T恤 dark blue 上衣";

  for (guint field = 0; field < REUNION_N_FIELDS; field++)
    for (int caret = -1; caret <= (int) g_utf8_strlen (text, -1) + 1; caret++)
      {
        g_autoptr (GPtrArray) found = reunion_suggest (field, text, caret, caret % 2 == 0);

        g_assert_cmpuint (found->len, <=, REUNION_SUGGEST_MAX);
        for (guint i = 0; i < found->len; i++)
          {
            const ReunionSuggestion *suggestion = found->pdata[i];

            g_assert_true (g_utf8_validate (suggestion->text, -1, NULL));
            g_assert_cmpint (suggestion->caret, <=, g_utf8_strlen (suggestion->text, -1));
          }
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/suggest/table", test_table);
  g_test_add_func ("/suggest/lists", test_lists);
  g_test_add_func ("/suggest/any-caret", test_any_caret);
  return g_test_run ();
}
