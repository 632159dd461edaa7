/* desk-cases-page.c: the cases, the map, and the form of a report
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-cases-page.h"

#include "desk-case-card.h"
#include "desk-case-list.h"
#include "desk-case-map.h"
#include "desk-checklist.h"
#include "desk-duplicate-view.h"
#include "desk-notice-view.h"
#include "desk-reach-panel.h"
#include "desk-report-form.h"
#include "desk-tip-link.h"
#include "desk-widgets.h"

#include <glib/gi18n-lib.h>

struct _DeskCasesPage
{
  GtkWidget parent_instance;

  DeskSession *session;

  GtkWidget *box;
  GtkStack *left_stack;
  DeskCaseList *list;
  DeskReportForm *form;
  DeskCaseMap *map;
  GtkWidget *pick_label;
  GtkWidget *side_separator;
  GtkStack *side_stack;
  DeskCaseCard *card;
  DeskDuplicateView *duplicate_view;
  GtkStack *draft_stack;
  DeskChecklist *checklist;
  DeskReachPanel *reach_panel;
  DeskNoticeView *notice;

  char *opened;        /* the report that the form was last opened with */
  gboolean is_dragged; /* the point was put where the map shows it already */
};

/* What the map keeps in the narrowest window, where its neighbours would gladly take
 * all: beside the list, and beside the form, which is wider. */
#define MAP_BY_LIST_PX 340
#define MAP_BY_FORM_PX 260

G_DEFINE_FINAL_TYPE (DeskCasesPage, desk_cases_page, GTK_TYPE_WIDGET)

static void
show_side (DeskCasesPage *self, const char *name)
{
  gtk_widget_set_visible (GTK_WIDGET (self->side_stack), name != NULL);
  gtk_widget_set_visible (self->side_separator, name != NULL);
  if (name != NULL)
    gtk_stack_set_visible_child_name (self->side_stack, name);
}

/* The figures beside the map are those of the moment that it shows. */
static void
map_moved_cb (DeskCasesPage *self)
{
  DeskTimeBar *time_bar = desk_case_map_get_time_bar (self->map);

  desk_case_card_set_moment_usec (self->card, desk_time_bar_get_is_live (time_bar)
                                                  ? 0
                                                  : desk_time_bar_get_moment_usec (time_bar));
}

/* Shows a chosen case; a draft is shown too, and opened with a button. */
static void
show_case (DeskCasesPage *self, ReunionCase *case_)
{
  gtk_stack_set_visible_child (self->left_stack, GTK_WIDGET (self->list));
  gtk_widget_set_size_request (GTK_WIDGET (self->map), MAP_BY_LIST_PX, -1);
  reunion_map_view_set_centre_draggable (desk_case_map_get_view (self->map), FALSE);
  desk_case_card_set_case (self->card, case_);
  desk_case_map_set_case (self->map, case_, TRUE);
  map_moved_cb (self);
  show_side (self, case_ != NULL ? "card" : NULL);
}

static void
selected_cb (DeskCasesPage *self, const char *case_id)
{
  if (desk_report_form_get_case (self->form) != NULL)
    return;
  show_case (self, case_id != NULL ? desk_session_find_case (self->session, case_id) : NULL);
}

/* --- the form ---------------------------------------------------------------------- */

static void show_duplicate (DeskCasesPage *self);
static void update_draggable (DeskCasesPage *self);

static void
show_form (DeskCasesPage *self)
{
  g_free (self->opened);
  self->opened = g_strdup (reunion_case_get_id (desk_report_form_get_case (self->form)));
  gtk_stack_set_visible_child (self->left_stack, GTK_WIDGET (self->form));
  gtk_widget_set_size_request (GTK_WIDGET (self->map), MAP_BY_FORM_PX, -1);
  gtk_stack_set_visible_child_name (self->draft_stack, "checklist");
  show_side (self, "draft");
  update_draggable (self);
  desk_case_map_set_case (self->map, desk_report_form_get_case (self->form), TRUE);
}

static void
open_form (DeskCasesPage *self, ReunionCase *case_)
{
  if (desk_report_form_open (self->form, case_))
    show_form (self);
}

static void
form_edited_cb (DeskCasesPage *self)
{
  ReunionCase *case_ = desk_report_form_get_case (self->form);

  if (case_ == NULL)
    return;
  desk_checklist_update (self->checklist, case_, desk_session_get_now_usec (self->session));
  desk_notice_view_set_case (self->notice, self->session, case_);
  desk_reach_panel_set_case (self->reach_panel, case_);
  desk_case_map_set_case (self->map, case_, FALSE);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->side_stack), "duplicate") == 0)
    show_duplicate (self);
}

static void
set_picking (DeskCasesPage *self, gboolean is_picking)
{
  reunion_map_view_set_pick_mode (desk_case_map_get_view (self->map), is_picking);
  gtk_widget_set_visible (self->pick_label, is_picking);
}

/* The report just left is the one chosen, unless nothing was entered or it was thrown
 * away. */
static void
select_opened (DeskCasesPage *self)
{
  g_autoptr (ReunionCase) case_ = NULL;

  if (self->opened != NULL)
    case_ = reunion_station_store_get_case (desk_session_get_store (self->session), self->opened,
                                            NULL);
  if (case_ != NULL)
    desk_case_list_select (self->list, self->opened);
}

/* Only what has not gone out yet is moved by a slip of the hand. */
static void
update_draggable (DeskCasesPage *self)
{
  ReunionCase *case_ = desk_report_form_get_case (self->form);

  reunion_map_view_set_centre_draggable (
      desk_case_map_get_view (self->map),
      case_ != NULL && !reunion_case_state_is_public (reunion_case_get_state (case_)));
}

/* --- the other case beside the form ------------------------------------------------- */

static void
show_duplicate (DeskCasesPage *self)
{
  DeskDuplicateBar *bar = desk_report_form_get_duplicate_bar (self->form);
  const ReunionStationDuplicate *duplicate = desk_duplicate_bar_get_duplicate (bar);

  if (duplicate == NULL)
    return;
  desk_duplicate_view_set_cases (self->duplicate_view, self->session,
                                 desk_duplicate_bar_get_case (bar), duplicate->case_);
  show_side (self, "duplicate");
}

static gboolean
is_duplicate_shown (DeskCasesPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->side_stack), "duplicate") == 0;
}

static void
duplicate_changed_cb (DeskCasesPage *self)
{
  if (is_duplicate_shown (self) && desk_report_form_get_case (self->form) != NULL)
    show_side (self, "draft");
}

static void
duplicate_closed_cb (DeskCasesPage *self)
{
  show_side (self, "draft");
}

static void
duplicate_not_same_cb (DeskCasesPage *self)
{
  desk_duplicate_bar_tell_apart (desk_report_form_get_duplicate_bar (self->form));
}

static void
duplicate_same_cb (DeskCasesPage *self, const char *case_id)
{
  desk_cases_page_show_case (self, case_id);
  desk_widgets_toast (GTK_WIDGET (self),
                      _("The report you were writing is kept among the drafts. Discard it there "
                        "if nobody needs it."));
}

static void
form_closed_cb (DeskCasesPage *self)
{
  const char *selected;

  select_opened (self);
  selected = desk_case_list_get_selected (self->list);
  set_picking (self, FALSE);
  show_case (self, selected != NULL ? desk_session_find_case (self->session, selected) : NULL);
}

static gboolean
is_amended (DeskCasesPage *self, const char *case_id)
{
  ReunionCase *case_ = desk_session_find_case (self->session, case_id);

  return case_ != NULL && reunion_case_state_is_public (reunion_case_get_state (case_));
}

static void
form_submitted_cb (DeskCasesPage *self, const char *case_id)
{
  gboolean is_online
      = reunion_sync_get_status (desk_session_get_sync (self->session)) == REUNION_SYNC_ONLINE;

  set_picking (self, FALSE);
  desk_cases_page_show_case (self, case_id);
  desk_widgets_toast (GTK_WIDGET (self),
                      is_amended (self, case_id)
                          ? is_online ? _ ("Sent. The notice changes everywhere.")
                                      : _ ("Kept on this PC. The notice changes as soon as the "
                                           "service can be reached.")
                      : is_online
                          ? _ ("Submitted. The reviewer is asked to approve it.")
                          : _ ("Kept on this PC. It is sent once, by itself, when the service "
                               "can be reached."));
}

static void
form_fell_short_cb (DeskCasesPage *self)
{
  gtk_stack_set_visible_child_name (self->draft_stack, "checklist");
  form_edited_cb (self);
}

static void
form_pick_toggled_cb (DeskCasesPage *self, gboolean is_picking)
{
  set_picking (self, is_picking);
}

static void
form_point_set_cb (DeskCasesPage *self)
{
  desk_reach_panel_set_case (self->reach_panel, desk_report_form_get_case (self->form));
  desk_case_map_set_case (self->map, desk_report_form_get_case (self->form), !self->is_dragged);
}

static void
centre_moving_cb (DeskCasesPage *self, double lat_deg, double lon_deg)
{
  desk_reach_panel_preview (self->reach_panel, (ReunionPoint){ lat_deg, lon_deg });
}

static void
centre_dragged_cb (DeskCasesPage *self, double lat_deg, double lon_deg)
{
  self->is_dragged = TRUE;
  if (desk_report_form_get_case (self->form) != NULL)
    desk_report_form_set_point (self->form, (ReunionPoint){ lat_deg, lon_deg });
  self->is_dragged = FALSE;
}

static void
place_picked_cb (DeskCasesPage *self, double lat_deg, double lon_deg)
{
  if (desk_report_form_get_case (self->form) != NULL)
    desk_report_form_set_point (self->form, (ReunionPoint){ lat_deg, lon_deg });
}

static void
go_to_cb (DeskCasesPage *self, int field)
{
  desk_report_form_go_to (self->form, (ReunionField) field);
}

static void
edit_requested_cb (DeskCasesPage *self)
{
  const char *selected = desk_case_list_get_selected (self->list);
  ReunionCase *case_ = selected != NULL ? desk_session_find_case (self->session, selected) : NULL;

  if (case_ != NULL)
    open_form (self, case_);
}

/* --- following the store ------------------------------------------------------------- */

static void
changed_cb (DeskCasesPage *self)
{
  const char *selected = desk_case_list_get_selected (self->list);
  ReunionCase *case_;

  if (desk_report_form_get_case (self->form) != NULL)
    return;
  case_ = selected != NULL ? desk_session_find_case (self->session, selected) : NULL;
  if (case_ == NULL)
    show_case (self, NULL);
  else if (!gtk_widget_get_visible (GTK_WIDGET (self->side_stack)))
    show_case (self, case_);
  else
    desk_case_map_set_case (self->map, case_, FALSE);
}

static void
tip_activated_cb (DeskCasesPage *self, const char *tip_id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-tip", "s", tip_id);
}

static void
desk_cases_page_dispose (GObject *object)
{
  DeskCasesPage *self = DESK_CASES_PAGE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  g_clear_pointer (&self->opened, g_free);

  G_OBJECT_CLASS (desk_cases_page_parent_class)->dispose (object);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_submitted_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_fell_short_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_pick_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_point_set_cb);
  gtk_widget_class_bind_template_callback (widget_class, duplicate_same_cb);
  gtk_widget_class_bind_template_callback (widget_class, duplicate_not_same_cb);
  gtk_widget_class_bind_template_callback (widget_class, duplicate_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_to_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_requested_cb);
}

static void
desk_cases_page_class_init (DeskCasesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_cases_page_dispose;
  g_type_ensure (DESK_TYPE_CASE_LIST);
  g_type_ensure (DESK_TYPE_REPORT_FORM);
  g_type_ensure (DESK_TYPE_CASE_MAP);
  g_type_ensure (DESK_TYPE_CASE_CARD);
  g_type_ensure (DESK_TYPE_CHECKLIST);
  g_type_ensure (DESK_TYPE_DUPLICATE_VIEW);
  g_type_ensure (DESK_TYPE_NOTICE_VIEW);
  g_type_ensure (DESK_TYPE_REACH_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class, DESK_RESOURCES "desk-cases-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCasesPage, box);
  gtk_widget_class_bind_template_child (widget_class, DeskCasesPage, left_stack);
  gtk_widget_class_bind_template_child (widget_class, DeskCasesPage, list);
  gtk_widget_class_bind_template_child (widget_class, DeskCasesPage, form);
  gtk_widget_class_bind_template_child (widget_class, DeskCasesPage, map);
  gtk_widget_class_bind_template_child (widget_class, DeskCasesPage, pick_label);
  gtk_widget_class_bind_template_child (widget_class, DeskCasesPage, side_separator);
  gtk_widget_class_bind_template_child (widget_class, DeskCasesPage, side_stack);
  gtk_widget_class_bind_template_child (widget_class, DeskCasesPage, card);
  gtk_widget_class_bind_template_child (widget_class, DeskCasesPage, duplicate_view);
  gtk_widget_class_bind_template_child (widget_class, DeskCasesPage, draft_stack);
  gtk_widget_class_bind_template_child (widget_class, DeskCasesPage, checklist);
  gtk_widget_class_bind_template_child (widget_class, DeskCasesPage, reach_panel);
  gtk_widget_class_bind_template_child (widget_class, DeskCasesPage, notice);
  bind_callbacks (widget_class);
}

static void
desk_cases_page_init (DeskCasesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
desk_cases_page_set_session (DeskCasesPage *self, DeskSession *session)
{
  g_return_if_fail (DESK_IS_CASES_PAGE (self) && self->session == NULL);

  self->session = g_object_ref (session);
  desk_case_map_set_session (self->map, session);
  desk_case_card_set_session (self->card, session);
  desk_reach_panel_set_session (self->reach_panel, session);
  desk_tip_link_join (desk_case_card_get_tips (self->card), desk_case_map_get_view (self->map));
  desk_report_form_set_session (self->form, session);
  desk_case_list_set_session (self->list, session, DESK_CASE_LIST_ALL);
  desk_case_list_set_map (self->list, desk_case_map_get_view (self->map));
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->map, "moved", G_CALLBACK (map_moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk_report_form_get_duplicate_bar (self->form), "show-beside",
                           G_CALLBACK (show_duplicate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk_report_form_get_duplicate_bar (self->form), "changed",
                           G_CALLBACK (duplicate_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk_case_map_get_view (self->map), "centre-moving",
                           G_CALLBACK (centre_moving_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk_case_map_get_view (self->map), "centre-dragged",
                           G_CALLBACK (centre_dragged_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk_case_map_get_view (self->map), "place-picked",
                           G_CALLBACK (place_picked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk_case_map_get_view (self->map), "tip-activated",
                           G_CALLBACK (tip_activated_cb), self, G_CONNECT_SWAPPED);
  show_side (self, NULL);
}

void
desk_cases_page_new_report (DeskCasesPage *self)
{
  g_return_if_fail (DESK_IS_CASES_PAGE (self));

  open_form (self, NULL);
}

void
desk_cases_page_show_case (DeskCasesPage *self, const char *case_id)
{
  g_return_if_fail (DESK_IS_CASES_PAGE (self) && case_id != NULL);

  if (!desk_report_form_close (self->form))
    return;
  set_picking (self, FALSE);
  desk_case_list_select (self->list, case_id);
  show_case (self, desk_session_find_case (self->session, case_id));
}

void
desk_cases_page_open_draft (DeskCasesPage *self, const char *case_id)
{
  g_autoptr (ReunionCase) case_ = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (DESK_IS_CASES_PAGE (self) && case_id != NULL);

  case_ = reunion_station_store_get_case (desk_session_get_store (self->session), case_id, &error);
  if (case_ == NULL)
    {
      desk_widgets_toast (GTK_WIDGET (self), error->message);
      return;
    }
  open_form (self, case_);
}

void
desk_cases_page_amend_case (DeskCasesPage *self, const char *case_id)
{
  ReunionCase *case_;

  g_return_if_fail (DESK_IS_CASES_PAGE (self) && case_id != NULL);

  case_ = desk_session_find_case (self->session, case_id);
  if (case_ != NULL && desk_report_form_amend (self->form, case_))
    show_form (self);
}

void
desk_cases_page_focus_search (DeskCasesPage *self)
{
  g_return_if_fail (DESK_IS_CASES_PAGE (self));

  desk_case_list_focus_search (self->list);
}

gboolean
desk_cases_page_keep (DeskCasesPage *self)
{
  g_return_val_if_fail (DESK_IS_CASES_PAGE (self), FALSE);

  if (desk_report_form_get_case (self->form) == NULL)
    return TRUE;
  if (!desk_report_form_close (self->form))
    return FALSE;
  form_closed_cb (self);
  return TRUE;
}
