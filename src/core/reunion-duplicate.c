/* reunion-duplicate.c: whether two reports may be about the same person
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-duplicate.h"

#include <math.h>
#include <string.h>

#define NUMBER_LENGTH 18
/* Of the Gregorian calendar, on the average. */
#define YEAR_USEC (G_GINT64_CONSTANT (31556952) * G_USEC_PER_SEC)

/* Folded. What an officer writes where nobody knows the name. */
static const char *const no_names[] = {
  "不详",      "姓名不详", "不明",   "姓名不明", "未知",   "姓名未知",    "无名",
  "无名氏",    "无",       "不知道", "待查",     "待核实", "unknown",     "none",
  "anonymous", "noname",   "na",     "n/a",      "?",      "nameunknown",
};

/* --- the number -------------------------------------------------------------- */

/* In lower case; FALSE when it isn't whole. Right or wrong: the same slip made
 * twice is still the same number. */
static gboolean
read_number (ReunionReport *report, char number[NUMBER_LENGTH + 1])
{
  const char *text = reunion_report_get_text (report, REUNION_FIELD_RESIDENT_ID);
  g_autofree char *narrow
      = text != NULL ? g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE) : NULL;
  gsize n = 0;

  for (const char *p = narrow; p != NULL && *p != '\0'; p++)
    {
      char c = g_ascii_tolower (*p);

      if (c == ' ' || c == '-')
        continue;
      if (n == NUMBER_LENGTH || (!g_ascii_isdigit (c) && (c != 'x' || n != NUMBER_LENGTH - 1)))
        return FALSE;
      number[n++] = c;
    }
  number[n] = '\0';
  return n == NUMBER_LENGTH;
}

/* --- names ------------------------------------------------------------------- */

/* Spaces, dashes, dots and quotes of any script, accents, and what can't be seen. */
static gboolean
is_passed_over (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_DASH_PUNCTUATION:
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_SPACE_SEPARATOR:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_INITIAL_PUNCTUATION:
    case G_UNICODE_FINAL_PUNCTUATION:
      return TRUE;
    default:
      /* The dots of 古力娜尔·买买提, a different one in every input method, and
       * the full stop of who has none. */
      return c == 0x00b7 || c == 0x0387 || c == 0x2022 || c == 0x2027 || c == 0x2219 || c == 0x22c5
             || c == 0x2e31 || c == 0x30fb || c == '.' || c == 0x3002 || c == '\'' || c == '"';
    }
}

char *
reunion_duplicate_fold_name (const char *name)
{
  g_autofree char *normal = name != NULL ? g_utf8_normalize (name, -1, G_NORMALIZE_ALL) : NULL;
  g_autofree char *lower = NULL;
  GString *folded = g_string_new (NULL);

  if (normal == NULL)
    return g_string_free (folded, FALSE);
  lower = g_utf8_casefold (normal, -1);
  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    if (!is_passed_over (g_utf8_get_char (p)))
      g_string_append_unichar (folded, g_utf8_get_char (p));
  for (gsize i = 0; i < G_N_ELEMENTS (no_names); i++)
    if (g_str_equal (folded->str, no_names[i]))
      g_string_truncate (folded, 0);
  return g_string_free (folded, FALSE);
}

static void
add_name (GPtrArray *names, const char *name)
{
  g_autofree char *folded = reunion_duplicate_fold_name (name);

  if (*folded != '\0' && !g_ptr_array_find_with_equal_func (names, folded, g_str_equal, NULL))
    g_ptr_array_add (names, g_steal_pointer (&folded));
}

static gboolean
is_parting (gunichar c)
{
  return c == ',' || c == ';' || c == '/' || c == '|' || c == '(' || c == ')' || c == '\n'
         || c == 0x3001 || c == 0xff0c || c == 0xff1b || c == 0xff0f || c == 0xff5c || c == 0xff08
         || c == 0xff09;
}

/* The folded names of a person, the first one being the name proper when
 * @has_proper; other names are parted by commas and the like, and Chinese ones by
 * spaces too. */
static GPtrArray *
list_names (ReunionReport *report, gboolean *has_proper)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *others = reunion_report_get_text (report, REUNION_FIELD_OTHER_NAMES);
  g_autoptr (GString) part = g_string_new (NULL);

  add_name (names, reunion_report_get_text (report, REUNION_FIELD_NAME));
  *has_proper = names->len > 0;
  if (others == NULL || !g_utf8_validate (others, -1, NULL))
    return names;
  for (const char *p = others;; p = g_utf8_next_char (p))
    {
      gunichar c = *p != '\0' ? g_utf8_get_char (p) : '\n';
      gboolean is_after_chinese
          = part->len > 0 && g_utf8_get_char (g_utf8_prev_char (part->str + part->len)) >= 0x2e80;

      if (!is_parting (c) && !(g_unichar_isspace (c) && is_after_chinese))
        {
          g_string_append_unichar (part, c);
          continue;
        }
      add_name (names, part->str);
      g_string_truncate (part, 0);
      if (*p == '\0')
        return names;
    }
}

/* Two nicknames alone say nothing: half of all children are called 宝宝. */
static gboolean
have_name_in_common (ReunionReport *a, ReunionReport *b)
{
  gboolean has_proper_a, has_proper_b;
  g_autoptr (GPtrArray) names_a = list_names (a, &has_proper_a);
  g_autoptr (GPtrArray) names_b = list_names (b, &has_proper_b);

  return (has_proper_a
          && g_ptr_array_find_with_equal_func (names_b, names_a->pdata[0], g_str_equal, NULL))
         || (has_proper_b
             && g_ptr_array_find_with_equal_func (names_a, names_b->pdata[0], g_str_equal, NULL));
}

/* --- ages -------------------------------------------------------------------- */

typedef struct
{
  int years;
  gboolean is_from_birth; /* not told, but counted from the date of birth */
  int n_since_told;       /* whole years since the age was told */
} Age;

/* An age that was told is that on the day of loss: FALSE when there is none. */
static gboolean
read_age (ReunionReport *report, gint64 now_usec, Age *age)
{
  gint64 told_usec = reunion_report_get_int (report, REUNION_FIELD_LAST_SEEN, now_usec);

  age->is_from_birth = reunion_report_has (report, REUNION_FIELD_BIRTH_DATE)
                       && reunion_report_check (report, REUNION_FIELD_BIRTH_DATE, NULL);
  age->n_since_told = age->is_from_birth || told_usec >= now_usec
                          ? 0
                          : (int) ((now_usec - told_usec) / YEAR_USEC);
  age->years = reunion_report_get_age_years (report, now_usec);
  if (age->years < 0)
    return FALSE;
  age->years += age->n_since_told;
  return TRUE;
}

static gboolean
have_age_in_common (ReunionReport *a, ReunionReport *b, gint64 now_usec)
{
  Age age_a, age_b;
  int spare = 1;

  if (!read_age (a, now_usec, &age_a) || !read_age (b, now_usec, &age_b))
    return FALSE;
  if (age_a.is_from_birth == age_b.is_from_birth && age_a.n_since_told == age_b.n_since_told)
    spare = 0;
  return ABS (age_a.years - age_b.years) <= spare;
}

/* --- the rule ---------------------------------------------------------------- */

ReunionDuplicateKind
reunion_duplicate_compare (ReunionReport *a, ReunionReport *b, gint64 now_usec, double *distance_km)
{
  char number_a[NUMBER_LENGTH + 1], number_b[NUMBER_LENGTH + 1];
  gboolean has_number_a, has_number_b;
  ReunionPoint point_a, point_b;
  double apart_km = -1.0;

  g_return_val_if_fail (REUNION_IS_REPORT (a) && REUNION_IS_REPORT (b), REUNION_DUPLICATE_NONE);

  if (reunion_report_get_point (a, &point_a) && reunion_report_get_point (b, &point_b))
    apart_km = reunion_geodesy_distance_km (point_a, point_b);
  if (distance_km != NULL)
    *distance_km = apart_km;
  has_number_a = read_number (a, number_a);
  has_number_b = read_number (b, number_b);
  if (has_number_a && has_number_b && strcmp (number_a, number_b) == 0)
    return REUNION_DUPLICATE_NUMBER;
  return apart_km >= 0.0 && apart_km <= REUNION_DUPLICATE_RADIUS_KM
                 && have_age_in_common (a, b, now_usec) && have_name_in_common (a, b)
             ? REUNION_DUPLICATE_NAME
             : REUNION_DUPLICATE_NONE;
}

gboolean
reunion_duplicate_counts (ReunionCaseState state)
{
  return reunion_case_state_is_open (state) || state == REUNION_CASE_STATE_DRAFT
         || state == REUNION_CASE_STATE_RETURNED;
}

GStrv
reunion_duplicate_list_keys (ReunionReport *report)
{
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  char number[NUMBER_LENGTH + 1];
  gboolean has_proper;

  g_return_val_if_fail (REUNION_IS_REPORT (report), NULL);

  names = list_names (report, &has_proper);
  if (read_number (report, number))
    g_strv_builder_add (keys, number);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *key = g_strconcat ("=", names->pdata[i], NULL);

      g_strv_builder_add (keys, key);
    }
  return g_strv_builder_end (keys);
}
