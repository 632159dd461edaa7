/* desk-tips-page.c: what the public has seen, and what came of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-tips-page.h"

#include "desk-case-map.h"
#include "desk-case-model.h"
#include "desk-tip-model.h"
#include "desk-tip-row.h"
#include "desk-tip-travel.h"
#include "desk-widgets.h"

#include "reunion-time.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _DeskTipsPage
{
  GtkWidget parent_instance;

  DeskSession *session;
  GListStore *tips;
  GtkSingleSelection *selection;
  ReunionTip *tip; /* the one shown, NULL for none */
  GPtrArray *fact_rows;

  GtkWidget *box;
  GtkDropDown *filter_drop;
  GtkStack *list_stack;
  GtkListView *list_view;
  DeskCaseMap *map;
  GtkWidget *side_separator;
  GtkWidget *side_box;
  GtkLabel *place_label;
  GtkLabel *state_label;
  GtkLabel *text_label;
  AdwPreferencesGroup *facts_group;
  GtkFlowBox *action_box;

  gboolean is_restoring;
};

G_DEFINE_FINAL_TYPE (DeskTipsPage, desk_tips_page, GTK_TYPE_WIDGET)

/* --- the tip that is shown --------------------------------------------------------- */

static void
add_fact (DeskTipsPage *self, const char *label, const char *value)
{
  GtkWidget *row;

  if (value == NULL || *value == '\0')
    return;
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), value);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (self->facts_group, row);
  g_ptr_array_add (self->fact_rows, row);
}

static void
add_time (DeskTipsPage *self, const char *label, gint64 usec)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *text = usec > 0 ? reunion_time_format (usec, zone) : NULL;

  add_fact (self, label, text);
}

static void
show_facts (DeskTipsPage *self, ReunionCase *case_)
{
  g_autofree char *name = case_ != NULL ? desk_case_model_format_name (case_) : NULL;
  g_autofree char *travel = desk_tip_travel_format (self->tip, case_);

  for (guint i = 0; i < self->fact_rows->len; i++)
    adw_preferences_group_remove (self->facts_group, self->fact_rows->pdata[i]);
  g_ptr_array_set_size (self->fact_rows, 0);
  add_fact (self, _("About"), name);
  add_fact (self, _("On the way since the loss"), travel);
  add_time (self, _("Seen"), reunion_tip_get_seen_usec (self->tip));
  add_time (self, _("Received"), reunion_tip_get_received_usec (self->tip));
  add_fact (self, _("Passed on by"), reunion_tip_get_partner (self->tip));
  add_fact (self, _("Contact of the witness"), reunion_tip_get_contact (self->tip));
}

static void
show_tip (DeskTipsPage *self, ReunionTip *tip, gboolean move_map)
{
  ReunionCase *case_
      = tip != NULL ? desk_session_find_case (self->session, reunion_tip_get_case_id (tip)) : NULL;
  g_autofree char *place = NULL;
  const char *text;

  g_set_object (&self->tip, tip);
  gtk_widget_set_visible (self->side_box, tip != NULL);
  gtk_widget_set_visible (self->side_separator, tip != NULL);
  desk_case_map_set_case (self->map, case_, move_map);
  reunion_map_view_set_selected_tip (desk_case_map_get_view (self->map),
                                     tip != NULL ? reunion_tip_get_id (tip) : NULL);
  if (tip == NULL)
    return;
  place = desk_tip_model_format_place (tip, case_);
  text = reunion_tip_get_text (tip);
  gtk_label_set_label (self->place_label, place);
  gtk_label_set_label (self->state_label,
                       reunion_tip_state_get_label (reunion_tip_get_state (tip)));
  desk_widgets_set_tone (GTK_WIDGET (self->state_label),
                         desk_tip_model_get_tone (reunion_tip_get_state (tip)));
  gtk_label_set_label (self->text_label, text != NULL ? text : _("Nothing was said."));
  show_facts (self, case_);
}

static void
state_clicked_cb (DeskTipsPage *self, GtkButton *button)
{
  g_autoptr (GError) error = NULL;
  ReunionTipState state
      = (ReunionTipState) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "state"));

  if (self->tip == NULL)
    return;
  if (!reunion_station_store_set_tip_state (desk_session_get_store (self->session),
                                            reunion_tip_get_id (self->tip), state,
                                            desk_session_get_now_usec (self->session), &error))
    desk_widgets_toast (GTK_WIDGET (self), error->message);
}

static void
add_action (DeskTipsPage *self, const char *label, ReunionTipState state)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_object_set_data (G_OBJECT (button), "state", GINT_TO_POINTER (state));
  g_signal_connect_object (button, "clicked", G_CALLBACK (state_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_flow_box_append (self->action_box, button);
}

/* --- the list ------------------------------------------------------------------------- */

static gboolean
is_wanted (DeskTipsPage *self, ReunionTip *tip)
{
  guint wanted = gtk_drop_down_get_selected (self->filter_drop);

  return wanted == 0 || reunion_tip_get_state (tip) == (ReunionTipState) (wanted - 1);
}

static void
restore_selection (DeskTipsPage *self, const char *id)
{
  guint position = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->tips)); i++)
    {
      g_autoptr (ReunionTip) tip = g_list_model_get_item (G_LIST_MODEL (self->tips), i);

      if (g_strcmp0 (reunion_tip_get_id (tip), id) == 0)
        position = i;
    }
  gtk_single_selection_set_selected (self->selection, position);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->list_view), "list.scroll-to-item", "u", position);
}

static void
refresh (DeskTipsPage *self)
{
  g_autoptr (GPtrArray) all
      = reunion_station_store_list_tips (desk_session_get_store (self->session), NULL, NULL);
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  g_autofree char *shown = self->tip != NULL ? g_strdup (reunion_tip_get_id (self->tip)) : NULL;
  ReunionTip *fresh = NULL;

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      if (g_strcmp0 (reunion_tip_get_id (all->pdata[i]), shown) == 0)
        fresh = all->pdata[i];
      if (is_wanted (self, all->pdata[i]))
        g_ptr_array_add (wanted, all->pdata[i]);
    }
  self->is_restoring = TRUE;
  g_list_store_splice (self->tips, 0, g_list_model_get_n_items (G_LIST_MODEL (self->tips)),
                       wanted->pdata, wanted->len);
  restore_selection (self, shown);
  self->is_restoring = FALSE;
  gtk_stack_set_visible_child_name (self->list_stack, wanted->len > 0 ? "list" : "empty");
  show_tip (self, fresh, FALSE);
}

static void
selection_cb (DeskTipsPage *self)
{
  ReunionTip *tip = gtk_single_selection_get_selected_item (self->selection);

  if (!self->is_restoring && tip != NULL)
    show_tip (self, tip, TRUE);
}

static void
filter_changed_cb (DeskTipsPage *self)
{
  if (self->session != NULL)
    refresh (self);
}

static void
show_tip_by_id (DeskTipsPage *self, const char *tip_id, gboolean move_map)
{
  g_autoptr (GPtrArray) all
      = reunion_station_store_list_tips (desk_session_get_store (self->session), NULL, NULL);

  for (guint i = 0; all != NULL && i < all->len; i++)
    if (g_strcmp0 (reunion_tip_get_id (all->pdata[i]), tip_id) == 0)
      {
        if (!is_wanted (self, all->pdata[i]))
          gtk_drop_down_set_selected (self->filter_drop, 0);
        show_tip (self, all->pdata[i], move_map);
        self->is_restoring = TRUE;
        restore_selection (self, tip_id);
        self->is_restoring = FALSE;
        return;
      }
}

static void
tip_activated_cb (DeskTipsPage *self, const char *tip_id)
{
  desk_tips_page_show_tip (self, tip_id);
}

/* The keyboard went from tip to tip on the map: the list goes along, and the map
 * stays where it is. */
static void
map_selected_cb (DeskTipsPage *self)
{
  const char *id = reunion_map_view_get_selected_tip (desk_case_map_get_view (self->map));

  if (id == NULL || self->tip == NULL || g_strcmp0 (id, reunion_tip_get_id (self->tip)) == 0)
    return;
  show_tip_by_id (self, id, FALSE);
}

static void
fill_filter (DeskTipsPage *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  gtk_string_list_append (labels, _("All Tips"));
  for (guint i = 0; i < REUNION_N_TIP_STATES; i++)
    gtk_string_list_append (labels, reunion_tip_state_get_label (i));
  gtk_drop_down_set_model (self->filter_drop, G_LIST_MODEL (labels));
}

static void
desk_tips_page_dispose (GObject *object)
{
  DeskTipsPage *self = DESK_TIPS_PAGE (object);

  g_clear_pointer (&self->fact_rows, g_ptr_array_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->tip);
  g_clear_object (&self->selection);
  g_clear_object (&self->tips);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (desk_tips_page_parent_class)->dispose (object);
}

static void
desk_tips_page_class_init (DeskTipsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_tips_page_dispose;
  g_type_ensure (DESK_TYPE_CASE_MAP);
  gtk_widget_class_set_template_from_resource (widget_class, DESK_RESOURCES "desk-tips-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskTipsPage, box);
  gtk_widget_class_bind_template_child (widget_class, DeskTipsPage, filter_drop);
  gtk_widget_class_bind_template_child (widget_class, DeskTipsPage, list_stack);
  gtk_widget_class_bind_template_child (widget_class, DeskTipsPage, list_view);
  gtk_widget_class_bind_template_child (widget_class, DeskTipsPage, map);
  gtk_widget_class_bind_template_child (widget_class, DeskTipsPage, side_separator);
  gtk_widget_class_bind_template_child (widget_class, DeskTipsPage, side_box);
  gtk_widget_class_bind_template_child (widget_class, DeskTipsPage, place_label);
  gtk_widget_class_bind_template_child (widget_class, DeskTipsPage, state_label);
  gtk_widget_class_bind_template_child (widget_class, DeskTipsPage, text_label);
  gtk_widget_class_bind_template_child (widget_class, DeskTipsPage, facts_group);
  gtk_widget_class_bind_template_child (widget_class, DeskTipsPage, action_box);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
}

static void
desk_tips_page_init (DeskTipsPage *self)
{
  self->fact_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_filter (self);
  add_action (self, _("Checking"), REUNION_TIP_STATE_CHECKING);
  add_action (self, _("Credible"), REUNION_TIP_STATE_CREDIBLE);
  add_action (self, _("Dismiss"), REUNION_TIP_STATE_DISMISSED);
  add_action (self, _("Led to the Person"), REUNION_TIP_STATE_LED);
}

void
desk_tips_page_set_session (DeskTipsPage *self, DeskSession *session)
{
  g_autoptr (GtkListItemFactory) factory = NULL;

  g_return_if_fail (DESK_IS_TIPS_PAGE (self) && self->session == NULL);

  self->session = g_object_ref (session);
  desk_case_map_set_session (self->map, session);
  factory = desk_tip_row_factory_new (session);
  self->tips = g_list_store_new (REUNION_TYPE_TIP);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->tips)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selection_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk_case_map_get_view (self->map), "tip-activated",
                           G_CALLBACK (tip_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk_case_map_get_view (self->map), "notify::selected-tip",
                           G_CALLBACK (map_selected_cb), self, G_CONNECT_SWAPPED);
  refresh (self);
}

void
desk_tips_page_show_tip (DeskTipsPage *self, const char *tip_id)
{
  g_return_if_fail (DESK_IS_TIPS_PAGE (self) && tip_id != NULL);

  show_tip_by_id (self, tip_id, TRUE);
}
