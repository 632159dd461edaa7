/* desk-case-card.c: one case at a glance, and what can be done about it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-case-card.h"

#include "desk-case-model.h"
#include "desk-case-revise.h"
#include "desk-close-dialog.h"
#include "desk-dossier.h"
#include "desk-photo-frame.h"
#include "desk-photos.h"
#include "desk-poster.h"
#include "desk-reach-panel.h"
#include "desk-tip-link.h"
#include "desk-tip-model.h"
#include "desk-tip-travel.h"
#include "desk-widgets.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define MAX_TIPS 3

struct _DeskCaseCard
{
  GtkWidget parent_instance;

  DeskSession *session;
  ReunionCase *case_;
  gint64 moment_usec;  /* that the map shows; 0 while it follows the clock */
  GPtrArray *tip_rows; /* GtkWidget in tips_group */

  GtkWidget *box;
  DeskPhotoFrame *photo;
  GtkLabel *name_label;
  GtkLabel *person_label;
  GtkLabel *place_label;
  GtkLabel *state_label;
  GtkWidget *clock_box;
  GtkLabel *elapsed_label;
  GtkLabel *elapsed_caption;
  GtkWidget *radius_box;
  GtkLabel *radius_label;
  GtkLabel *next_label;
  GtkLabel *message_label;
  DeskReachPanel *reach_panel;
  DeskCaseRevise *revise;
  AdwPreferencesGroup *tips_group;
  DeskDossier *dossier;
  GtkWidget *action_separator;
  GtkWidget *action_box;
  DeskPoster *poster;
  GtkWidget *edit_button;
  GtkWidget *close_button;
};

enum
{
  SIGNAL_EDIT_REQUESTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskCaseCard, desk_case_card, GTK_TYPE_WIDGET)

static void
update_clock (DeskCaseCard *self)
{
  ReunionPolicy *policy = desk_session_get_policy (self->session);
  gboolean is_live = self->moment_usec == 0;
  gint64 now_usec = is_live ? desk_session_get_now_usec (self->session) : self->moment_usec;
  g_autofree char *elapsed = NULL;
  g_autofree char *radius = NULL;
  g_autofree char *next = NULL;

  if (self->case_ == NULL)
    return;
  elapsed = desk_case_model_format_elapsed (self->case_, now_usec);
  radius = desk_case_model_format_radius (self->case_, policy, now_usec);
  next = desk_case_model_format_next_change (self->case_, policy, now_usec);
  gtk_widget_set_visible (self->clock_box, *elapsed != '\0');
  gtk_label_set_label (self->elapsed_label, elapsed);
  gtk_label_set_label (self->elapsed_caption, reunion_case_get_closed_usec (self->case_) > 0
                                                  ? _("until the end")
                                              : is_live ? _("since last seen")
                                                        : _("at the time on the map"));
  gtk_widget_set_visible (self->radius_box, radius != NULL);
  gtk_label_set_label (self->radius_label, radius != NULL ? radius : "");
  gtk_label_set_label (self->next_label, next != NULL ? next : _ ("the widest circle"));
}

/* --- what stands in the way, or is worth knowing ------------------------------- */

/* The first thing of the case in the outbox that somebody should know of. */
static char *
describe_outbox (DeskCaseCard *self, const char **tone)
{
  g_autoptr (GPtrArray) items = reunion_station_store_list_outbox (
      desk_session_get_store (self->session), reunion_case_get_id (self->case_), NULL);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      ReunionOutboxItem *item = items->pdata[i];
      const char *label = reunion_outbox_kind_get_label (reunion_outbox_item_get_kind (item));

      if (reunion_outbox_item_get_state (item) == REUNION_OUTBOX_ATTENTION)
        {
          *tone = "error";
          /* Translators: what was to be sent; why the service refused it */
          return g_strdup_printf (_ ("%s: the service refused it. %s"), label,
                                  reunion_outbox_item_get_last_error (item));
        }
    }
  if (items == NULL || items->len == 0)
    return NULL;
  *tone = "warning";
  /* Translators: what waits */
  return g_strdup_printf (
      _ ("%s: waiting to be sent. It goes out once, by itself, when the service can be reached."),
      reunion_outbox_kind_get_label (reunion_outbox_item_get_kind (items->pdata[items->len - 1])));
}

static char *
describe_course (ReunionCase *case_, const char **tone)
{
  const char *reason = reunion_case_get_review_reason (case_);

  switch (reunion_case_get_state (case_))
    {
    case REUNION_CASE_STATE_RETURNED:
      *tone = "warning";
      return g_strdup_printf (_ ("The reviewer asks: %s"), reason != NULL ? reason : "");
    case REUNION_CASE_STATE_REJECTED:
      *tone = "error";
      /* Translators: the reviewer's reason */
      return g_strdup_printf (_ ("Rejected: %s"), reason != NULL ? reason : "");
    case REUNION_CASE_STATE_CLOSED:
      *tone = "success";
      if (reunion_case_get_closing_note (case_) != NULL)
        /* Translators: how the case ended; what the officer noted */
        return g_strdup_printf (_ ("%s. %s"),
                                reunion_outcome_get_label (reunion_case_get_outcome (case_)),
                                reunion_case_get_closing_note (case_));
      return g_strdup (reunion_outcome_get_label (reunion_case_get_outcome (case_)));
    case REUNION_CASE_STATE_SUBMITTED:
      *tone = "accent";
      return g_strdup (_ ("The reviewer has it. Nothing is published before it is approved."));
    case REUNION_CASE_STATE_DRAFT:
    case REUNION_CASE_STATE_QUEUED:
    case REUNION_CASE_STATE_PUBLISHED:
    case REUNION_CASE_STATE_ESCALATING:
    case REUNION_CASE_STATE_EXPIRED:
    case REUNION_CASE_STATE_WITHDRAWN:
    default:
      return NULL;
    }
}

static void
update_message (DeskCaseCard *self)
{
  const char *tone = "dim";
  g_autofree char *text = describe_outbox (self, &tone);

  if (text == NULL)
    text = describe_course (self->case_, &tone);
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), text != NULL);
  gtk_label_set_label (self->message_label, text != NULL ? text : "");
  desk_widgets_set_tone (GTK_WIDGET (self->message_label), tone);
}

/* --- tips ------------------------------------------------------------------------- */

static void
add_tip_row (DeskCaseCard *self, ReunionTip *tip)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = desk_tip_model_format_place (tip, self->case_);
  g_autofree char *summary
      = desk_tip_model_format_summary (tip, desk_session_get_now_usec (self->session));
  g_autofree char *travel = desk_tip_travel_format (tip, self->case_);
  g_autofree char *subtitle
      = travel != NULL ? g_strdup_printf ("%s\n%s", travel, summary) : g_strdup (summary);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             desk_tip_model_make_mark (reunion_tip_get_state (tip)));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-tip");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", reunion_tip_get_id (tip));
  adw_preferences_group_add (self->tips_group, row);
  desk_tip_link_add_row (row, reunion_tip_get_id (tip));
  g_ptr_array_add (self->tip_rows, row);
}

static void
update_tips (DeskCaseCard *self)
{
  g_autoptr (GPtrArray) tips = reunion_station_store_list_tips (
      desk_session_get_store (self->session), reunion_case_get_id (self->case_), NULL);
  guint n_tips = tips != NULL ? tips->len : 0;
  g_autofree char *count = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u tip from the public", "%u tips from the public", n_tips),
      n_tips);

  for (guint i = 0; i < self->tip_rows->len; i++)
    adw_preferences_group_remove (self->tips_group, self->tip_rows->pdata[i]);
  g_ptr_array_set_size (self->tip_rows, 0);
  gtk_widget_set_visible (
      GTK_WIDGET (self->tips_group),
      n_tips > 0 || reunion_case_state_is_public (reunion_case_get_state (self->case_)));
  adw_preferences_group_set_description (self->tips_group, n_tips > 0 ? count : _ ("None so far"));
  for (guint i = 0; i < MIN (n_tips, MAX_TIPS); i++)
    add_tip_row (self, tips->pdata[i]);
}

static void
update_actions (DeskCaseCard *self)
{
  ReunionCaseState state = reunion_case_get_state (self->case_);
  ReunionRole role = desk_session_get_role (self->session);
  gboolean can_edit
      = reunion_case_state_allows (state, REUNION_CASE_ACTION_QUEUE, REUNION_ROLE_OFFICER);
  gboolean is_ours
      = g_strcmp0 (reunion_case_get_station (self->case_), desk_session_get_station (self->session))
            == 0
        || role != REUNION_ROLE_OFFICER;
  gboolean can_close
      = is_ours && reunion_case_state_allows (state, REUNION_CASE_ACTION_CLOSE, role);

  gboolean is_public = reunion_case_state_is_public (state);

  desk_poster_set_case (self->poster, self->session, self->case_);
  gtk_widget_set_visible (self->edit_button, can_edit);
  gtk_widget_set_visible (self->close_button, can_close);
  gtk_widget_set_visible (GTK_WIDGET (self->poster), is_public);
  gtk_widget_set_visible (self->action_box, can_edit || can_close || is_public);
  gtk_widget_set_visible (self->action_separator, can_edit || can_close || is_public);
}

static void
update (DeskCaseCard *self)
{
  ReunionReport *report;
  ReunionCaseState state;
  GdkTexture *photo;
  const char *place;
  g_autofree char *name = NULL;
  g_autofree char *person = NULL;

  if (self->case_ == NULL)
    return;
  report = reunion_case_get_report (self->case_);
  state = reunion_case_get_state (self->case_);
  place = reunion_report_get_text (report, REUNION_FIELD_PLACE);
  photo = desk_photos_get_lead (desk_session_get_store (self->session), self->case_);
  name = desk_case_model_format_title (self->case_, desk_session_get_now_usec (self->session));
  person = desk_case_model_format_person (self->case_, desk_session_get_now_usec (self->session));
  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->person_label, person);
  gtk_label_set_label (self->place_label, place != NULL ? place : "");
  gtk_label_set_label (self->state_label, reunion_case_state_get_label (state));
  desk_widgets_set_tone (GTK_WIDGET (self->state_label), desk_case_model_get_style (state));
  desk_photo_frame_set_photo (self->photo, photo != NULL ? GDK_PAINTABLE (photo) : NULL, name);
  update_clock (self);
  update_message (self);
  desk_reach_panel_set_case (self->reach_panel, self->case_);
  desk_case_revise_set_case (self->revise, self->session, self->case_);
  update_tips (self);
  update_actions (self);
}

/* The store was written: the case may be another now, or the outbox empty. */
static void
changed_cb (DeskCaseCard *self)
{
  ReunionCase *fresh;

  if (self->case_ == NULL)
    return;
  fresh = desk_session_find_case (self->session, reunion_case_get_id (self->case_));
  if (fresh != NULL)
    desk_case_card_set_case (self, fresh);
}

static void
edit_cb (DeskCaseCard *self)
{
  g_signal_emit (self, signals[SIGNAL_EDIT_REQUESTED], 0);
}

static void
close_cb (DeskCaseCard *self)
{
  if (self->case_ != NULL)
    desk_close_dialog_show (GTK_WIDGET (self), self->session, self->case_);
}

static void
desk_case_card_dispose (GObject *object)
{
  DeskCaseCard *self = DESK_CASE_CARD (object);

  g_clear_pointer (&self->tip_rows, g_ptr_array_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->case_);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (desk_case_card_parent_class)->dispose (object);
}

static void
desk_case_card_class_init (DeskCaseCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_case_card_dispose;
  signals[SIGNAL_EDIT_REQUESTED]
      = g_signal_new ("edit-requested", DESK_TYPE_CASE_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 0);
  g_type_ensure (DESK_TYPE_PHOTO_FRAME);
  g_type_ensure (DESK_TYPE_DOSSIER);
  g_type_ensure (DESK_TYPE_POSTER);
  g_type_ensure (DESK_TYPE_REACH_PANEL);
  g_type_ensure (DESK_TYPE_CASE_REVISE);
  gtk_widget_class_set_template_from_resource (widget_class, DESK_RESOURCES "desk-case-card.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, box);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, photo);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, name_label);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, person_label);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, place_label);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, state_label);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, clock_box);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, elapsed_label);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, elapsed_caption);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, radius_box);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, radius_label);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, next_label);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, message_label);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, reach_panel);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, revise);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, tips_group);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, dossier);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, action_separator);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, action_box);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, poster);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, edit_button);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseCard, close_button);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
desk_case_card_init (DeskCaseCard *self)
{
  self->tip_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
desk_case_card_set_session (DeskCaseCard *self, DeskSession *session)
{
  g_return_if_fail (DESK_IS_CASE_CARD (self) && self->session == NULL);

  self->session = g_object_ref (session);
  desk_reach_panel_set_session (self->reach_panel, session);
  g_signal_connect_object (session, "tick", G_CALLBACK (update_clock), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "account-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}

void
desk_case_card_set_case (DeskCaseCard *self, ReunionCase *case_)
{
  gboolean is_same;

  g_return_if_fail (DESK_IS_CASE_CARD (self) && self->session != NULL);

  is_same = self->case_ != NULL && case_ != NULL
            && g_strcmp0 (reunion_case_get_id (self->case_), reunion_case_get_id (case_)) == 0
            && reunion_report_equal (reunion_case_get_report (self->case_),
                                     reunion_case_get_report (case_));
  g_set_object (&self->case_, case_);
  /* Rows that are made anew would lose what a person has marked in them. */
  if (!is_same)
    desk_dossier_set_case (self->dossier, case_);
  update (self);
}

void
desk_case_card_set_moment_usec (DeskCaseCard *self, gint64 usec)
{
  g_return_if_fail (DESK_IS_CASE_CARD (self));

  self->moment_usec = usec;
  update_clock (self);
}

GtkWidget *
desk_case_card_get_tips (DeskCaseCard *self)
{
  g_return_val_if_fail (DESK_IS_CASE_CARD (self), NULL);

  return GTK_WIDGET (self->tips_group);
}
