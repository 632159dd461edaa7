/* desk-form-undo.c: undo and redo over all entries of the form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-form-undo.h"

#include <glib/gi18n-lib.h>

struct _DeskFormUndo
{
  DeskFormLayout *layout;
  GtkWidget *buttons[2]; /* redo, undo */
  DeskDraft *draft;
  DeskUndo *undo; /* NULL while there is no draft */
};

static const gboolean nothing_pending[REUNION_N_FIELDS];

static gboolean
is_entry (ReunionField field)
{
  ReunionFieldKind kind = reunion_field_get_info (field)->kind;

  return kind != REUNION_FIELD_KIND_CHOICE && kind != REUNION_FIELD_KIND_FLAG;
}

static ReunionReport *
get_report (DeskFormUndo *self)
{
  return reunion_case_get_report (desk_draft_get_case (self->draft));
}

static DeskUndoState *
make_state (DeskFormUndo *self)
{
  DeskUndoState *state = desk_undo_state_new (desk_draft_get_case (self->draft));

  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      DeskFieldRow *row = desk_form_layout_get_row (self->layout, i);

      if (row != NULL && is_entry (i))
        desk_undo_state_set_text (state, i, desk_field_row_get_text (row),
                                  desk_draft_get_unread (self->draft, i) != NULL);
    }
  return state;
}

/* --- the buttons ------------------------------------------------------------ */

static char *
format_step (DeskFormUndo *self, gboolean is_back, guint where)
{
  const char *name
      = where == DESK_UNDO_PHOTOS ? _("Photos") : desk_form_layout_get_label (self->layout, where);

  if (is_back)
    /* Translators: the name of a field */
    return g_strdup_printf (_("Undo: %s (Ctrl+Z)"), name);
  /* Translators: the name of a field */
  return g_strdup_printf (_("Redo: %s (Ctrl+Shift+Z)"), name);
}

static void
update_button (DeskFormUndo *self, gboolean is_back)
{
  guint where;
  gboolean can = self->undo != NULL && desk_undo_can (self->undo, is_back, &where);
  g_autofree char *text = can ? format_step (self, is_back, where) : NULL;

  gtk_widget_set_sensitive (self->buttons[is_back], can);
  gtk_widget_set_tooltip_text (self->buttons[is_back], can       ? text
                                                       : is_back ? _("Nothing to Undo")
                                                                 : _("Nothing to Redo"));
}

static void
update_buttons (DeskFormUndo *self)
{
  update_button (self, TRUE);
  update_button (self, FALSE);
}

/* --- putting back ------------------------------------------------------------- */

/* What fits its field is shown as it was typed, but for a time: "-40m" is another
 * time by now. */
static void
restore_field (DeskFormUndo *self, const DeskUndoState *to, ReunionField field, gint64 now_usec)
{
  DeskFieldRow *row = desk_form_layout_get_row (self->layout, field);
  gboolean is_time = reunion_field_get_info (field)->kind == REUNION_FIELD_KIND_TIME;
  gboolean fits = TRUE;

  if (row == NULL)
    return;
  if (!is_entry (field) || (is_time && !to->is_raw[field]))
    {
      desk_field_row_show (row, get_report (self));
      desk_field_row_tick (row, get_report (self), now_usec);
    }
  else
    {
      desk_field_row_set_text (row, to->texts[field] != NULL ? to->texts[field] : "");
      fits = desk_field_row_apply (row, get_report (self), now_usec);
    }
  desk_draft_set_unread (self->draft, field, fits ? NULL : desk_field_row_get_text (row));
}

static void
restore_photos (DeskFormUndo *self, const DeskUndoState *to)
{
  ReunionCase *case_ = desk_draft_get_case (self->draft);

  reunion_case_clear_photos (case_);
  for (guint i = 0; i < to->photos->len; i++)
    reunion_case_add_photo (case_, to->photos->pdata[i]);
}

static void
restore (DeskFormUndo *self, const DeskUndoState *from, const DeskUndoState *to, gint64 now_usec)
{
  g_autoptr (ReunionReport) report = reunion_report_copy (to->report);

  reunion_case_set_report (desk_draft_get_case (self->draft), report);
  if (desk_undo_state_has_other_photos (from, to))
    restore_photos (self, to);
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (desk_undo_state_differs (from, to, i))
      restore_field (self, to, i, now_usec);
}

/* --- keys --------------------------------------------------------------------- */

static void
add_key (GtkShortcutController *keys, guint key, GdkModifierType modifiers, GtkShortcutFunc func)
{
  gtk_shortcut_controller_add_shortcut (
      keys, gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                              gtk_callback_action_new (func, NULL, NULL)));
}

void
desk_form_undo_take_keys (GtkWidget *scope, GtkShortcutFunc undo, GtkShortcutFunc redo)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcutController *keys = GTK_SHORTCUT_CONTROLLER (controller);

  g_return_if_fail (GTK_IS_WIDGET (scope));

  /* Also while the map has the keyboard, and before an entry that has its own idea. */
  gtk_shortcut_controller_set_scope (keys, GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  add_key (keys, GDK_KEY_z, GDK_CONTROL_MASK, undo);
  add_key (keys, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, redo);
  add_key (keys, GDK_KEY_y, GDK_CONTROL_MASK, redo);
  gtk_widget_add_controller (scope, controller);
}

/* --- what the form asks of it ---------------------------------------------------- */

DeskFormUndo *
desk_form_undo_new (DeskFormLayout *layout, GtkWidget *undo, GtkWidget *redo)
{
  DeskFormUndo *self;

  g_return_val_if_fail (layout != NULL && GTK_IS_WIDGET (undo) && GTK_IS_WIDGET (redo), NULL);

  self = g_new0 (DeskFormUndo, 1);
  self->layout = layout;
  self->buttons[TRUE] = undo;
  self->buttons[FALSE] = redo;
  update_buttons (self);
  return self;
}

void
desk_form_undo_free (DeskFormUndo *self)
{
  g_clear_pointer (&self->undo, desk_undo_free);
  g_clear_object (&self->draft);
  g_free (self);
}

void
desk_form_undo_set_draft (DeskFormUndo *self, DeskDraft *draft)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->undo, desk_undo_free);
  g_set_object (&self->draft, draft);
  if (draft != NULL)
    self->undo = desk_undo_new (make_state (self));
  update_buttons (self);
}

void
desk_form_undo_typed (DeskFormUndo *self, DeskFieldRow *row)
{
  ReunionField field;

  g_return_if_fail (self != NULL && DESK_IS_FIELD_ROW (row));

  if (self->undo == NULL)
    return;
  field = desk_field_row_get_field (row);
  desk_undo_type (self->undo, field, is_entry (field) ? desk_field_row_get_text (row) : NULL,
                  g_get_monotonic_time ());
  update_buttons (self);
}

void
desk_form_undo_settle (DeskFormUndo *self,
                       const gboolean pending[REUNION_N_FIELDS],
                       gboolean is_reading)
{
  g_return_if_fail (self != NULL);

  if (self->undo == NULL)
    return;
  desk_undo_settle (self->undo, make_state (self), pending, is_reading);
  update_buttons (self);
}

gboolean
desk_form_undo_go (DeskFormUndo *self, gboolean is_back, gint64 now_usec, guint *where, int *caret)
{
  const DeskUndoState *from, *to;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->undo == NULL || !desk_undo_go (self->undo, is_back, where, &from, &to))
    return FALSE;
  *caret = -1;
  if (*where != DESK_UNDO_PHOTOS && to->texts[*where] != NULL)
    *caret = desk_undo_state_find_caret (from, to, *where);
  restore (self, from, to, now_usec);
  desk_form_undo_settle (self, nothing_pending, TRUE);
  return TRUE;
}
