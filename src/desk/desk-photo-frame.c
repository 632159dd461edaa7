/* desk-photo-frame.c: a photo with round corners, or a silhouette
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-photo-frame.h"

struct _DeskPhotoFrame
{
  GtkWidget parent_instance;

  GtkWidget *picture;
  GtkWidget *silhouette;

  int width_px;
  int height_px;
};

enum
{
  PROP_0,
  PROP_PHOTO_WIDTH,
  PROP_PHOTO_HEIGHT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DeskPhotoFrame, desk_photo_frame, GTK_TYPE_WIDGET)

/* The size is the frame's own: a photo never asks for more. */
static void
desk_photo_frame_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  DeskPhotoFrame *self = DESK_PHOTO_FRAME (widget);

  *minimum = *natural
      = orientation == GTK_ORIENTATION_HORIZONTAL ? self->width_px : self->height_px;
  *minimum_baseline = *natural_baseline = -1;
}

static void
allocate_child (GtkWidget *child, int width, int height)
{
  int least;

  if (!gtk_widget_should_layout (child))
    return;
  /* Asked for, or GTK complains that a widget was placed unmeasured. */
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_allocate (child, MAX (width, least), height, -1, NULL);
}

static void
desk_photo_frame_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DeskPhotoFrame *self = DESK_PHOTO_FRAME (widget);

  allocate_child (self->picture, width, height);
  allocate_child (self->silhouette, width, height);
}

static void
desk_photo_frame_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DeskPhotoFrame *self = DESK_PHOTO_FRAME (object);

  switch (id)
    {
    case PROP_PHOTO_WIDTH:
      g_value_set_int (value, self->width_px);
      break;
    case PROP_PHOTO_HEIGHT:
      g_value_set_int (value, self->height_px);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
desk_photo_frame_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  DeskPhotoFrame *self = DESK_PHOTO_FRAME (object);

  switch (id)
    {
    case PROP_PHOTO_WIDTH:
      self->width_px = g_value_get_int (value);
      break;
    case PROP_PHOTO_HEIGHT:
      self->height_px = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
desk_photo_frame_dispose (GObject *object)
{
  DeskPhotoFrame *self = DESK_PHOTO_FRAME (object);

  g_clear_pointer (&self->picture, gtk_widget_unparent);
  g_clear_pointer (&self->silhouette, gtk_widget_unparent);

  G_OBJECT_CLASS (desk_photo_frame_parent_class)->dispose (object);
}

static void
desk_photo_frame_class_init (DeskPhotoFrameClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = desk_photo_frame_dispose;
  object_class->get_property = desk_photo_frame_get_property;
  object_class->set_property = desk_photo_frame_set_property;
  widget_class->measure = desk_photo_frame_measure;
  widget_class->size_allocate = desk_photo_frame_size_allocate;
  properties[PROP_PHOTO_WIDTH] = g_param_spec_int ("photo-width", NULL, NULL, 16, 4096, 48, flags);
  properties[PROP_PHOTO_HEIGHT]
      = g_param_spec_int ("photo-height", NULL, NULL, 16, 4096, 60, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "desk-photo");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
desk_photo_frame_init (DeskPhotoFrame *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->width_px = 48;
  self->height_px = 60;
  self->picture = gtk_picture_new ();
  gtk_picture_set_content_fit (GTK_PICTURE (self->picture), GTK_CONTENT_FIT_COVER);
  gtk_widget_set_parent (self->picture, widget);
  self->silhouette = gtk_image_new_from_icon_name ("avatar-default-symbolic");
  gtk_widget_add_css_class (self->silhouette, "dim-label");
  gtk_widget_set_parent (self->silhouette, widget);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  desk_photo_frame_set_photo (self, NULL, NULL);
}

void
desk_photo_frame_set_photo (DeskPhotoFrame *self, GdkPaintable *photo, const char *description)
{
  g_return_if_fail (DESK_IS_PHOTO_FRAME (self));

  gtk_picture_set_paintable (GTK_PICTURE (self->picture), photo);
  gtk_widget_set_visible (self->picture, photo != NULL);
  gtk_widget_set_visible (self->silhouette, photo == NULL);
  gtk_image_set_pixel_size (GTK_IMAGE (self->silhouette), self->width_px / 2);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  description != NULL ? description : "", -1);
}
