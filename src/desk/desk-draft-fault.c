/* desk-draft-fault.c: what keeps a report from being submitted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-draft-fault.h"

#include "reunion-standard.h"

#include <glib/gi18n-lib.h>

gboolean
desk_draft_find_fault (DeskDraft *self,
                       DeskFormLayout *layout,
                       gint64 now_usec,
                       ReunionField *field,
                       char **sentence)
{
  g_return_val_if_fail (DESK_IS_DRAFT (self) && layout != NULL, FALSE);
  g_return_val_if_fail (field != NULL && sentence != NULL, FALSE);

  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (desk_draft_get_unread (self, i) != NULL)
      {
        *field = i;
        *sentence = g_strdup_printf (
            /* Translators: the name of a field */
            _ ("“%s” can't be right yet: see the sentence under it."),
            desk_form_layout_get_label (layout, i));
        return TRUE;
      }
  for (guint i = 0; i < REUNION_N_STANDARD_ITEMS; i++)
    if (!reunion_standard_check_item (desk_draft_get_case (self), i, now_usec, field, sentence))
      return TRUE;
  return FALSE;
}
