/* desk-form-ask.h: questions before something of a report is lost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "desk-compat.h"

G_BEGIN_DECLS

/* Asks whether to leave although a report could not be kept; @leave is called with
 * @object, a GObject that is owned from then on, when the person does. */
void desk_form_ask_to_leave (GtkWindow *parent, DeskAnswerFunc leave, gpointer object);
/* Asks whether to throw away a report, or what an amendment has changed; else as
 * above. */
void desk_form_ask_to_discard (GtkWindow *parent,
                               gboolean is_amending,
                               DeskAnswerFunc discard,
                               gpointer object);

G_END_DECLS
