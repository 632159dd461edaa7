/* desk-reach-model.c: what the window says of what a circle reaches
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-reach-model.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Less of a circle than this goes without saying. */
#define LEAST_OUTSIDE 0.01

static gboolean
is_chinese (void)
{
  return g_str_has_prefix (g_get_language_names ()[0], "zh");
}

static const ReunionReachArea *
area_at (GArray *areas, guint i)
{
  return &g_array_index (areas, ReunionReachArea, i);
}

const char *
desk_reach_model_get_name (const ReunionReachArea *area)
{
  g_return_val_if_fail (area != NULL, NULL);

  return is_chinese () || *area->latin == '\0' ? area->zh : area->latin;
}

char *
desk_reach_model_format_people (gint64 n_people)
{
  if (is_chinese () && n_people >= 10000)
    /* Translators: used in Chinese alone, which counts people by ten thousands */
    return g_strdup_printf (_("%.0f ten thousand"), floor ((double) n_people / 1e4));
  if (n_people >= 1000000)
    /* Translators: a number of people; not used in Chinese */
    return g_strdup_printf (_("%.1f million"), floor ((double) n_people / 1e5) / 10.0);
  if (n_people >= 1000)
    /* Translators: thousands of a number of people, whose last digits are left
     * out; not used in Chinese from 10,000 on */
    return g_strdup_printf (_("%d,000"), (int) (n_people / 1000));
  return g_strdup_printf ("%d", (int) n_people);
}

char *
desk_reach_model_format_share (double share)
{
  if (share >= 0.9995)
    return g_strdup (_("100 %"));
  if (share < 0.01)
    return g_strdup (_("under 1 %"));
  /* Translators: a share in whole percent */
  return g_strdup_printf (_("%.0f %%"), MIN (share * 100.0, 99.0));
}

char *
desk_reach_model_format_headline (const ReunionReach *reach)
{
  g_autofree char *people = NULL;

  g_return_val_if_fail (reach != NULL, NULL);

  if (reach->provinces->len == 0)
    return g_strdup (_("No province is reached"));
  if (reach->n_people <= 0)
    return g_strdup (_("How many people live there is not known"));
  people = desk_reach_model_format_people (reach->n_people);
  /* Translators: number of people, such as "24.1 million" */
  return g_strdup_printf (_("At least %s people"), people);
}

char *
desk_reach_model_format_extent (const ReunionReach *reach)
{
  g_autofree char *towns = NULL;
  g_autofree char *provinces = NULL;
  g_autofree char *prefectures = NULL;

  g_return_val_if_fail (reach != NULL, NULL);

  if (reach->provinces->len == 0)
    return NULL;
  towns = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u city or town", "%u cities and towns", reach->n_towns),
      reach->n_towns);
  provinces = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u province", "%u provinces", reach->provinces->len),
      reach->provinces->len);
  prefectures = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u prefecture", "%u prefectures", reach->areas->len),
      reach->areas->len);
  /* Translators: numbers of cities and towns, of provinces, of prefectures, with
   * their nouns; two lines that follow "At least 24.1 million people" */
  return g_strdup_printf (_("in %s\n%s, %s"), towns, provinces, prefectures);
}

static void
append_name (GString *names, const char *text)
{
  if (names->len > 0)
    /* Translators: between names in a list */
    g_string_append (names, _(", "));
  g_string_append (names, text);
}

static gboolean
is_whole (const ReunionReachArea *area)
{
  return reunion_reach_area_get_share (area) >= 0.9995;
}

char *
desk_reach_model_format_prefectures (const ReunionReach *reach, guint province)
{
  g_autoptr (GString) whole = g_string_new (NULL);
  g_autoptr (GString) parts = g_string_new (NULL);
  const ReunionReachArea *only = NULL;
  guint n_areas = 0;

  g_return_val_if_fail (reach != NULL && province < reach->provinces->len, NULL);

  for (guint i = 0; i < reach->areas->len; i++)
    {
      const ReunionReachArea *area = area_at (reach->areas, i);
      const char *name = desk_reach_model_get_name (area);
      g_autofree char *share = NULL;
      g_autofree char *text = NULL;

      if (area->province != province)
        continue;
      only = area;
      n_areas++;
      share = desk_reach_model_format_share (reunion_reach_area_get_share (area));
      /* Translators: name of a prefecture, and its share: "Zunyi 31 %" */
      text = g_strdup_printf (_("%s %s"), name, share);
      append_name (is_whole (area) ? whole : parts, is_whole (area) ? name : text);
    }
  if (n_areas == 1 && g_strcmp0 (only->zh, area_at (reach->provinces, province)->zh) == 0)
    return NULL;
  if (whole->len > 0 && parts->len > 0)
    /* Translators: lists of prefectures */
    return g_strdup_printf (_("Whole: %s. In part: %s."), whole->str, parts->str);
  if (whole->len > 0)
    /* Translators: a list of prefectures */
    return g_strdup_printf (_("Whole: %s."), whole->str);
  /* Translators: a list of prefectures */
  return g_strdup_printf (_("In part: %s."), parts->str);
}

char *
desk_reach_model_format_outside (const ReunionReach *reach)
{
  g_autofree char *share = NULL;
  double outside;

  g_return_val_if_fail (reach != NULL, NULL);

  outside = 1.0 - reach->inside_km2 / MAX (reach->circle_km2, 1e-9);
  if (reach->provinces->len == 0)
    return g_strdup (_("All of the circle is sea or abroad."));
  if (outside < LEAST_OUTSIDE)
    return NULL;
  share = desk_reach_model_format_share (outside);
  /* Translators: a share, such as "38 %" */
  return g_strdup_printf (_("%s of the circle is sea or abroad."), share);
}

char *
desk_reach_model_format_summary (const ReunionReach *reach)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *headline = NULL;

  g_return_val_if_fail (reach != NULL, NULL);

  if (reach->provinces->len == 0)
    return NULL;
  headline = desk_reach_model_format_headline (reach);
  for (guint i = 0; i < reach->provinces->len; i++)
    append_name (names, desk_reach_model_get_name (area_at (reach->provinces, i)));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       /* Translators: "At least … people", number of provinces,
                                        * their names */
                                       "%s, in %u province: %s", "%s, in %u provinces: %s",
                                       reach->provinces->len),
                          headline, reach->provinces->len, names->str);
}
