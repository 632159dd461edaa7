/* desk-review-page.c: where a reviewer approves, returns or rejects
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-review-page.h"

#include "desk-case-list.h"
#include "desk-case-model.h"
#include "desk-dossier.h"
#include "desk-duplicate-bar.h"
#include "desk-duplicate-view.h"
#include "desk-notice-view.h"
#include "desk-reach-model.h"
#include "desk-reach-source.h"
#include "desk-reason-dialog.h"
#include "desk-return-dialog.h"
#include "desk-widgets.h"

#include "reunion-time.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _DeskReviewPage
{
  GtkWidget parent_instance;

  DeskSession *session;
  ReunionCase *case_;

  GtkWidget *box;
  DeskCaseList *list;
  GtkStack *stack;
  GtkLabel *name_label;
  GtkLabel *origin_label;
  GtkLabel *waiting_label;
  DeskDossier *dossier;
  DeskNoticeView *notice;
  DeskDuplicateBar *duplicate_bar;
  DeskDuplicateView *duplicate_view;
  GtkWidget *notice_scroller;
  GtkWidget *action_box;
  GtkLabel *radius_label;
  GtkLabel *reach_label;
};

G_DEFINE_FINAL_TYPE (DeskReviewPage, desk_review_page, GTK_TYPE_WIDGET)

/* What lies within @radius_km: "At least 24.1 million people, in 4 provinces: …";
 * NULL where it can't be told. */
static char *
describe_reach (DeskReviewPage *self, double radius_km)
{
  ReunionReachIndex *index = desk_reach_source_get_index (desk_reach_source_get (self->session));
  g_autoptr (GPtrArray) reaches = NULL;
  ReunionPoint point;

  if (index == NULL || radius_km <= 0.0
      || !reunion_report_get_point (reunion_case_get_report (self->case_), &point))
    return NULL;
  reaches = reunion_reach_index_compute (index, point, &radius_km, 1);
  return desk_reach_model_format_summary (g_ptr_array_index (reaches, 0));
}

static void
update_clock (DeskReviewPage *self)
{
  ReunionPolicy *policy = desk_session_get_policy (self->session);
  gint64 now_usec = desk_session_get_now_usec (self->session);
  g_autofree char *radius = NULL;
  g_autofree char *elapsed = NULL;
  g_autofree char *text = NULL;
  g_autofree char *reach = NULL;

  if (self->case_ == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  radius = desk_case_model_format_radius (self->case_, policy, now_usec);
  elapsed = desk_case_model_format_elapsed (self->case_, now_usec);
  if (radius != NULL)
    /* Translators: elapsed time, radius */
    text = g_strdup_printf (_ ("Missing for %s: approved now, people within %s are alerted."),
                            elapsed, radius);
  gtk_label_set_label (self->radius_label, text != NULL ? text : "");
  reach = describe_reach (self, desk_case_model_get_radius_km (self->case_, policy, now_usec));
  gtk_widget_set_visible (GTK_WIDGET (self->reach_label), reach != NULL);
  gtk_label_set_label (self->reach_label, reach != NULL ? reach : "");
}

/* A decision that waits in the outbox, if there is one. */
static gboolean
has_decided (DeskReviewPage *self)
{
  g_autoptr (GPtrArray) items = reunion_station_store_list_outbox (
      desk_session_get_store (self->session), reunion_case_get_id (self->case_), NULL);

  for (guint i = 0; items != NULL && i < items->len; i++)
    if (reunion_outbox_item_get_kind (items->pdata[i]) == REUNION_OUTBOX_DECISION
        && reunion_outbox_item_get_state (items->pdata[i]) != REUNION_OUTBOX_ATTENTION)
      return TRUE;
  return FALSE;
}

/* --- another open case about the same person ------------------------------------- */

static void
show_beside (DeskReviewPage *self, gboolean is_duplicate)
{
  gtk_widget_set_visible (GTK_WIDGET (self->duplicate_view), is_duplicate);
  gtk_widget_set_visible (self->notice_scroller, !is_duplicate);
}

static void
show_duplicate (DeskReviewPage *self)
{
  const ReunionStationDuplicate *duplicate = desk_duplicate_bar_get_duplicate (self->duplicate_bar);

  if (duplicate == NULL || self->case_ == NULL)
    return;
  desk_duplicate_view_set_cases (self->duplicate_view, self->session, self->case_,
                                 duplicate->case_);
  show_beside (self, TRUE);
}

static void
duplicate_closed_cb (DeskReviewPage *self)
{
  show_beside (self, FALSE);
}

static void
duplicate_not_same_cb (DeskReviewPage *self)
{
  desk_duplicate_bar_tell_apart (self->duplicate_bar);
}

static void
duplicate_same_cb (DeskReviewPage *self, const char *case_id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-case", "s", case_id);
}

/* --- the case --------------------------------------------------------------------- */

static void
show_case (DeskReviewPage *self, ReunionCase *case_)
{
  g_autofree char *name = NULL;
  g_autofree char *person = NULL;
  g_autofree char *heading = NULL;
  g_autofree char *origin = NULL;
  gboolean decided;

  if (case_ != NULL && reunion_case_get_state (case_) != REUNION_CASE_STATE_SUBMITTED)
    case_ = NULL;
  g_set_object (&self->case_, case_);
  desk_duplicate_bar_set_case (self->duplicate_bar, case_);
  if (case_ != NULL)
    gtk_stack_set_visible_child_name (self->stack, "case");
  else
    gtk_stack_set_visible_child_name (
        self->stack, desk_case_list_get_n_cases (self->list) > 0 ? "empty" : "nothing");
  if (case_ == NULL)
    return;
  name = desk_case_model_format_name (case_);
  person = desk_case_model_format_person (case_, desk_session_get_now_usec (self->session));
  heading = g_strdup_printf ("%s · %s", name, person);
  /* Translators: station, officer */
  origin = g_strdup_printf (_ ("Filed by %s, %s"), reunion_case_get_station_name (case_),
                            reunion_case_get_officer (case_));
  decided = has_decided (self);
  gtk_label_set_label (self->name_label, heading);
  gtk_label_set_label (self->origin_label, origin);
  gtk_label_set_label (self->waiting_label,
                       _ ("Your decision is waiting to be sent. It goes out once, by itself, when "
                          "the service can be reached."));
  gtk_widget_set_visible (GTK_WIDGET (self->waiting_label), decided);
  gtk_widget_set_sensitive (self->action_box, !decided);
  /* An officer sees how far the own report has come, and decides nothing. */
  gtk_widget_set_visible (self->action_box,
                          desk_session_get_role (self->session) != REUNION_ROLE_OFFICER);
  desk_dossier_set_case (self->dossier, case_);
  desk_notice_view_set_case (self->notice, self->session, case_);
  update_clock (self);
}

static ReunionCase *
find_selected (DeskReviewPage *self)
{
  const char *selected = desk_case_list_get_selected (self->list);

  return selected != NULL ? desk_session_find_case (self->session, selected) : NULL;
}

static void
selected_cb (DeskReviewPage *self)
{
  show_case (self, find_selected (self));
}

static void
decide (DeskReviewPage *self, ReunionCaseAction action, const char *reason, const char *done)
{
  g_autoptr (GError) error = NULL;

  if (self->case_ == NULL)
    return;
  if (!reunion_station_store_decide (desk_session_get_store (self->session),
                                     reunion_case_get_id (self->case_), action, reason,
                                     desk_session_get_now_usec (self->session), &error))
    desk_widgets_toast (GTK_WIDGET (self), error->message);
  else
    desk_widgets_toast (GTK_WIDGET (self), done);
}

static void
approve_cb (DeskReviewPage *self)
{
  decide (self, REUNION_CASE_ACTION_APPROVE, NULL, _ ("Approved. The notice goes out now."));
}

static void
reject_reason_cb (const char *reason, gpointer user_data)
{
  decide (user_data, REUNION_CASE_ACTION_REJECT, reason, _ ("Rejected."));
}

static void
return_cb (DeskReviewPage *self)
{
  if (self->case_ != NULL)
    desk_return_dialog_show (GTK_WIDGET (self), self->session, self->case_);
}

static void
reject_cb (DeskReviewPage *self)
{
  desk_reason_dialog_show (
      GTK_WIDGET (self), _ ("Reject This Report?"),
      _ ("It ends here: nothing is published, and it can't be submitted again."),
      _ ("Why it is rejected"), _ ("_Reject"), TRUE, reject_reason_cb);
}

static void
desk_review_page_dispose (GObject *object)
{
  DeskReviewPage *self = DESK_REVIEW_PAGE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->case_);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (desk_review_page_parent_class)->dispose (object);
}

static void
desk_review_page_class_init (DeskReviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_review_page_dispose;
  g_type_ensure (DESK_TYPE_CASE_LIST);
  g_type_ensure (DESK_TYPE_DOSSIER);
  g_type_ensure (DESK_TYPE_DUPLICATE_BAR);
  g_type_ensure (DESK_TYPE_DUPLICATE_VIEW);
  g_type_ensure (DESK_TYPE_NOTICE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, DESK_RESOURCES "desk-review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskReviewPage, box);
  gtk_widget_class_bind_template_child (widget_class, DeskReviewPage, list);
  gtk_widget_class_bind_template_child (widget_class, DeskReviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskReviewPage, name_label);
  gtk_widget_class_bind_template_child (widget_class, DeskReviewPage, origin_label);
  gtk_widget_class_bind_template_child (widget_class, DeskReviewPage, waiting_label);
  gtk_widget_class_bind_template_child (widget_class, DeskReviewPage, dossier);
  gtk_widget_class_bind_template_child (widget_class, DeskReviewPage, notice);
  gtk_widget_class_bind_template_child (widget_class, DeskReviewPage, duplicate_bar);
  gtk_widget_class_bind_template_child (widget_class, DeskReviewPage, duplicate_view);
  gtk_widget_class_bind_template_child (widget_class, DeskReviewPage, notice_scroller);
  gtk_widget_class_bind_template_child (widget_class, DeskReviewPage, action_box);
  gtk_widget_class_bind_template_child (widget_class, DeskReviewPage, radius_label);
  gtk_widget_class_bind_template_child (widget_class, DeskReviewPage, reach_label);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_duplicate);
  gtk_widget_class_bind_template_callback (widget_class, duplicate_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, duplicate_not_same_cb);
  gtk_widget_class_bind_template_callback (widget_class, duplicate_same_cb);
  gtk_widget_class_bind_template_callback (widget_class, approve_cb);
  gtk_widget_class_bind_template_callback (widget_class, return_cb);
  gtk_widget_class_bind_template_callback (widget_class, reject_cb);
}

static void
desk_review_page_init (DeskReviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self, "map", G_CALLBACK (update_clock), self);
}

void
desk_review_page_set_session (DeskReviewPage *self, DeskSession *session)
{
  g_return_if_fail (DESK_IS_REVIEW_PAGE (self) && self->session == NULL);

  self->session = g_object_ref (session);
  desk_duplicate_bar_set_session (self->duplicate_bar, session);
  desk_case_list_set_session (self->list, session, DESK_CASE_LIST_REVIEW);
  g_signal_connect_object (session, "tick", G_CALLBACK (update_clock), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk_reach_source_get (session), "ready", G_CALLBACK (update_clock),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "account-changed", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
}
