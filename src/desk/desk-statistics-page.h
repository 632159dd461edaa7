/* desk-statistics-page.h: how many were issued, how many found, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

G_BEGIN_DECLS

#define DESK_TYPE_STATISTICS_PAGE (desk_statistics_page_get_type ())
G_DECLARE_FINAL_TYPE (DeskStatisticsPage, desk_statistics_page, DESK, STATISTICS_PAGE, GtkWidget)

/* To be called once. */
void desk_statistics_page_set_session (DeskStatisticsPage *self, DeskSession *session);

G_END_DECLS
