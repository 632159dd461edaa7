/* central-page-language.c: in which language somebody reads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-page-language.h"

#include <string.h>

/* TRUE for one of ours: "zh", "zh-Hant-TW", "EN-us". */
static gboolean
read_tag (const char *tag, ReunionLanguage *language)
{
  for (guint i = 0; i < REUNION_N_LANGUAGES; i++)
    {
      const char *own = reunion_language_to_tag (i);
      gsize length = strcspn (own, "-");

      if (g_ascii_strncasecmp (tag, own, length) == 0
          && (tag[length] == '\0' || tag[length] == '-'))
        {
          *language = i;
          return TRUE;
        }
    }
  return FALSE;
}

static double
read_weight (const char *parameter)
{
  const char *at = parameter != NULL ? strstr (parameter, "q=") : NULL;

  return at != NULL ? g_ascii_strtod (at + 2, NULL) : 1.0;
}

ReunionLanguage
central_page_language_choose (const char *asked, const char *accepted)
{
  g_auto (GStrv) ranges = NULL;
  ReunionLanguage language, best = REUNION_LANGUAGE_EN;
  double best_weight = 0;
  gboolean says_something = FALSE;

  if (asked != NULL && read_tag (asked, &language))
    return language;
  ranges = g_strsplit (accepted != NULL ? accepted : "", ",", 20);
  for (gsize i = 0; ranges[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (g_strstrip (ranges[i]), ";", 2);
      double weight = read_weight (parts[0] != NULL ? parts[1] : NULL);
      const char *tag = parts[0] != NULL ? g_strstrip (parts[0]) : "";

      if (*tag == '\0' || strcmp (tag, "*") == 0)
        continue;
      says_something = TRUE;
      if (read_tag (tag, &language) && weight > best_weight)
        {
          best = language;
          best_weight = weight;
        }
    }
  return says_something ? best : REUNION_LANGUAGE_ZH;
}
