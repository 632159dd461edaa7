/* reunion-region.h: provinces by their GB/T 2260 code
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReunionProvince:
 * @code: first two digits of every region code of the province
 * @name: English name, to be passed through gettext; see
 *   reunion_province_get_label()
 */
typedef struct
{
  char code[3];
  const char *name;
} ReunionProvince;

/* The province of @region, a code of two digits or more; NULL when no province
 * has it. Transfer none. */
const ReunionProvince *reunion_province_find (const char *region);
const char *reunion_province_get_label (const ReunionProvince *province);

/* All 34, in the order of their codes. @n_provinces may be NULL. */
const ReunionProvince *reunion_province_get_all (gsize *n_provinces);

G_END_DECLS
