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

#define WIDTH_PX 460
/* Three marks, and then they scroll. */
#define MAX_MARKS_HEIGHT_PX 200
/* So much of a value tells one field from another. */
#define MAX_VALUE_CHARS 28

typedef struct
{
  GtkWidget *parent;
  DeskSession *session;
  ReunionCase *case_;
  GtkWidget *dialog;
  GtkTextBuffer *overall;
  GtkWidget *marks; /* GtkBox of GtkBox: a drop-down, an entry, a button */
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

static GtkDropDown *
get_field_menu (GtkWidget *mark)
{
  return GTK_DROP_DOWN (gtk_widget_get_first_child (mark));
}

static GtkEditable *
get_reason_entry (GtkWidget *mark)
{
  return GTK_EDITABLE (gtk_widget_get_next_sibling (GTK_WIDGET (get_field_menu (mark))));
}

/* FALSE while none is chosen. */
static gboolean
get_field (GtkWidget *mark, ReunionField *field)
{
  guint selected = gtk_drop_down_get_selected (get_field_menu (mark));

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return FALSE;
  *field = desk_form_layout_get_field (selected - 1);
  return TRUE;
}

/* What is to be done before the report can go back; NULL when nothing is. */
static const char *
find_hint (Returning *returning)
{
  g_autofree char *overall = get_overall (returning);
  gboolean is_marked[REUNION_N_FIELDS] = { FALSE };
  ReunionField field;

  if (*overall == '\0')
    return _("Say overall what is missing or unclear; then the report can go back.");
  for (GtkWidget *mark = gtk_widget_get_first_child (returning->marks); mark != NULL;
       mark = gtk_widget_get_next_sibling (mark))
    {
      g_autofree char *reason
          = g_strstrip (g_strdup (gtk_editable_get_text (get_reason_entry (mark))));

      if (!get_field (mark, &field) || *reason == '\0')
        return _("Each mark needs its field and a reason. Take away a mark that is not needed.");
      if (is_marked[field])
        return _("A field is marked twice. Put both reasons into one mark.");
      is_marked[field] = TRUE;
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

static char *
describe_field (Returning *returning, ReunionField field)
{
  ReunionCase *case_ = returning->case_;
  g_autofree char *value = NULL;
  g_autofree char *cut = NULL;
  const char *label = reunion_field_get_label (field);

  if (field == REUNION_FIELD_PHOTO_ABSENT_REASON)
    {
      label = _("Photos");
      if (reunion_case_get_n_photos (case_) > 0)
        value = g_strdup_printf ("%u", reunion_case_get_n_photos (case_));
    }
  if (value == NULL)
    value = desk_dossier_format_value (reunion_case_get_report (case_), field);
  if (value == NULL)
    /* Translators: name of a field of the report */
    return g_strdup_printf (_("%s · nothing entered"), label);
  g_strdelimit (value, "\n", ' ');
  cut = g_utf8_strlen (value, -1) > MAX_VALUE_CHARS ? g_utf8_substring (value, 0, MAX_VALUE_CHARS)
                                                    : NULL;
  return cut != NULL ? g_strdup_printf ("%s · %s…", label, cut)
                     : g_strdup_printf ("%s · %s", label, value);
}

static GtkWidget *
make_field_menu (Returning *returning)
{
  GtkStringList *labels = gtk_string_list_new (NULL);
  GtkWidget *menu;

  gtk_string_list_append (labels, _("Choose a Field"));
  for (gsize i = 0; i < desk_form_layout_get_n_fields (); i++)
    {
      g_autofree char *label = describe_field (returning, desk_form_layout_get_field (i));

      gtk_string_list_append (labels, label);
    }
  menu = gtk_drop_down_new (G_LIST_MODEL (labels),
                            gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (menu), TRUE);
  gtk_widget_set_size_request (menu, 170, -1);
  desk_widgets_set_name (menu, _("Field Concerned"));
  return menu;
}

static void
show_marks (Returning *returning)
{
  gtk_widget_set_visible (returning->scrolled,
                          gtk_widget_get_first_child (returning->marks) != NULL);
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
  if (next != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (get_reason_entry (next)));
}

/* The reason is what is written next. */
static void
field_chosen_cb (GtkDropDown *menu, GParamSpec *spec, Returning *returning)
{
  if (gtk_widget_in_destruction (returning->dialog))
    return;
  changed_cb (returning);
  gtk_widget_grab_focus (gtk_widget_get_next_sibling (GTK_WIDGET (menu)));
}

static void
add_cb (Returning *returning)
{
  GtkWidget *mark = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *menu = make_field_menu (returning);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("What is wrong with it"));
  gtk_widget_set_hexpand (entry, TRUE);
  desk_widgets_set_name (entry, _("What is wrong with it"));
  gtk_widget_set_tooltip_text (button, _("Take This Mark Away"));
  desk_widgets_set_name (button, _("Take This Mark Away"));
  gtk_widget_add_css_class (button, "flat");
  gtk_box_append (GTK_BOX (mark), menu);
  gtk_box_append (GTK_BOX (mark), entry);
  gtk_box_append (GTK_BOX (mark), button);
  gtk_box_append (GTK_BOX (returning->marks), mark);
  g_signal_connect (menu, "notify::selected", G_CALLBACK (field_chosen_cb), returning);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), returning);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), returning);
  show_marks (returning);
  gtk_widget_grab_focus (menu);
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
    if (get_field (mark, &reason.field))
      {
        char *text = g_strstrip (g_strdup (gtk_editable_get_text (get_reason_entry (mark))));

        g_ptr_array_add (texts, text);
        reason.reason = text;
        g_array_append_val (reasons, reason);
      }
  if (!reunion_station_store_return_at_fields (
          desk_session_get_store (returning->session), reunion_case_get_id (returning->case_),
          overall, (const ReunionFieldReason *) (void *) reasons->data, reasons->len,
          desk_session_get_now_usec (returning->session), &error))
    desk_widgets_toast (returning->parent, error->message);
  else
    desk_widgets_toast (returning->parent, _("Returned to the station."));
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
  desk_widgets_set_name (view, _("What is missing or unclear"));
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
  GtkWidget *add = gtk_button_new_with_mnemonic (_("_Mark a Field"));

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
  gtk_widget_set_halign (add, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (add, _("The Officer Finds the Reason at the Field Itself"));
  desk_widgets_name_button (GTK_BUTTON (add));
  gtk_box_append (GTK_BOX (box), make_label (_("_What is missing or unclear"), overall));
  gtk_box_append (GTK_BOX (box), overall);
  gtk_box_append (GTK_BOX (box), returning->scrolled);
  gtk_box_append (GTK_BOX (box), add);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (returning->hint));
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_cb), returning);
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
      GTK_WINDOW (gtk_widget_get_root (parent)), _("Return This Report?"),
      _("The station sees your question and can submit the report again."), fields, _("_Cancel"),
      _("_Return"), FALSE, accepted, returning, returning_free);
  g_signal_connect_data (returning->overall, "changed", G_CALLBACK (changed_cb), returning, NULL,
                         G_CONNECT_SWAPPED);
  show_marks (returning);
  return returning->dialog;
}
