/* desk-form-reader.c: what is typed into the form, read into the report
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-form-reader.h"

#include "desk-fill-in.h"

/* A person who pauses this long has finished a word, and may be answered. */
#define READ_AFTER_MS 300
/* Who types on without a pause is read all the same: what is not read is not kept. */
#define READ_AT_LATEST_USEC (500 * 1000)

struct _DeskFormReader
{
  DeskSession *session;
  DeskFormReaderParts parts;
  DeskFormReaderFunc changed;
  gpointer user_data;

  DeskDraft *draft;    /* NULL while the form is closed */
  DeskFillIn *fill_in; /* of the draft */
  gboolean is_edited[REUNION_N_FIELDS];
  guint read_id;
  gint64 unread_since_usec; /* monotonic; of the first change that read_id is for */
};

static ReunionReport *
get_report (DeskFormReader *self)
{
  return reunion_case_get_report (desk_draft_get_case (self->draft));
}

/* An entry whose text has not been read yet is a person's. */
static void
fill_in_from_resident_id (DeskFormReader *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (desk_fill_in_fields); i++)
    {
      ReunionField field = desk_fill_in_fields[i];

      if (self->is_edited[field]
          || !desk_fill_in_apply (self->fill_in, get_report (self), field,
                                  desk_session_get_now_usec (self->session)))
        continue;
      desk_draft_set_unread (self->draft, field, NULL);
      desk_field_row_show (desk_form_layout_get_row (self->parts.layout, field), get_report (self));
    }
}

static void
read_field (DeskFormReader *self, ReunionField field)
{
  DeskFieldRow *row = desk_form_layout_get_row (self->parts.layout, field);
  gboolean fits
      = desk_field_row_apply (row, get_report (self), desk_session_get_now_usec (self->session));

  desk_draft_set_unread (self->draft, field, fits ? NULL : desk_field_row_get_text (row));
  if (field == REUNION_FIELD_RESIDENT_ID && fits)
    fill_in_from_resident_id (self);
  if (field == REUNION_FIELD_PLACE)
    desk_place_finder_search (self->parts.finder, desk_field_row_get_text (row));
}

/* All but @except, REUNION_N_FIELDS for none. */
static void
read_edited_but (DeskFormReader *self, guint except)
{
  gboolean any = FALSE;

  g_clear_handle_id (&self->read_id, g_source_remove);
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (self->is_edited[i] && i != except)
      {
        self->is_edited[i] = FALSE;
        any = TRUE;
        read_field (self, i);
        desk_revising_see_to (self->parts.revising, i);
      }
  if (!any)
    return;
  desk_form_undo_settle (self->parts.undo, self->is_edited, TRUE);
  self->changed (self->user_data);
}

static gboolean
read_cb (gpointer user_data)
{
  DeskFormReader *self = user_data;

  self->read_id = 0;
  read_edited_but (self, REUNION_N_FIELDS);
  return G_SOURCE_REMOVE;
}

DeskFormReader *
desk_form_reader_new (DeskSession *session,
                      const DeskFormReaderParts *parts,
                      DeskFormReaderFunc changed,
                      gpointer user_data)
{
  DeskFormReader *self = g_new0 (DeskFormReader, 1);

  self->session = session;
  self->parts = *parts;
  self->changed = changed;
  self->user_data = user_data;
  return self;
}

void
desk_form_reader_free (DeskFormReader *self)
{
  g_return_if_fail (self != NULL);

  desk_form_reader_set_draft (self, NULL);
  g_free (self);
}

void
desk_form_reader_set_draft (DeskFormReader *self, DeskDraft *draft)
{
  g_return_if_fail (self != NULL);

  desk_form_reader_forget (self);
  g_clear_pointer (&self->fill_in, desk_fill_in_free);
  g_set_object (&self->draft, draft);
  if (draft != NULL)
    self->fill_in = desk_fill_in_new (get_report (self), desk_session_get_now_usec (self->session));
}

void
desk_form_reader_edited (DeskFormReader *self, DeskFieldRow *row)
{
  ReunionField field = desk_field_row_get_field (row);

  g_return_if_fail (self != NULL && self->draft != NULL);

  self->is_edited[field] = TRUE;
  /* What another entry came to, such as what an ID number fills in, belongs to the
   * step before. */
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (self->is_edited[i] && i != field)
      {
        read_edited_but (self, field);
        break;
      }
  desk_form_undo_typed (self->parts.undo, row);
  if (self->read_id == 0)
    self->unread_since_usec = g_get_monotonic_time ();
  else if (g_get_monotonic_time () - self->unread_since_usec > READ_AT_LATEST_USEC)
    {
      desk_form_reader_read (self);
      return;
    }
  g_clear_handle_id (&self->read_id, g_source_remove);
  self->read_id = g_timeout_add (READ_AFTER_MS, read_cb, self);
}

void
desk_form_reader_read (DeskFormReader *self)
{
  g_return_if_fail (self != NULL);

  read_edited_but (self, REUNION_N_FIELDS);
}

void
desk_form_reader_show_unread (DeskFormReader *self, ReunionField field)
{
  const char *text;

  g_return_if_fail (self != NULL && self->draft != NULL && field < REUNION_N_FIELDS);

  text = desk_draft_get_unread (self->draft, field);
  if (text == NULL)
    return;
  desk_field_row_set_text (desk_form_layout_get_row (self->parts.layout, field), text);
  read_field (self, field);
}

void
desk_form_reader_forget (DeskFormReader *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->read_id, g_source_remove);
  memset (self->is_edited, 0, sizeof self->is_edited);
}

const gboolean *
desk_form_reader_get_pending (DeskFormReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->is_edited;
}
