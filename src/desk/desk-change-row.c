/* desk-change-row.c: what became of one field: before and after
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-change-row.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

GtkWidget *
desk_change_row_make_text (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

GtkWidget *
desk_change_row_make_caption (const char *key)
{
  GtkWidget *label = desk_change_row_make_text (reunion_history_get_key_label (key));

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static void
append (GtkWidget *box, const char *text, gboolean is_past)
{
  GtkWidget *label = desk_change_row_make_text (text);

  if (is_past)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
}

static void
append_values (GtkWidget *box, const char *before, const char *after)
{
  g_autofree char *was = NULL;
  g_autofree char *is = NULL;

  if (before != NULL)
    /* Translators: the value of a field before it was changed */
    was = g_strdup_printf (_ ("Was: %s"), before);
  if (after == NULL)
    is = g_strdup (_ ("Now: nothing"));
  else if (before == NULL)
    /* Translators: the value of a field that had none */
    is = g_strdup_printf (_ ("New: %s"), after);
  else
    /* Translators: the value of a field after it was changed */
    is = g_strdup_printf (_ ("Now: %s"), after);
  if (was != NULL)
    append (box, was, TRUE);
  append (box, is, FALSE);
}

GtkWidget *
desk_change_row_new (const ReunionHistoryChange *change)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *before = reunion_history_format_value (change->key, change->before, zone);
  g_autofree char *after = reunion_history_format_value (change->key, change->after, zone);

  gtk_box_append (GTK_BOX (box), desk_change_row_make_caption (change->key));
  if (change->reason != NULL)
    append (box, change->reason, FALSE);
  /* Two different sets of as many photos would read the same. */
  else if (before != NULL && after != NULL && g_strcmp0 (before, after) == 0)
    append (box, _ ("Changed"), FALSE);
  else
    append_values (box, before, after);
  gtk_widget_add_css_class (box, "desk-change");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}
