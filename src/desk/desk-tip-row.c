/* desk-tip-row.c: a tip in a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-tip-row.h"

#include "desk-case-model.h"
#include "desk-tip-model.h"
#include "desk-tip-travel.h"
#include "desk-widgets.h"

static void
set_line (GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *list_item, DeskSession *session)
{
  ReunionTip *tip = gtk_list_item_get_item (list_item);
  ReunionCase *case_ = desk_session_find_case (session, reunion_tip_get_case_id (tip));
  g_autofree char *place = desk_tip_model_format_place (tip, case_);
  g_autofree char *summary
      = desk_tip_model_format_summary (tip, desk_session_get_now_usec (session));
  g_autofree char *name = case_ != NULL ? desk_case_model_format_name (case_) : NULL;
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *travel = desk_tip_travel_make_line (tip, case_);

  gtk_box_append (GTK_BOX (row), desk_tip_model_make_mark (reunion_tip_get_state (tip)));
  set_line (lines, place, "heading");
  if (travel != NULL)
    gtk_box_append (GTK_BOX (lines), travel);
  set_line (lines, summary, NULL);
  if (name != NULL)
    set_line (lines, name, "dim-label");
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (row), lines);
  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_bottom (row, 6);
  gtk_list_item_set_child (list_item, row);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, NULL);
}

GtkListItemFactory *
desk_tip_row_factory_new (DeskSession *session)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), session, 0);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  return factory;
}
