/* desk-return-dialog.c: a report goes back, with reasons at the fields concerned
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-return-dialog.h"

#include "desk-case-model.h"
#include "desk-compat.h"
#include "desk-dossier.h"
#include "desk-form-layout.h"
#include "desk-widgets.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WIDTH_PX 460
/* Three marks, and then they scroll. */
#define MAX_MARKS_HEIGHT_PX 200
#define NAME_WIDTH_PX 130
#define CHOICES_WIDTH_PX 300
#define CHOICES_HEIGHT_PX 220

typedef struct
{
  GtkWidget *parent;
  DeskSession *session;
  ReunionCase *case_;
  GtkWidget *dialog;
  GtkTextBuffer *overall;
  GtkWidget *marks; /* GtkBox of GtkBox: the field, an entry, a button */
  GtkWidget *add;
  GtkWidget *search;
  GtkListBox *choices;
  GtkWidget *scrolled;
  GtkLabel *hint;
} Returning;

static void
returning_free (gpointer data)
{
  Returning *returning = data;

  g_object_unref (returning->parent);
  g_object_unref (returning->session);
  g_object_unref (returning->case_);
  g_object_unref (returning->overall);
  g_object_unref (returning->marks);
  g_free (returning);
}

/* Transfer full. */
static char *
get_overall (Returning *returning)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (returning->overall, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (returning->overall, &start, &end, FALSE));
}

/* --- the marks at fields -------------------------------------------------------------- */

static ReunionField
get_field (GtkWidget *widget)
{
  return (ReunionField) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), "field"));
}

static GtkEditable *
get_reason_entry (GtkWidget *mark)
{
  return GTK_EDITABLE (gtk_widget_get_next_sibling (gtk_widget_get_first_child (mark)));
}

static gboolean
is_marked (Returning *returning, ReunionField field)
{
  for (GtkWidget *mark = gtk_widget_get_first_child (returning->marks); mark != NULL;
       mark = gtk_widget_get_next_sibling (mark))
    if (get_field (mark) == field)
      return TRUE;
  return FALSE;
}

/* What is to be done before the report can go back; NULL when nothing is. */
static const char *
find_hint (Returning *returning)
{
  g_autofree char *overall = get_overall (returning);

  if (*overall == '\0')
    return _ ("Say overall what is missing or unclear; then the report can go back.");
  for (GtkWidget *mark = gtk_widget_get_first_child (returning->marks); mark != NULL;
       mark = gtk_widget_get_next_sibling (mark))
    {
      g_autofree char *reason
          = g_strstrip (g_strdup (gtk_editable_get_text (get_reason_entry (mark))));

      if (*reason == '\0')
        return _ ("Say what is wrong with each marked field, or take its mark away.");
    }
  return NULL;
}

static void
changed_cb (Returning *returning)
{
  const char *hint;

  if (gtk_widget_in_destruction (returning->dialog))
    return;
  hint = find_hint (returning);
  gtk_label_set_label (returning->hint, hint != NULL ? hint : "");
  desk_compat_set_can_accept (returning->dialog, hint == NULL);
}

static const char *
get_field_label (ReunionField field)
{
  /* Photos have no field of their own. */
  return field == REUNION_FIELD_PHOTO_ABSENT_REASON ? _ ("Photos")
                                                    : reunion_field_get_label (field);
}

/* Transfer full. */
static char *
describe_value (Returning *returning, ReunionField field)
{
  guint n_photos = reunion_case_get_n_photos (returning->case_);
  g_autofree char *value = NULL;

  if (field == REUNION_FIELD_PHOTO_ABSENT_REASON && n_photos > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u photo", "%u photos", n_photos),
                            n_photos);
  value = desk_dossier_format_value (reunion_case_get_report (returning->case_), field);
  if (value == NULL)
    return g_strdup (_ ("Nothing entered"));
  return g_strdelimit (g_steal_pointer (&value), "\n", ' ');
}

static GtkWidget *
make_line (const char *text, gboolean is_small)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  /* As wide as the column, and no wider for a long value. */
  gtk_label_set_max_width_chars (GTK_LABEL (label), 1);
  if (is_small)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
    }
  return label;
}

/* The field, and what it says now. */
static GtkWidget *
make_field (Returning *returning, ReunionField field)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *value = describe_value (returning, field);

  gtk_box_append (GTK_BOX (box), make_line (get_field_label (field), FALSE));
  gtk_box_append (GTK_BOX (box), make_line (value, TRUE));
  return box;
}

static void
show_marks (Returning *returning)
{
  gtk_widget_set_visible (returning->scrolled,
                          gtk_widget_get_first_child (returning->marks) != NULL);
  gtk_list_box_invalidate_filter (returning->choices);
  changed_cb (returning);
}

static void
remove_cb (GtkWidget *button, Returning *returning)
{
  GtkWidget *mark = gtk_widget_get_parent (button);
  GtkWidget *next = gtk_widget_get_next_sibling (mark);

  if (next == NULL)
    next = gtk_widget_get_prev_sibling (mark);
  gtk_box_remove (GTK_BOX (returning->marks), mark);
  show_marks (returning);
  gtk_widget_grab_focus (next != NULL ? GTK_WIDGET (get_reason_entry (next)) : returning->add);
}

static void
add_mark (Returning *returning, ReunionField field)
{
  GtkWidget *mark = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = make_field (returning, field);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: the name of a field */
  g_autofree char *asked = g_strdup_printf (_ ("What is wrong with “%s”"), get_field_label (field));

  g_object_set_data (G_OBJECT (mark), "field", GUINT_TO_POINTER (field));
  gtk_widget_set_size_request (name, NAME_WIDTH_PX, -1);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("What is wrong with it"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  desk_widgets_set_name (entry, asked);
  gtk_widget_set_tooltip_text (button, _ ("Take This Mark Away"));
  desk_widgets_set_name (button, _ ("Take This Mark Away"));
  gtk_widget_add_css_class (button, "flat");
  gtk_box_append (GTK_BOX (mark), name);
  gtk_box_append (GTK_BOX (mark), entry);
  gtk_box_append (GTK_BOX (mark), button);
  gtk_box_append (GTK_BOX (returning->marks), mark);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), returning);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), returning);
  show_marks (returning);
  gtk_widget_grab_focus (entry);
}

/* --- choosing a field ------------------------------------------------------------------- */

static gboolean
filter_cb (GtkListBoxRow *row, gpointer user_data)
{
  Returning *returning = user_data;
  ReunionField field = get_field (GTK_WIDGET (row));
  g_autofree char *label = g_utf8_casefold (get_field_label (field), -1);
  g_autofree char *typed
      = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (returning->search)), -1);

  return !is_marked (returning, field) && strstr (label, typed) != NULL;
}

static void
take_choice (Returning *returning, GtkListBoxRow *row)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (returning->add));
  add_mark (returning, get_field (GTK_WIDGET (row)));
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, Returning *returning)
{
  take_choice (returning, row);
}

static void
search_changed_cb (Returning *returning)
{
  gtk_list_box_invalidate_filter (returning->choices);
}

/* Enter takes what was found first. */
static void
search_activated_cb (Returning *returning)
{
  GtkListBoxRow *row;

  gtk_list_box_invalidate_filter (returning->choices);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (returning->choices, i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      {
        take_choice (returning, row);
        return;
      }
}

static void
popover_shown_cb (Returning *returning)
{
  gtk_editable_set_text (GTK_EDITABLE (returning->search), "");
  gtk_widget_grab_focus (returning->search);
}

static GtkWidget *
make_choices (Returning *returning)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  returning->choices = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (returning->choices, GTK_SELECTION_NONE);
  for (gsize i = 0; i < desk_form_layout_get_n_fields (); i++)
    {
      GtkWidget *row = gtk_list_box_row_new ();
      ReunionField field = desk_form_layout_get_field (i);

      g_object_set_data (G_OBJECT (row), "field", GUINT_TO_POINTER (field));
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), make_field (returning, field));
      desk_widgets_set_name (row, get_field_label (field));
      gtk_list_box_append (returning->choices, row);
    }
  gtk_list_box_set_filter_func (returning->choices, filter_cb, returning, NULL);
  g_signal_connect (list, "row-activated", G_CALLBACK (row_activated_cb), returning);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scrolled, CHOICES_WIDTH_PX, CHOICES_HEIGHT_PX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  return scrolled;
}

static GtkWidget *
make_add (Returning *returning)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *popover = gtk_popover_new ();

  returning->add = gtk_menu_button_new ();
  returning->search = gtk_search_entry_new ();
  desk_widgets_set_name (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (returning->search))),
                         _ ("Field to Mark"));
  gtk_box_append (GTK_BOX (box), returning->search);
  gtk_box_append (GTK_BOX (box), make_choices (returning));
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (returning->add), _ ("_Mark a Field"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (returning->add), TRUE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (returning->add), popover);
  gtk_widget_set_halign (returning->add, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (returning->add,
                               _ ("The Officer Finds the Reason at the Field Itself"));
  g_signal_connect_swapped (popover, "show", G_CALLBACK (popover_shown_cb), returning);
  /* At once: the entry's own signal comes late, when the dialog may be gone. */
  g_signal_connect_swapped (returning->search, "changed", G_CALLBACK (search_changed_cb),
                            returning);
  g_signal_connect_swapped (returning->search, "activate", G_CALLBACK (search_activated_cb),
                            returning);
  return returning->add;
}

/* --- the dialog ------------------------------------------------------------------------- */

static void
accepted (gpointer data)
{
  Returning *returning = data;
  g_autofree char *overall = get_overall (returning);
  g_autoptr (GArray) reasons = g_array_new (FALSE, FALSE, sizeof (ReunionFieldReason));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  ReunionFieldReason reason;

  for (GtkWidget *mark = gtk_widget_get_first_child (returning->marks); mark != NULL;
       mark = gtk_widget_get_next_sibling (mark))
    {
      char *text = g_strstrip (g_strdup (gtk_editable_get_text (get_reason_entry (mark))));

      g_ptr_array_add (texts, text);
      reason.field = get_field (mark);
      reason.reason = text;
      g_array_append_val (reasons, reason);
    }
  if (!reunion_station_store_return_at_fields (
          desk_session_get_store (returning->session), reunion_case_get_id (returning->case_),
          overall, (const ReunionFieldReason *) (void *) reasons->data, reasons->len,
          desk_session_get_now_usec (returning->session), &error))
    desk_widgets_toast (returning->parent, error->message);
  else
    desk_widgets_toast (returning->parent, _ ("Returned to the station."));
}

static GtkWidget *
make_overall (Returning *returning)
{
  GtkWidget *view = gtk_text_view_new ();

  returning->overall = g_object_ref (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_widget_set_size_request (view, WIDTH_PX, 64);
  gtk_widget_add_css_class (view, "desk-reason");
  desk_widgets_set_name (view, _ ("What is missing or unclear"));
  return view;
}

static GtkWidget *
make_label (const char *text, GtkWidget *target)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (target != NULL)
    gtk_label_set_mnemonic_widget (GTK_LABEL (label), target);
  return label;
}

static GtkWidget *
make_fields (Returning *returning)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *overall = make_overall (returning);

  returning->marks = g_object_ref (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  returning->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (returning->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (returning->scrolled),
                                                    TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (returning->scrolled),
                                              MAX_MARKS_HEIGHT_PX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (returning->scrolled), returning->marks);
  returning->hint = GTK_LABEL (make_label ("", NULL));
  gtk_widget_add_css_class (GTK_WIDGET (returning->hint), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (returning->hint), "caption");
  gtk_box_append (GTK_BOX (box), make_label (_ ("_What is missing or unclear"), overall));
  gtk_box_append (GTK_BOX (box), overall);
  gtk_box_append (GTK_BOX (box), returning->scrolled);
  gtk_box_append (GTK_BOX (box), make_add (returning));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (returning->hint));
  return box;
}

GtkWidget *
desk_return_dialog_show (GtkWidget *parent, DeskSession *session, ReunionCase *case_)
{
  Returning *returning;
  GtkWidget *fields;

  g_return_val_if_fail (DESK_IS_SESSION (session) && REUNION_IS_CASE (case_), NULL);

  returning = g_new0 (Returning, 1);
  returning->parent = g_object_ref (parent);
  returning->session = g_object_ref (session);
  returning->case_ = g_object_ref (case_);
  fields = make_fields (returning);
  returning->dialog = desk_compat_ask (
      GTK_WINDOW (gtk_widget_get_root (parent)), _ ("Return This Report?"),
      _ ("The station sees your question and can submit the report again."), fields, _ ("_Cancel"),
      _ ("_Return"), FALSE, accepted, returning, returning_free);
  g_signal_connect_data (returning->overall, "changed", G_CALLBACK (changed_cb), returning, NULL,
                         G_CONNECT_SWAPPED);
  show_marks (returning);
  return returning->dialog;
}
