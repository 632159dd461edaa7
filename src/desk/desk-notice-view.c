/* desk-notice-view.c: what the public will see, phone-sized
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-notice-view.h"

#include "desk-audience.h"
#include "desk-photo-frame.h"
#include "desk-photos.h"
#include "desk-widgets.h"

#include "reunion-notice.h"

#include <glib/gi18n-lib.h>

struct _DeskNoticeView
{
  GtkWidget parent_instance;

  DeskSession *session;
  ReunionCase *case_;

  GtkWidget *box;
  GtkWidget *card;
  GtkToggleButton *zh_button;
  GtkToggleButton *en_button;
  GtkLabel *headline_label;
  DeskPhotoFrame *photo;
  GtkGrid *lines_grid;
  GtkLabel *contact_label;
  GtkGrid *audience_grid;
};

G_DEFINE_FINAL_TYPE (DeskNoticeView, desk_notice_view, GTK_TYPE_WIDGET)

static void
clear_grid (GtkGrid *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
}

/* What this very report holds, on one side of the line or the other. */
static void
add_audience (DeskNoticeView *self,
              int row,
              const char *icon,
              const char *title,
              gboolean is_public)
{
  g_autofree char *names = desk_audience_list (self->case_, is_public);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *head = gtk_label_new (title);
  GtkWidget *list = gtk_label_new (names != NULL ? names : _("Nothing yet"));

  gtk_widget_add_css_class (image, "desk-audience");
  gtk_widget_set_margin_top (image, row > 0 ? 6 : 0);
  gtk_widget_set_margin_top (head, row > 0 ? 6 : 0);
  gtk_label_set_xalign (GTK_LABEL (head), 0.0f);
  gtk_widget_add_css_class (head, "caption-heading");
  gtk_label_set_xalign (GTK_LABEL (list), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (list), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (list), 34);
  gtk_widget_set_hexpand (list, TRUE);
  gtk_widget_add_css_class (list, "caption");
  gtk_grid_attach (self->audience_grid, image, 0, 2 * row, 1, 1);
  gtk_grid_attach (self->audience_grid, head, 1, 2 * row, 1, 1);
  gtk_grid_attach (self->audience_grid, list, 1, 2 * row + 1, 1, 1);
}

static void
show_audience (DeskNoticeView *self)
{
  clear_grid (self->audience_grid);
  if (self->case_ == NULL)
    return;
  add_audience (self, 0, DESK_AUDIENCE_ICON_PUBLIC, _("Goes out"), TRUE);
  add_audience (self, 1, DESK_AUDIENCE_ICON_POLICE, _("Stays with the police"), FALSE);
}

static void
add_line (DeskNoticeView *self, int row, const ReunionNoticeLine *line)
{
  GtkWidget *label = gtk_label_new (line->label);
  GtkWidget *value = gtk_label_new (line->value);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "desk-notice-label");
  gtk_label_set_xalign (GTK_LABEL (value), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (value), 18);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_grid_attach (self->lines_grid, label, 0, row, 1, 1);
  gtk_grid_attach (self->lines_grid, value, 1, row, 1, 1);
}

static void
update (DeskNoticeView *self)
{
  g_autoptr (ReunionNotice) notice = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  GdkTexture *photo;
  gboolean is_chinese = gtk_toggle_button_get_active (self->zh_button);

  clear_grid (self->lines_grid);
  show_audience (self);
  gtk_widget_set_visible (self->card, self->case_ != NULL);
  if (self->case_ == NULL)
    return;
  notice = reunion_notice_new (self->case_, is_chinese ? REUNION_LANGUAGE_ZH : REUNION_LANGUAGE_EN,
                               zone);
  photo = desk_photos_get_lead (desk_session_get_store (self->session), self->case_);
  gtk_label_set_label (self->headline_label, notice->headline);
  desk_photo_frame_set_photo (self->photo, photo != NULL ? GDK_PAINTABLE (photo) : NULL, NULL);
  for (guint i = 0; i < notice->lines->len; i++)
    add_line (self, (int) i, notice->lines->pdata[i]);
  gtk_label_set_label (self->contact_label, notice->contact != NULL ? notice->contact : "");
  gtk_widget_set_visible (GTK_WIDGET (self->contact_label), notice->contact != NULL);
}

static void
language_cb (DeskNoticeView *self)
{
  update (self);
}

static void
desk_notice_view_dispose (GObject *object)
{
  DeskNoticeView *self = DESK_NOTICE_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->case_);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (desk_notice_view_parent_class)->dispose (object);
}

static void
desk_notice_view_class_init (DeskNoticeViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_notice_view_dispose;
  g_type_ensure (DESK_TYPE_PHOTO_FRAME);
  gtk_widget_class_set_template_from_resource (widget_class, DESK_RESOURCES "desk-notice-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskNoticeView, box);
  gtk_widget_class_bind_template_child (widget_class, DeskNoticeView, card);
  gtk_widget_class_bind_template_child (widget_class, DeskNoticeView, zh_button);
  gtk_widget_class_bind_template_child (widget_class, DeskNoticeView, en_button);
  gtk_widget_class_bind_template_child (widget_class, DeskNoticeView, headline_label);
  gtk_widget_class_bind_template_child (widget_class, DeskNoticeView, photo);
  gtk_widget_class_bind_template_child (widget_class, DeskNoticeView, lines_grid);
  gtk_widget_class_bind_template_child (widget_class, DeskNoticeView, contact_label);
  gtk_widget_class_bind_template_child (widget_class, DeskNoticeView, audience_grid);
  gtk_widget_class_bind_template_callback (widget_class, language_cb);
}

static void
desk_notice_view_init (DeskNoticeView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
desk_notice_view_set_case (DeskNoticeView *self, DeskSession *session, ReunionCase *case_)
{
  g_return_if_fail (DESK_IS_NOTICE_VIEW (self) && DESK_IS_SESSION (session));

  g_set_object (&self->session, session);
  g_set_object (&self->case_, case_);
  update (self);
}
