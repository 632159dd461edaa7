/* desk-case-row.c: a case in a list: photo, age, elapsed time, radius, state
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-case-row.h"

#include "desk-case-model.h"
#include "desk-photo-frame.h"
#include "desk-photos.h"
#include "desk-widgets.h"

#include <glib/gi18n-lib.h>

struct _DeskCaseRow
{
  GtkWidget parent_instance;

  DeskSession *session;
  DeskCaseItem *item;

  GtkWidget *box;
  DeskPhotoFrame *photo;
  GtkLabel *name_label;
  GtkLabel *elapsed_label;
  GtkLabel *detail_label;
  GtkLabel *state_label;
  GtkLabel *radius_label;
  GtkLabel *tips_label;
};

G_DEFINE_FINAL_TYPE (DeskCaseRow, desk_case_row, GTK_TYPE_WIDGET)

static void
update_clock (DeskCaseRow *self)
{
  ReunionCase *case_;
  gint64 now_usec = desk_session_get_now_usec (self->session);
  g_autofree char *elapsed = NULL;
  g_autofree char *radius = NULL;

  if (self->item == NULL)
    return;
  case_ = desk_case_item_get_case (self->item);
  elapsed = desk_case_model_format_elapsed (case_, now_usec);
  radius = desk_case_model_format_radius (case_, desk_session_get_policy (self->session), now_usec);
  gtk_label_set_label (self->elapsed_label, elapsed);
  gtk_label_set_label (self->radius_label, radius != NULL ? radius : "");
  gtk_widget_set_visible (GTK_WIDGET (self->radius_label), radius != NULL);
}

static char *
format_detail (DeskCaseRow *self, ReunionCase *case_)
{
  g_autofree char *person
      = desk_case_model_format_person (case_, desk_session_get_now_usec (self->session));
  const char *place
      = reunion_report_get_text (reunion_case_get_report (case_), REUNION_FIELD_PLACE);

  if (*person != '\0' && place != NULL)
    /* Translators: age and sex, and the place of loss */
    return g_strdup_printf (_("%s · %s"), person, place);
  return g_strdup (*person != '\0' ? person
                   : place != NULL ? place
                                   : _("Age and place not entered yet"));
}

static void
update_tips (DeskCaseRow *self, ReunionCase *case_)
{
  guint n_new = reunion_station_store_count_tips (
      desk_session_get_store (self->session), reunion_case_get_id (case_), REUNION_TIP_STATE_NEW);
  g_autofree char *text
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u new tip", "%u new tips", n_new), n_new);

  gtk_label_set_label (self->tips_label, n_new > 0 ? text : "");
}

static void
update (DeskCaseRow *self)
{
  ReunionCase *case_;
  ReunionCaseState state;
  g_autofree char *name = NULL;
  g_autofree char *detail = NULL;
  GdkTexture *photo;

  if (self->item == NULL)
    return;
  case_ = desk_case_item_get_case (self->item);
  state = reunion_case_get_state (case_);
  name = desk_case_model_format_title (case_, desk_session_get_now_usec (self->session));
  detail = format_detail (self, case_);
  photo = desk_photos_get_lead (desk_session_get_store (self->session), case_);
  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->detail_label, detail);
  gtk_label_set_label (self->state_label, reunion_case_state_get_label (state));
  desk_widgets_set_tone (GTK_WIDGET (self->state_label), desk_case_model_get_style (state));
  desk_photo_frame_set_photo (self->photo, photo != NULL ? GDK_PAINTABLE (photo) : NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
  update_tips (self, case_);
  update_clock (self);
}

static void
desk_case_row_dispose (GObject *object)
{
  DeskCaseRow *self = DESK_CASE_ROW (object);

  desk_case_row_set_item (self, NULL);
  g_clear_object (&self->session);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (desk_case_row_parent_class)->dispose (object);
}

static void
desk_case_row_class_init (DeskCaseRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_case_row_dispose;
  g_type_ensure (DESK_TYPE_PHOTO_FRAME);
  gtk_widget_class_set_template_from_resource (widget_class, DESK_RESOURCES "desk-case-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCaseRow, box);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseRow, photo);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseRow, elapsed_label);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseRow, detail_label);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseRow, radius_label);
  gtk_widget_class_bind_template_child (widget_class, DeskCaseRow, tips_label);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
desk_case_row_init (DeskCaseRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
desk_case_row_new (DeskSession *session)
{
  DeskCaseRow *self = g_object_new (DESK_TYPE_CASE_ROW, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "tick", G_CALLBACK (update_clock), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
desk_case_row_set_item (DeskCaseRow *self, DeskCaseItem *item)
{
  g_return_if_fail (DESK_IS_CASE_ROW (self));

  if (self->item == item)
    return;
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_set_object (&self->item, item);
  if (item != NULL)
    g_signal_connect_swapped (item, "notify::case", G_CALLBACK (update), self);
  update (self);
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *list_item, DeskSession *session)
{
  gtk_list_item_set_child (list_item, desk_case_row_new (session));
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *list_item)
{
  desk_case_row_set_item (DESK_CASE_ROW (gtk_list_item_get_child (list_item)),
                          gtk_list_item_get_item (list_item));
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *list_item)
{
  desk_case_row_set_item (DESK_CASE_ROW (gtk_list_item_get_child (list_item)), NULL);
}

GtkListItemFactory *
desk_case_row_factory_new (DeskSession *session)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), session, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  return factory;
}
