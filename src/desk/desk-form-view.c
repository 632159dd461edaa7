/* desk-form-view.c: where a person is in the form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-form-view.h"

/* Until a fold has opened there is nothing yet to scroll to. */
#define GO_TO_AFTER_MS 60

struct _DeskFormView
{
  DeskFormLayout *layout;
  guint go_to_id;
  ReunionField go_to_field;
  int go_to_caret;
  char *kept; /* what the draft was last told */
  gboolean is_kept;
};

/* While a button has the keyboard, the entry that had it before is where to go back
 * to. */
static char *
describe (DeskFormView *self)
{
  g_autofree char *view = desk_form_layout_describe_view (self->layout);
  const char *where = self->kept != NULL ? strchr (self->kept, ' ') : NULL;
  char *nowhere = strstr (view, " - ");

  if (nowhere == NULL || where == NULL)
    return g_steal_pointer (&view);
  *nowhere = '\0';
  return g_strconcat (view, where, NULL);
}

static gboolean
go_to_cb (gpointer user_data)
{
  DeskFormView *self = user_data;
  DeskFieldRow *row = desk_form_layout_get_row (self->layout, self->go_to_field);

  self->go_to_id = 0;
  desk_field_row_grab_focus (row);
  if (self->go_to_caret >= 0)
    desk_field_row_set_caret (row, self->go_to_caret);
  desk_form_layout_show_spoken (self->layout, self->go_to_field);
  return G_SOURCE_REMOVE;
}

DeskFormView *
desk_form_view_new (DeskFormLayout *layout)
{
  DeskFormView *self = g_new0 (DeskFormView, 1);

  self->layout = layout;
  return self;
}

void
desk_form_view_free (DeskFormView *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->go_to_id, g_source_remove);
  g_free (self->kept);
  g_free (self);
}

void
desk_form_view_go_to (DeskFormView *self, ReunionField field, int caret)
{
  g_return_if_fail (self != NULL && field < REUNION_N_FIELDS);

  /* The coordinates are entered through the place. */
  if (desk_form_layout_get_row (self->layout, field) == NULL)
    field = REUNION_FIELD_PLACE;
  desk_form_layout_reveal (self->layout, field);
  self->go_to_field = field;
  self->go_to_caret = caret;
  if (self->go_to_id == 0)
    self->go_to_id = g_timeout_add (GO_TO_AFTER_MS, go_to_cb, self);
}

void
desk_form_view_remember (DeskFormView *self, DeskDraft *draft)
{
  g_autofree char *view = NULL;

  g_return_if_fail (self != NULL && DESK_IS_DRAFT (draft));

  view = describe (self);
  if (self->is_kept && g_strcmp0 (view, self->kept) == 0)
    return;
  self->is_kept = desk_draft_set_view (draft, view);
  g_free (self->kept);
  self->kept = g_steal_pointer (&view);
}

void
desk_form_view_recall (DeskFormView *self, DeskDraft *draft)
{
  ReunionField field = REUNION_FIELD_NAME;
  int caret = -1;

  g_return_if_fail (self != NULL && DESK_IS_DRAFT (draft));

  g_free (self->kept);
  self->kept = desk_draft_get_view (draft);
  self->is_kept = FALSE;
  desk_form_layout_restore_view (self->layout, self->kept, &field, &caret);
  desk_form_view_go_to (self, field, caret);
}
