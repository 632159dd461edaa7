/* desk-report-form.c: the form of a report
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-report-form.h"

#include "desk-case-model.h"
#include "desk-compat.h"
#include "desk-draft-fault.h"
#include "desk-draft-menu.h"
#include "desk-field-row.h"
#include "desk-form-ask.h"
#include "desk-form-layout.h"
#include "desk-form-reader.h"
#include "desk-form-undo.h"
#include "desk-form-view.h"
#include "desk-photo-strip.h"
#include "desk-place-finder.h"
#include "desk-revising.h"
#include "desk-widgets.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _DeskReportForm
{
  GtkWidget parent_instance;

  DeskSession *session;
  DeskDraft *draft;
  DeskFormLayout *layout;
  DeskFormReader *reader;
  DeskFormUndo *undo;
  DeskFormView *view;
  DeskPlaceFinder *finder;
  DeskRevising *revising;

  GtkWidget *box;
  GtkWidget *content;
  GtkMenuButton *title_button;
  GtkWidget *title_arrow;
  GtkLabel *title_label;
  GtkLabel *kept_label;
  GtkLabel *reason_label;
  DeskPhotoStrip *photo_strip;
  DeskDuplicateBar *duplicate_bar;
  GtkWidget *discard_button;
  GtkWidget *undo_button;
  GtkWidget *redo_button;
  GtkButton *submit_button;
  DeskAmendPanel *amend_panel;

  gboolean is_sure; /* that it is to be submitted, whatever the bar says */
};

enum
{
  SIGNAL_EDITED,
  SIGNAL_CLOSED,
  SIGNAL_SUBMITTED,
  SIGNAL_FELL_SHORT,
  SIGNAL_PICK_TOGGLED,
  SIGNAL_POINT_SET,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskReportForm, desk_report_form, GTK_TYPE_WIDGET)

static ReunionReport *
get_report (DeskReportForm *self)
{
  return reunion_case_get_report (desk_draft_get_case (self->draft));
}

static DeskFieldRow *
get_row (DeskReportForm *self, ReunionField field)
{
  return desk_form_layout_get_row (self->layout, field);
}

/* The second look concerns family disputes only; the rest hangs on who is missing. */
static void
show_second_look (DeskReportForm *self)
{
  desk_form_layout_adapt (self->layout, get_report (self),
                          desk_session_get_now_usec (self->session));
  desk_form_layout_set_visible (
      self->layout, REUNION_FIELD_SECOND_LOOK,
      g_strcmp0 (reunion_report_get_text (get_report (self), REUNION_FIELD_KIND), "family_dispute")
          == 0);
}

/* A draft is told from others by its name; until it has one, by when it was begun. */
static void
show_title (DeskReportForm *self)
{
  ReunionCase *case_ = desk_draft_get_case (self->draft);
  g_autofree char *title = NULL;

  if (reunion_case_get_state (case_) != REUNION_CASE_STATE_DRAFT)
    return;
  title = desk_case_model_format_title (case_, desk_session_get_now_usec (self->session));
  gtk_label_set_label (self->title_label, title);
}

static void
report_edited (DeskReportForm *self)
{
  desk_form_undo_settle (self->undo, desk_form_reader_get_pending (self->reader), FALSE);
  desk_draft_touch (self->draft);
  show_title (self);
  show_second_look (self);
  desk_revising_update (self->revising);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static void
report_edited_cb (gpointer user_data)
{
  report_edited (user_data);
}

/* --- what a person types --------------------------------------------------------- */

static void
row_edited_cb (DeskReportForm *self, DeskFieldRow *row)
{
  if (self->draft == NULL)
    return;
  desk_form_reader_edited (self->reader, row);
}

/* Enter leads on to the next entry; in the place it takes what was found first. */
static void
row_activated_cb (DeskReportForm *self, DeskFieldRow *row)
{
  DeskFieldRow *next = desk_form_layout_get_next (self->layout, desk_field_row_get_field (row));

  if (self->draft == NULL)
    return;
  desk_form_reader_read (self->reader);
  if (desk_field_row_get_field (row) == REUNION_FIELD_PLACE)
    desk_place_finder_choose_first (self->finder);
  if (next != NULL)
    desk_field_row_grab_focus (next);
}

static void
photos_changed_cb (DeskReportForm *self)
{
  if (self->draft == NULL)
    return;
  desk_revising_see_to (self->revising, REUNION_FIELD_PHOTO_ABSENT_REASON);
  report_edited (self);
}

static void
reason_edited_cb (DeskReportForm *self)
{
  if (self->draft != NULL)
    desk_draft_touch (self->draft);
}

/* Enter leads on here too, and sends nothing by itself. */
static void
reason_activated_cb (DeskReportForm *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->submit_button));
}

/* --- the place ------------------------------------------------------------------- */

static void
show_point (DeskReportForm *self)
{
  desk_place_finder_show_point (self->finder, get_report (self));
}

static void
set_point (DeskReportForm *self, ReunionPoint point)
{
  reunion_report_set_point (get_report (self), point);
  show_point (self);
  desk_revising_see_to (self->revising, REUNION_FIELD_PLACE);
  report_edited (self);
  g_signal_emit (self, signals[SIGNAL_POINT_SET], 0);
}

static void
place_chosen_cb (DeskReportForm *self, const char *name, double lat_deg, double lon_deg)
{
  desk_form_reader_read (self->reader);
  reunion_report_set_text (get_report (self), REUNION_FIELD_PLACE, name);
  desk_draft_set_unread (self->draft, REUNION_FIELD_PLACE, NULL);
  desk_field_row_show (get_row (self, REUNION_FIELD_PLACE), get_report (self));
  desk_place_finder_search (self->finder, NULL);
  set_point (self, (ReunionPoint){ lat_deg, lon_deg });
}

static void
pick_toggled_cb (DeskReportForm *self, gboolean is_picking)
{
  g_signal_emit (self, signals[SIGNAL_PICK_TOGGLED], 0, is_picking);
}

void
desk_report_form_set_point (DeskReportForm *self, ReunionPoint point)
{
  g_return_if_fail (DESK_IS_REPORT_FORM (self) && self->draft != NULL);

  desk_form_reader_read (self->reader);
  if (!reunion_report_has (get_report (self), REUNION_FIELD_PLACE))
    {
      g_autofree char *name = desk_place_finder_name_point (self->session, point);

      reunion_report_set_text (get_report (self), REUNION_FIELD_PLACE, name);
      desk_field_row_show (get_row (self, REUNION_FIELD_PLACE), get_report (self));
    }
  desk_place_finder_search (self->finder, NULL);
  desk_place_finder_set_picking (self->finder, FALSE);
  set_point (self, point);
}

/* --- going to an entry -------------------------------------------------------------- */

void
desk_report_form_go_to (DeskReportForm *self, ReunionField field)
{
  g_return_if_fail (DESK_IS_REPORT_FORM (self) && field < REUNION_N_FIELDS);

  desk_form_view_go_to (self->view, field, -1);
}

/* --- undo --------------------------------------------------------------------------- */

/* The photos come back from the store, which keeps the bytes of those removed. */
static void
show_restored (DeskReportForm *self)
{
  desk_form_reader_set_draft (self->reader, self->draft);
  desk_place_finder_search (self->finder, NULL);
  show_point (self);
  desk_photo_strip_refresh (self->photo_strip);
}

static void
go_to_step (DeskReportForm *self, guint where, int caret)
{
  if (where == DESK_UNDO_PHOTOS)
    {
      desk_photo_strip_go_to (self->photo_strip);
      return;
    }
  /* It shows for one kind only. */
  if (where == REUNION_FIELD_SECOND_LOOK
      && !gtk_widget_get_visible (desk_field_row_get_widget (get_row (self, where))))
    where = REUNION_FIELD_KIND;
  desk_form_view_go_to (self->view, where, caret);
}

static gboolean
undo_or_redo (DeskReportForm *self, gboolean is_back)
{
  ReunionPoint before = { 0 }, after = { 0 };
  gboolean had_point;
  guint where;
  int caret;

  /* The key is pressed on another page. */
  if (self->draft == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return FALSE;
  desk_form_reader_read (self->reader);
  had_point = reunion_report_get_point (get_report (self), &before);
  if (!desk_form_undo_go (self->undo, is_back, desk_session_get_now_usec (self->session), &where,
                          &caret))
    return TRUE;
  show_restored (self);
  report_edited (self);
  go_to_step (self, where, caret);
  if (reunion_report_get_point (get_report (self), &after) != had_point
      || before.lat_deg != after.lat_deg || before.lon_deg != after.lon_deg)
    g_signal_emit (self, signals[SIGNAL_POINT_SET], 0);
  return TRUE;
}

static gboolean
undo_binding_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  return undo_or_redo (DESK_REPORT_FORM (widget), TRUE);
}

static gboolean
redo_binding_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  return undo_or_redo (DESK_REPORT_FORM (widget), FALSE);
}

static void
undo_cb (DeskReportForm *self)
{
  undo_or_redo (self, TRUE);
}

static void
redo_cb (DeskReportForm *self)
{
  undo_or_redo (self, FALSE);
}

/* --- closing, submitting ------------------------------------------------------------- */

static void
look_for_duplicates (DeskReportForm *self)
{
  desk_duplicate_bar_set_case (self->duplicate_bar, desk_report_form_get_case (self));
}

static void
drop (DeskReportForm *self)
{
  g_signal_handlers_disconnect_by_data (self->draft, self);
  g_clear_object (&self->draft);
  desk_form_reader_set_draft (self->reader, NULL);
  desk_form_undo_set_draft (self->undo, NULL);
  desk_draft_menu_set_current (self->title_button, NULL);
  look_for_duplicates (self);
  desk_revising_show (self->revising, NULL);
}

static void
leave_now (gpointer user_data)
{
  DeskReportForm *self = user_data;

  if (self->draft != NULL)
    drop (self);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

/* A disk that is full must not cost what was typed. */
static void
close_cb (DeskReportForm *self)
{
  if (desk_report_form_close (self))
    g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
  else
    desk_form_ask_to_leave (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), leave_now,
                            g_object_ref (self));
}

static void
discard_now (gpointer user_data)
{
  DeskReportForm *self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->draft == NULL)
    return;
  desk_form_reader_forget (self->reader);
  if (!desk_draft_discard (self->draft, &error))
    {
      desk_widgets_toast (GTK_WIDGET (self), error->message);
      return;
    }
  drop (self);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
discard_cb (DeskReportForm *self)
{
  desk_form_ask_to_discard (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                            self->draft != NULL && desk_draft_get_amendment (self->draft) != NULL,
                            discard_now, g_object_ref (self));
}

static void sure_cb (gpointer user_data);

static void
submit_cb (DeskReportForm *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *id = NULL;
  ReunionField field;

  if (self->draft == NULL)
    return;
  desk_form_reader_read (self->reader);
  if (desk_draft_find_fault (self->draft, self->layout, desk_session_get_now_usec (self->session),
                             &field, &sentence))
    {
      desk_draft_keep (self->draft);
      desk_widgets_toast (GTK_WIDGET (self), sentence);
      desk_report_form_go_to (self, field);
      g_signal_emit (self, signals[SIGNAL_FELL_SHORT], 0);
      return;
    }
  if (!desk_revising_check (self->revising, &sentence))
    {
      desk_widgets_toast (GTK_WIDGET (self), sentence);
      return;
    }
  if (!self->is_sure && desk_duplicate_bar_ask_to_submit (self->duplicate_bar, sure_cb, self))
    return;
  if (!desk_draft_submit (self->draft, &error))
    {
      desk_widgets_toast (GTK_WIDGET (self), error->message);
      return;
    }
  id = g_strdup (reunion_case_get_id (desk_draft_get_case (self->draft)));
  drop (self);
  g_signal_emit (self, signals[SIGNAL_SUBMITTED], 0, id);
}

static void
sure_cb (gpointer user_data)
{
  DeskReportForm *self = user_data;

  self->is_sure = TRUE;
  submit_cb (self);
  self->is_sure = FALSE;
}

/* Before the entry that has the keyboard: a long text would take it for a line
 * break. */
static gboolean
submit_binding_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  submit_cb (DESK_REPORT_FORM (widget));
  return TRUE;
}

/* --- showing a draft -------------------------------------------------------------------- */

static void
kept_cb (DeskReportForm *self, const char *problem)
{
  gtk_label_set_label (self->kept_label, problem != NULL ? _ ("Not kept!") : _ ("Kept on this PC"));
  desk_widgets_set_tone (GTK_WIDGET (self->kept_label), problem != NULL ? "error" : NULL);
  if (problem != NULL)
    desk_widgets_toast (GTK_WIDGET (self), problem);
}

static void
remember_view (DeskReportForm *self)
{
  /* While another window has the keyboard, where it was here still counts. */
  if (self->draft != NULL && gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL)
    desk_form_view_remember (self->view, self->draft);
}

/* The caret as it is, and not as it was a second ago. What was just typed is read,
 * or a report that has never been kept would have nothing to come back to. */
static void
menu_opening_cb (gpointer user_data)
{
  DeskReportForm *self = user_data;

  if (self->draft == NULL)
    return;
  desk_form_reader_read (self->reader);
  desk_draft_keep (self->draft);
  remember_view (self);
}

static void
tick_times (DeskReportForm *self)
{
  const ReunionField times[] = { REUNION_FIELD_LAST_SEEN, REUNION_FIELD_LAST_SEEN_EARLIEST };

  for (gsize i = 0; self->draft != NULL && i < G_N_ELEMENTS (times); i++)
    if (!desk_form_reader_get_pending (self->reader)[times[i]])
      desk_field_row_tick (get_row (self, times[i]), get_report (self),
                           desk_session_get_now_usec (self->session));
}

/* By the second, so that the form comes back as it was even after a kill. */
static void
tick_cb (DeskReportForm *self)
{
  remember_view (self);
  tick_times (self);
}

/* What could not be read when it was kept comes back with its sentence. */
static void
show_field (DeskReportForm *self, ReunionField field)
{
  DeskFieldRow *row = get_row (self, field);

  if (row == NULL)
    return;
  desk_field_row_show (row, get_report (self));
  desk_form_reader_show_unread (self->reader, field);
}

static void
show_draft (DeskReportForm *self)
{
  ReunionCase *case_ = desk_draft_get_case (self->draft);

  desk_form_reader_set_draft (self->reader, self->draft);
  desk_place_finder_search (self->finder, NULL);
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    show_field (self, i);
  tick_times (self);
  desk_place_finder_search (self->finder, NULL);
  desk_place_finder_set_picking (self->finder, FALSE);
  show_point (self);
  desk_photo_strip_set_case (self->photo_strip, self->session, case_);
  show_second_look (self);
  show_title (self);
  gtk_label_set_label (self->kept_label, "");
}

/* What others have changed in a case that is being amended. */
static void
changed_cb (DeskReportForm *self)
{
  DeskAmendment *amendment = self->draft != NULL ? desk_draft_get_amendment (self->draft) : NULL;

  if (amendment == NULL || !desk_amendment_is_behind (amendment))
    return;
  /* What was typed last is the person's, and must not be taken for untouched. */
  desk_form_reader_read (self->reader);
  if (desk_amendment_catch_up (amendment))
    {
      for (guint i = 0; i < REUNION_N_FIELDS; i++)
        if (desk_amendment_get_news (amendment, reunion_field_get_info (i)->key) != NULL)
          show_field (self, i);
      show_point (self);
      desk_photo_strip_set_case (self->photo_strip, self->session,
                                 desk_draft_get_case (self->draft));
      /* An undo is of what this person did; a step from before would take back what the
       * others changed. */
      desk_form_undo_set_draft (self->undo, self->draft);
      report_edited (self);
    }
  desk_revising_show (self->revising, self->draft);
}

static gboolean
take_draft (DeskReportForm *self, DeskDraft *draft)
{
  ReunionField first;

  if (!desk_report_form_close (self))
    {
      g_object_unref (draft);
      return FALSE;
    }
  self->draft = draft;
  g_signal_connect_object (draft, "kept", G_CALLBACK (kept_cb), self, G_CONNECT_SWAPPED);
  show_draft (self);
  desk_form_undo_set_draft (self->undo, draft);
  desk_draft_menu_set_current (self->title_button,
                               reunion_case_get_id (desk_draft_get_case (draft)));
  desk_form_view_recall (self->view, draft);
  desk_revising_show (self->revising, draft);
  show_title (self);
  if (desk_revising_take_first (self->revising, &first))
    desk_report_form_go_to (self, first);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
  return TRUE;
}

static void
desk_report_form_dispose (GObject *object)
{
  DeskReportForm *self = DESK_REPORT_FORM (object);

  if (self->draft != NULL && !desk_report_form_close (self))
    drop (self);
  g_clear_pointer (&self->view, desk_form_view_free);
  g_clear_pointer (&self->reader, desk_form_reader_free);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->finder);
  g_clear_pointer (&self->undo, desk_form_undo_free);
  g_clear_pointer (&self->revising, desk_revising_free);
  g_clear_pointer (&self->layout, desk_form_layout_free);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (desk_report_form_parent_class)->dispose (object);
}

static void
install_signals (GType type)
{
  signals[SIGNAL_EDITED]
      = g_signal_new ("edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CLOSED]
      = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SUBMITTED] = g_signal_new ("submitted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_FELL_SHORT]
      = g_signal_new ("fell-short", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PICK_TOGGLED] = g_signal_new ("pick-toggled", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                               NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SIGNAL_POINT_SET]
      = g_signal_new ("point-set", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_report_form_class_init (DeskReportFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_report_form_dispose;
  install_signals (G_TYPE_FROM_CLASS (klass));
  g_type_ensure (DESK_TYPE_DUPLICATE_BAR);
  g_type_ensure (DESK_TYPE_PHOTO_STRIP);
  g_type_ensure (DESK_TYPE_AMEND_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class, DESK_RESOURCES "desk-report-form.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskReportForm, box);
  gtk_widget_class_bind_template_child (widget_class, DeskReportForm, content);
  gtk_widget_class_bind_template_child (widget_class, DeskReportForm, title_button);
  gtk_widget_class_bind_template_child (widget_class, DeskReportForm, title_arrow);
  gtk_widget_class_bind_template_child (widget_class, DeskReportForm, title_label);
  gtk_widget_class_bind_template_child (widget_class, DeskReportForm, kept_label);
  gtk_widget_class_bind_template_child (widget_class, DeskReportForm, reason_label);
  gtk_widget_class_bind_template_child (widget_class, DeskReportForm, photo_strip);
  gtk_widget_class_bind_template_child (widget_class, DeskReportForm, duplicate_bar);
  gtk_widget_class_bind_template_child (widget_class, DeskReportForm, discard_button);
  gtk_widget_class_bind_template_child (widget_class, DeskReportForm, undo_button);
  gtk_widget_class_bind_template_child (widget_class, DeskReportForm, redo_button);
  gtk_widget_class_bind_template_child (widget_class, DeskReportForm, submit_button);
  gtk_widget_class_bind_template_child (widget_class, DeskReportForm, amend_panel);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, discard_cb);
  gtk_widget_class_bind_template_callback (widget_class, undo_cb);
  gtk_widget_class_bind_template_callback (widget_class, redo_cb);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, photos_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, reason_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, reason_activated_cb);
}

static void
desk_report_form_init (DeskReportForm *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Return, GDK_CONTROL_MASK),
                        gtk_callback_action_new (submit_binding_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  desk_photo_strip_take_paste (self->photo_strip, GTK_WIDGET (self));
  desk_form_undo_take_keys (GTK_WIDGET (self), undo_binding_cb, redo_binding_cb);
}

void
desk_report_form_set_session (DeskReportForm *self, DeskSession *session)
{
  g_return_if_fail (DESK_IS_REPORT_FORM (self) && self->session == NULL);

  self->session = g_object_ref (session);
  desk_duplicate_bar_set_session (self->duplicate_bar, session);
  g_signal_connect (self, "edited", G_CALLBACK (look_for_duplicates), NULL);
  self->finder = desk_place_finder_new (session);
  self->layout = desk_form_layout_new (GTK_BOX (self->content), self->finder);
  self->view = desk_form_view_new (self->layout);
  self->undo = desk_form_undo_new (self->layout, self->undo_button, self->redo_button);
  self->revising = desk_revising_new (
      session, self->layout,
      &(DeskRevisingWidgets){ self->title_label, self->reason_label, GTK_BOX (self->content),
                              self->discard_button, self->submit_button, self->amend_panel });
  self->reader = desk_form_reader_new (
      session, &(DeskFormReaderParts){ self->layout, self->undo, self->finder, self->revising },
      report_edited_cb, self);
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (get_row (self, i) != NULL)
      {
        g_signal_connect_object (get_row (self, i), "edited", G_CALLBACK (row_edited_cb), self,
                                 G_CONNECT_SWAPPED);
        g_signal_connect_object (get_row (self, i), "activated", G_CALLBACK (row_activated_cb),
                                 self, G_CONNECT_SWAPPED);
      }
  g_signal_connect_object (self->finder, "chosen", G_CALLBACK (place_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->finder, "pick-toggled", G_CALLBACK (pick_toggled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  desk_draft_menu_set_up (self->title_button, self->title_arrow, session, menu_opening_cb, self);
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

gboolean
desk_report_form_open (DeskReportForm *self, ReunionCase *case_)
{
  g_return_val_if_fail (DESK_IS_REPORT_FORM (self) && self->session != NULL, FALSE);

  return take_draft (self, case_ != NULL ? desk_draft_open (self->session, case_)
                                         : desk_draft_new (self->session));
}

gboolean
desk_report_form_amend (DeskReportForm *self, ReunionCase *case_)
{
  g_return_val_if_fail (DESK_IS_REPORT_FORM (self) && self->session != NULL, FALSE);
  g_return_val_if_fail (REUNION_IS_CASE (case_), FALSE);

  return take_draft (self, desk_draft_amend (self->session, case_));
}

ReunionCase *
desk_report_form_get_case (DeskReportForm *self)
{
  g_return_val_if_fail (DESK_IS_REPORT_FORM (self), NULL);

  return self->draft != NULL ? desk_draft_get_case (self->draft) : NULL;
}

gboolean
desk_report_form_close (DeskReportForm *self)
{
  g_return_val_if_fail (DESK_IS_REPORT_FORM (self), FALSE);

  if (self->draft == NULL)
    return TRUE;
  desk_form_reader_read (self->reader);
  if (!desk_draft_keep (self->draft))
    return FALSE;
  remember_view (self);
  drop (self);
  return TRUE;
}

DeskDuplicateBar *
desk_report_form_get_duplicate_bar (DeskReportForm *self)
{
  g_return_val_if_fail (DESK_IS_REPORT_FORM (self), NULL);

  return self->duplicate_bar;
}
