/* desk-tip-row.h: a tip in a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "desk-session.h"

G_BEGIN_DECLS

/* A factory of rows for a GtkListView of ReunionTip. Transfer full. */
GtkListItemFactory *desk_tip_row_factory_new (DeskSession *session);

G_END_DECLS
