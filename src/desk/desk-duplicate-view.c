/* desk-duplicate-view.c: the other case beside a report, and what differs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-duplicate-view.h"

#include "desk-case-model.h"
#include "desk-dossier.h"
#include "desk-photo-frame.h"
#include "desk-photos.h"
#include "desk-widgets.h"

#include "reunion-duplicate.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _DeskDuplicateView
{
  GtkBox parent_instance;

  char *case_id;
  char *shown; /* the rows, to make them anew only when they differ */
  DeskPhotoFrame *photo;
  GtkLabel *name_label;
  GtkLabel *person_label;
  GtkLabel *state_label;
  GtkLabel *origin_label;
  GtkBox *rows_box;
};

enum
{
  SIGNAL_SAME,
  SIGNAL_NOT_SAME,
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskDuplicateView, desk_duplicate_view, GTK_TYPE_BOX)

/* What tells people apart first, and whom to ask last. */
static const ReunionField fields[] = {
  REUNION_FIELD_RESIDENT_ID,   REUNION_FIELD_NAME,           REUNION_FIELD_OTHER_NAMES,
  REUNION_FIELD_SEX,           REUNION_FIELD_BIRTH_DATE,     REUNION_FIELD_AGE_YEARS,
  REUNION_FIELD_LAST_SEEN,     REUNION_FIELD_PLACE,          REUNION_FIELD_HEIGHT_CM,
  REUNION_FIELD_BUILD,         REUNION_FIELD_HAIR,           REUNION_FIELD_FACE,
  REUNION_FIELD_MARKS,         REUNION_FIELD_CLOTHING,       REUNION_FIELD_SHOES,
  REUNION_FIELD_CARRIED,       REUNION_FIELD_KIND,           REUNION_FIELD_CIRCUMSTANCES,
  REUNION_FIELD_GUARDIAN_NAME, REUNION_FIELD_GUARDIAN_PHONE, REUNION_FIELD_CASE_NUMBER,
  REUNION_FIELD_CONTACT_PHONE,
};

/* --- rows ---------------------------------------------------------------------- */

static gboolean
is_same (ReunionField field, const char *own, const char *other)
{
  g_autofree char *own_name = NULL;
  g_autofree char *other_name = NULL;

  if (field != REUNION_FIELD_NAME)
    return g_strcmp0 (own, other) == 0;
  own_name = reunion_duplicate_fold_name (own);
  other_name = reunion_duplicate_fold_name (other);
  return g_str_equal (own_name, other_name);
}

static GtkLabel *
add_label (GtkBox *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (box, label);
  return GTK_LABEL (label);
}

static void
add_row (DeskDuplicateView *self, ReunionField field, const char *own, const char *other)
{
  GtkBox *row = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8));
  GtkBox *texts = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 1));
  gboolean same = is_same (field, own, other);

  gtk_widget_set_hexpand (GTK_WIDGET (texts), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (row), "desk-compared");
  gtk_widget_add_css_class (
      GTK_WIDGET (add_label (texts, reunion_field_get_label (field), "caption")), "dim-label");
  add_label (texts, other, NULL);
  if (own != NULL && !same)
    {
      /* Translators: the value in the report that is being written */
      g_autofree char *text = g_strdup_printf (_("In this report: %s"), own);

      add_label (texts, text, "desk-differs");
    }
  gtk_box_append (row, GTK_WIDGET (texts));
  if (own != NULL)
    {
      const char *hint = same ? _("The same in both") : _("Differs");
      GtkWidget *mark = gtk_image_new_from_icon_name (same ? "object-select-symbolic"
                                                           : "dialog-warning-symbolic");

      gtk_widget_set_tooltip_text (mark, hint);
      gtk_widget_set_valign (mark, GTK_ALIGN_START);
      gtk_widget_add_css_class (mark, same ? "success" : "warning");
      desk_widgets_set_name (mark, hint);
      gtk_box_append (row, mark);
    }
  gtk_box_append (self->rows_box, GTK_WIDGET (row));
}

static void
fill_rows (DeskDuplicateView *self, ReunionReport *own, ReunionReport *other)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rows_box))) != NULL)
    gtk_box_remove (self->rows_box, child);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *own_value = desk_dossier_format_value (own, fields[i]);
      g_autofree char *other_value = desk_dossier_format_value (other, fields[i]);

      if (other_value != NULL)
        add_row (self, fields[i], own_value, other_value);
    }
}

/* All that the rows say. Transfer full. */
static char *
sum_up (ReunionCase *own, ReunionCase *other)
{
  GString *text = g_string_new (reunion_case_get_id (other));

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *left = desk_dossier_format_value (reunion_case_get_report (own), fields[i]);
      g_autofree char *right
          = desk_dossier_format_value (reunion_case_get_report (other), fields[i]);

      g_string_append_printf (text, "\n%s\t%s", left != NULL ? left : "",
                              right != NULL ? right : "");
    }
  return g_string_free (text, FALSE);
}

/* --- what a person presses -------------------------------------------------------- */

static void
same_cb (DeskDuplicateView *self)
{
  g_autofree char *id = g_strdup (self->case_id);

  if (id != NULL)
    g_signal_emit (self, signals[SIGNAL_SAME], 0, id);
}

static void
not_same_cb (DeskDuplicateView *self)
{
  g_signal_emit (self, signals[SIGNAL_NOT_SAME], 0);
}

static void
close_cb (DeskDuplicateView *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
desk_duplicate_view_finalize (GObject *object)
{
  DeskDuplicateView *self = DESK_DUPLICATE_VIEW (object);

  g_free (self->case_id);
  g_free (self->shown);

  G_OBJECT_CLASS (desk_duplicate_view_parent_class)->finalize (object);
}

static void
desk_duplicate_view_class_init (DeskDuplicateViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_duplicate_view_finalize;
  signals[SIGNAL_SAME] = g_signal_new ("same", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_NOT_SAME]
      = g_signal_new ("not-same", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CLOSED]
      = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (DESK_TYPE_PHOTO_FRAME);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               DESK_RESOURCES "desk-duplicate-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskDuplicateView, photo);
  gtk_widget_class_bind_template_child (widget_class, DeskDuplicateView, name_label);
  gtk_widget_class_bind_template_child (widget_class, DeskDuplicateView, person_label);
  gtk_widget_class_bind_template_child (widget_class, DeskDuplicateView, state_label);
  gtk_widget_class_bind_template_child (widget_class, DeskDuplicateView, origin_label);
  gtk_widget_class_bind_template_child (widget_class, DeskDuplicateView, rows_box);
  gtk_widget_class_bind_template_callback (widget_class, same_cb);
  gtk_widget_class_bind_template_callback (widget_class, not_same_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
desk_duplicate_view_init (DeskDuplicateView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
desk_duplicate_view_set_cases (DeskDuplicateView *self,
                               DeskSession *session,
                               ReunionCase *own,
                               ReunionCase *other)
{
  ReunionCaseState state;
  GdkTexture *photo;
  const char *station;
  g_autofree char *name = NULL;
  g_autofree char *person = NULL;
  g_autofree char *all = NULL;

  g_return_if_fail (DESK_IS_DUPLICATE_VIEW (self));
  g_return_if_fail (REUNION_IS_CASE (own) && REUNION_IS_CASE (other));

  g_free (self->case_id);
  self->case_id = g_strdup (reunion_case_get_id (other));
  state = reunion_case_get_state (other);
  photo = desk_photos_get_lead (desk_session_get_store (session), other);
  station = reunion_case_get_station_name (other);
  name = desk_case_model_format_name (other);
  person = desk_case_model_format_person (other, desk_session_get_now_usec (session));
  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->person_label, person);
  gtk_label_set_label (self->state_label, reunion_case_state_get_label (state));
  desk_widgets_set_tone (GTK_WIDGET (self->state_label), desk_case_model_get_style (state));
  gtk_label_set_label (self->origin_label, station != NULL ? station : "");
  desk_photo_frame_set_photo (self->photo, photo != NULL ? GDK_PAINTABLE (photo) : NULL, name);
  /* Rows that are made anew would jump back to the top while somebody reads. */
  all = sum_up (own, other);
  if (g_strcmp0 (all, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&all);
  fill_rows (self, reunion_case_get_report (own), reunion_case_get_report (other));
}
