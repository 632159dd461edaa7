/* desk-dossier.h: everything a report holds, and which of it the public sees
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "reunion-case.h"

G_BEGIN_DECLS

#define DESK_TYPE_DOSSIER (desk_dossier_get_type ())
G_DECLARE_FINAL_TYPE (DeskDossier, desk_dossier, DESK, DOSSIER, GtkBox)

/* NULL for none. */
void desk_dossier_set_case (DeskDossier *self, ReunionCase *case_);

/* The value of @field as a person reads it, NULL when unset. Transfer full. */
char *desk_dossier_format_value (ReunionReport *report, ReunionField field);

G_END_DECLS
