/* desk-revising.c: what the form says beyond the entries when a report comes back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-revising.h"

#include "desk-widgets.h"

#include <glib/gi18n-lib.h>

struct _DeskRevising
{
  DeskSession *session;
  DeskFormLayout *layout;
  DeskRevisingWidgets widgets;
  DeskMessageRow *photo_note; /* under the photos; not owned */
  DeskDraft *draft;           /* or NULL */

  gboolean is_seen[REUNION_N_FIELDS];
  gboolean was_opened; /* since it was returned */
};

static ReunionCase *
get_case (DeskRevising *self)
{
  return desk_draft_get_case (self->draft);
}

static gboolean
is_returned (DeskRevising *self)
{
  return self->draft != NULL && desk_draft_get_amendment (self->draft) == NULL
         && reunion_case_get_state (get_case (self)) == REUNION_CASE_STATE_RETURNED;
}

/* Photos have no field of their own: what is said of them is said of the reason why
 * there is none. */
static DeskMessageRow *
get_note (DeskRevising *self, ReunionField field)
{
  return field == REUNION_FIELD_PHOTO_ABSENT_REASON
             ? self->photo_note
             : desk_form_layout_get_note (self->layout, field);
}

static const char *
get_label (DeskRevising *self, ReunionField field)
{
  return field == REUNION_FIELD_PHOTO_ABSENT_REASON
             ? _ ("Photos")
             : desk_form_layout_get_label (self->layout, field);
}

/* --- the reviewer's reasons --------------------------------------------------------- */

/* The coordinates are entered through the place. Transfer full. */
static char *
get_reason (DeskRevising *self, ReunionField field)
{
  ReunionCase *case_ = get_case (self);
  const ReunionField at_place[]
      = { REUNION_FIELD_PLACE, REUNION_FIELD_LATITUDE, REUNION_FIELD_LONGITUDE };
  GString *text;

  if (field != REUNION_FIELD_PLACE)
    return g_strdup (reunion_case_get_field_reason (case_, field));
  text = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (at_place); i++)
    if (reunion_case_get_field_reason (case_, at_place[i]) != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                              reunion_case_get_field_reason (case_, at_place[i]));
  return g_string_free (text, text->len == 0);
}

static void
set_note (DeskRevising *self, ReunionField field, const char *text, const char *tone)
{
  DeskFieldRow *row = desk_form_layout_get_row (self->layout, field);

  desk_message_row_set (get_note (self, field), text, tone);
  if (row != NULL)
    desk_field_row_set_note (row, text);
}

static void
show_reason (DeskRevising *self, ReunionField field)
{
  g_autofree char *reason = get_reason (self, field);
  g_autofree char *text = NULL;

  if (reason == NULL)
    {
      set_note (self, field, NULL, NULL);
      return;
    }
  /* Translators: what the reviewer wrote of a field */
  text = self->is_seen[field] ? g_strdup_printf (_ ("Seen to. The reviewer asked: %s"), reason)
                              : g_strdup_printf (_ ("The reviewer asks: %s"), reason);
  set_note (self, field, text, self->is_seen[field] ? "success" : "warning");
  if (!self->is_seen[field] && field != REUNION_FIELD_PHOTO_ABSENT_REASON)
    desk_form_layout_reveal (self->layout, field);
}

static void
add_open (DeskRevising *self, ReunionField field, gboolean *any, GString *labels)
{
  g_autofree char *reason = get_reason (self, field);

  *any |= reason != NULL;
  if (reason != NULL && !self->is_seen[field])
    g_string_append_printf (labels, "%s%s", labels->len > 0 ? " · " : "", get_label (self, field));
}

/* Labels of the fields whose reasons are not seen to, in the order of the form, which
 * begins with the photos. Transfer full. */
static char *
list_open (DeskRevising *self, gboolean *any)
{
  GString *labels = g_string_new (NULL);

  *any = FALSE;
  add_open (self, REUNION_FIELD_PHOTO_ABSENT_REASON, any, labels);
  for (gsize i = 0; i < desk_form_layout_get_n_fields (); i++)
    if (desk_form_layout_get_field (i) != REUNION_FIELD_PHOTO_ABSENT_REASON)
      add_open (self, desk_form_layout_get_field (i), any, labels);
  return g_string_free (labels, FALSE);
}

static void
show_reason_at_top (DeskRevising *self)
{
  const char *reason = reunion_case_get_review_reason (get_case (self));
  gboolean any;
  g_autofree char *open = list_open (self, &any);
  g_autoptr (GString) text = g_string_new (NULL);

  if (reason != NULL)
    /* Translators: what the reviewer wrote */
    g_string_append_printf (text, _ ("The reviewer asks: %s"), reason);
  if (any && text->len > 0)
    g_string_append_c (text, '\n');
  if (any && *open != '\0')
    /* Translators: names of fields */
    g_string_append_printf (text, _ ("Marked below: %s"), open);
  else if (any)
    g_string_append (text, _ ("All that is marked below has been seen to."));
  gtk_label_set_label (self->widgets.reason, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->widgets.reason), text->len > 0);
}

/* --- what is seen to lasts ------------------------------------------------------------ */

static char *
make_key (DeskRevising *self)
{
  return g_strconcat ("draft-seen:", reunion_case_get_id (get_case (self)), NULL);
}

static void
recall_seen (DeskRevising *self)
{
  g_autofree char *key = make_key (self);
  g_autofree char *text
      = reunion_station_store_get_setting (desk_session_get_store (self->session), key);
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);
  ReunionField field;

  memset (self->is_seen, 0, sizeof self->is_seen);
  /* Of an earlier return, these say nothing of this one. */
  self->was_opened
      = words[0] != NULL
        && g_ascii_strtoll (words[0], NULL, 10) == reunion_case_get_revision (get_case (self));
  for (gsize i = 1; self->was_opened && words[i] != NULL; i++)
    if (reunion_field_from_key (words[i], &field))
      self->is_seen[field] = TRUE;
}

static void
keep_seen (DeskRevising *self)
{
  g_autofree char *key = make_key (self);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_string_append_printf (text, "%" G_GINT64_FORMAT, reunion_case_get_revision (get_case (self)));
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (self->is_seen[i])
      g_string_append_printf (text, " %s", reunion_field_get_info (i)->key);
  if (!reunion_station_store_set_setting (desk_session_get_store (self->session), key, text->str,
                                          &error))
    g_warning ("%s", error->message);
}

void
desk_revising_see_to (DeskRevising *self, ReunionField field)
{
  g_autofree char *reason = NULL;

  g_return_if_fail (self != NULL && field < REUNION_N_FIELDS);

  if (!is_returned (self) || self->is_seen[field] || get_note (self, field) == NULL)
    return;
  reason = get_reason (self, field);
  if (reason == NULL)
    return;
  self->is_seen[field] = TRUE;
  keep_seen (self);
  show_reason (self, field);
  show_reason_at_top (self);
}

/* --- an amendment ---------------------------------------------------------------------- */

static void
show_news (DeskRevising *self, DeskAmendment *amendment)
{
  gboolean any = FALSE;

  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (get_note (self, i) != NULL)
      {
        const char *key = i == REUNION_FIELD_PHOTO_ABSENT_REASON ? REUNION_HISTORY_KEY_PHOTOS
                                                                 : reunion_field_get_info (i)->key;
        const char *news = desk_amendment_get_news (amendment, key);

        set_note (self, i, news, "warning");
        if (news != NULL)
          desk_form_layout_reveal (self->layout, i);
        any |= news != NULL;
      }
  gtk_widget_set_visible (GTK_WIDGET (self->widgets.reason),
                          any || desk_amendment_is_over (amendment));
  gtk_label_set_label (self->widgets.reason,
                       desk_amendment_is_over (amendment)
                           ? _ ("This case has ended meanwhile, so its notice can't be amended any "
                                "more. What you wrote is kept until you discard it.")
                           : _ ("Somebody else has changed this case while you were writing: see "
                                "the marks at the fields."));
}

/* --- both -------------------------------------------------------------------------------- */

static void
show_mode (DeskRevising *self)
{
  gboolean is_amending = desk_draft_get_amendment (self->draft) != NULL;

  gtk_label_set_label (self->widgets.title, is_amending          ? _ ("Amend the Published Report")
                                            : is_returned (self) ? _ ("Returned Report")
                                                                 : _ ("New Report"));
  gtk_button_set_label (self->widgets.submit_button,
                        is_amending ? _ ("Send Amendment") : _ ("S_ubmit"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->widgets.submit_button),
                               is_amending ? _ ("Change the Notice Everywhere (Ctrl+Enter)")
                                           : _ ("Send to the Reviewer (Ctrl+Enter)"));
  desk_widgets_name_button (self->widgets.submit_button);
  gtk_widget_set_visible (self->widgets.discard_button, is_amending || !is_returned (self));
}

void
desk_revising_show (DeskRevising *self, DeskDraft *draft)
{
  DeskAmendment *amendment = draft != NULL ? desk_draft_get_amendment (draft) : NULL;
  gboolean is_new = draft != self->draft;

  g_return_if_fail (self != NULL);

  g_set_object (&self->draft, draft);
  if (is_new)
    desk_amend_panel_set_amendment (self->widgets.panel, amendment);
  if (draft == NULL)
    return;
  show_mode (self);
  if (amendment != NULL)
    {
      show_news (self, amendment);
      desk_amend_panel_update (self->widgets.panel);
      return;
    }
  if (is_returned (self))
    recall_seen (self);
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (get_note (self, i) != NULL && is_returned (self))
      show_reason (self, i);
    else if (get_note (self, i) != NULL)
      set_note (self, i, NULL, NULL);
  if (is_returned (self))
    show_reason_at_top (self);
  else
    gtk_widget_set_visible (GTK_WIDGET (self->widgets.reason), FALSE);
}

gboolean
desk_revising_take_first (DeskRevising *self, ReunionField *field)
{
  g_return_val_if_fail (self != NULL && field != NULL, FALSE);

  if (!is_returned (self) || self->was_opened)
    return FALSE;
  self->was_opened = TRUE;
  keep_seen (self);
  for (gsize i = 0; i < desk_form_layout_get_n_fields (); i++)
    {
      ReunionField at = desk_form_layout_get_field (i);
      g_autofree char *reason = get_reason (self, at);

      if (reason != NULL && at != REUNION_FIELD_PHOTO_ABSENT_REASON)
        {
          *field = at;
          return TRUE;
        }
    }
  return FALSE;
}

void
desk_revising_update (DeskRevising *self)
{
  g_return_if_fail (self != NULL);

  if (self->draft != NULL && desk_draft_get_amendment (self->draft) != NULL)
    desk_amend_panel_update (self->widgets.panel);
}

gboolean
desk_revising_check (DeskRevising *self, char **sentence)
{
  g_return_val_if_fail (self != NULL && self->draft != NULL, FALSE);

  return desk_draft_get_amendment (self->draft) == NULL
         || desk_amend_panel_check (self->widgets.panel, sentence);
}

DeskRevising *
desk_revising_new (DeskSession *session, DeskFormLayout *layout, const DeskRevisingWidgets *widgets)
{
  DeskRevising *self = g_new0 (DeskRevising, 1);
  GtkWidget *note = desk_message_row_new ();

  self->session = session;
  self->layout = layout;
  self->widgets = *widgets;
  self->photo_note = DESK_MESSAGE_ROW (note);
  gtk_widget_add_css_class (note, "desk-note");
  gtk_box_insert_child_after (widgets->content, note,
                              gtk_widget_get_first_child (GTK_WIDGET (widgets->content)));
  return self;
}

void
desk_revising_free (DeskRevising *self)
{
  g_clear_object (&self->draft);
  g_free (self);
}
