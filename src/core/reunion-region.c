/* reunion-region.c: provinces by their GB/T 2260 code
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-region.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const ReunionProvince provinces[] = {
  { "11", N_("Beijing") },   { "12", N_("Tianjin") },        { "13", N_("Hebei") },
  { "14", N_("Shanxi") },    { "15", N_("Inner Mongolia") }, { "21", N_("Liaoning") },
  { "22", N_("Jilin") },     { "23", N_("Heilongjiang") },   { "31", N_("Shanghai") },
  { "32", N_("Jiangsu") },   { "33", N_("Zhejiang") },       { "34", N_("Anhui") },
  { "35", N_("Fujian") },    { "36", N_("Jiangxi") },        { "37", N_("Shandong") },
  { "41", N_("Henan") },     { "42", N_("Hubei") },          { "43", N_("Hunan") },
  { "44", N_("Guangdong") }, { "45", N_("Guangxi") },        { "46", N_("Hainan") },
  { "50", N_("Chongqing") }, { "51", N_("Sichuan") },        { "52", N_("Guizhou") },
  { "53", N_("Yunnan") },    { "54", N_("Tibet") },          { "61", N_("Shaanxi") },
  { "62", N_("Gansu") },     { "63", N_("Qinghai") },        { "64", N_("Ningxia") },
  { "65", N_("Xinjiang") },  { "71", N_("Taiwan") },         { "81", N_("Hong Kong") },
  { "82", N_("Macao") },
};

const ReunionProvince *
reunion_province_find (const char *region)
{
  if (region == NULL || strlen (region) < 2)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (provinces); i++)
    if (strncmp (provinces[i].code, region, 2) == 0)
      return &provinces[i];
  return NULL;
}

const char *
reunion_province_get_label (const ReunionProvince *province)
{
  g_return_val_if_fail (province != NULL, NULL);

  return _(province->name);
}

const ReunionProvince *
reunion_province_get_all (gsize *n_provinces)
{
  if (n_provinces != NULL)
    *n_provinces = G_N_ELEMENTS (provinces);
  return provinces;
}
