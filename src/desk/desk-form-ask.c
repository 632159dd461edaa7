/* desk-form-ask.c: questions before something of a report is lost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-form-ask.h"

#include <glib/gi18n-lib.h>

void
desk_form_ask_to_leave (GtkWindow *parent, DeskAnswerFunc leave, gpointer object)
{
  desk_compat_ask (parent, _ ("Leave Without Keeping?"),
                   _ ("This report could not be written to the disk. What was entered since it "
                      "was last kept is lost if you leave now."),
                   NULL, _ ("_Stay"), _ ("_Leave"), TRUE, leave, object, g_object_unref);
}

void
desk_form_ask_to_discard (GtkWindow *parent,
                          gboolean is_amending,
                          DeskAnswerFunc discard,
                          gpointer object)
{
  desk_compat_ask (parent, is_amending ? _ ("Discard This Amendment?") : _ ("Discard This Report?"),
                   is_amending
                       ? _ ("What you have changed is lost; the case stays published as it is.")
                       : _ ("What was entered is lost for good, on this PC and everywhere."),
                   NULL, _ ("_Keep"), _ ("_Discard"), TRUE, discard, object, g_object_unref);
}
