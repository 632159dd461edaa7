/* reunion-date.h: a date as people type it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Year, month and day, in this order: "2020-5-7", "2020/05/07", "2020.5.7",
 * "2020年5月7日", "20200507", with digits of either width. Returns "2020-05-07"; NULL when
 * it is none of these, or no day that there is. Transfer full. */
char *reunion_date_read (const char *text);

G_END_DECLS
