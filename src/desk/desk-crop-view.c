/* desk-crop-view.c: a photo under a frame that can be moved and resized
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-crop-view.h"

/* Room around the photo, so that handles on its edge are whole. */
#define MARGIN_PX 10
#define HANDLE_PX 10.0f
#define REACH_PX 12.0
/* A key moves by this part of the longer side. */
#define STEPS 50

struct _DeskCropView
{
  GtkWidget parent_instance;

  GdkTexture *texture;
  DeskCrop crop;

  DeskCrop dragged; /* as it was when the drag began */
  DeskCropEdges edges;
  gboolean is_moving;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskCropView, desk_crop_view, GTK_TYPE_WIDGET)

static void
changed (DeskCropView *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* --- from the photo to the screen --------------------------------------------------- */

/* Where the turned photo stands, and screen pixels for one of its own. */
static double
place_photo (DeskCropView *self, graphene_rect_t *bounds)
{
  double width = desk_crop_get_turned_width_px (&self->crop);
  double height = desk_crop_get_turned_height_px (&self->crop);
  double view_width = gtk_widget_get_width (GTK_WIDGET (self));
  double view_height = gtk_widget_get_height (GTK_WIDGET (self));
  double scale = MIN ((view_width - 2 * MARGIN_PX) / width, (view_height - 2 * MARGIN_PX) / height);

  scale = MAX (scale, 1e-3);
  *bounds = GRAPHENE_RECT_INIT ((float) ((view_width - width * scale) / 2),
                                (float) ((view_height - height * scale) / 2),
                                (float) (width * scale), (float) (height * scale));
  return scale;
}

static void
append_photo (DeskCropView *self, GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  gboolean is_on_side = self->crop.n_quarters % 2 == 1;
  float width = is_on_side ? bounds->size.height : bounds->size.width;
  float height = is_on_side ? bounds->size.width : bounds->size.height;
  graphene_point_t centre;

  graphene_rect_get_center (bounds, &centre);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &centre);
  gtk_snapshot_rotate (snapshot, (float) self->crop.n_quarters * 90.0f);
  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT (-width / 2, -height / 2, width, height));
  gtk_snapshot_restore (snapshot);
}

/* What is cut off is dimmed, in four parts around the frame. */
static void
append_shade (GtkSnapshot *snapshot, const graphene_rect_t *photo, const graphene_rect_t *frame)
{
  const GdkRGBA shade = { 0.0f, 0.0f, 0.0f, 0.6f };
  float right = photo->origin.x + photo->size.width;
  float bottom = photo->origin.y + photo->size.height;
  float frame_right = frame->origin.x + frame->size.width;
  float frame_bottom = frame->origin.y + frame->size.height;
  const graphene_rect_t parts[] = {
    GRAPHENE_RECT_INIT (photo->origin.x, photo->origin.y, photo->size.width,
                        frame->origin.y - photo->origin.y),
    GRAPHENE_RECT_INIT (photo->origin.x, frame_bottom, photo->size.width, bottom - frame_bottom),
    GRAPHENE_RECT_INIT (photo->origin.x, frame->origin.y, frame->origin.x - photo->origin.x,
                        frame->size.height),
    GRAPHENE_RECT_INIT (frame_right, frame->origin.y, right - frame_right, frame->size.height),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    gtk_snapshot_append_color (snapshot, &shade, &parts[i]);
}

static void
append_border (GtkSnapshot *snapshot, const graphene_rect_t *rect, const GdkRGBA *color, float px)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, rect, 0.0f);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ px, px, px, px },
                              (GdkRGBA[4]){ *color, *color, *color, *color });
}

/* White in black, to be seen on any photo by day and by night; blue with the focus. */
static void
append_frame (DeskCropView *self, GtkSnapshot *snapshot, const graphene_rect_t *frame)
{
  const GdkRGBA black = { 0.0f, 0.0f, 0.0f, 0.8f };
  const GdkRGBA white = { 1.0f, 1.0f, 1.0f, 1.0f };
  const GdkRGBA blue = { 0.47f, 0.68f, 0.93f, 1.0f };
  GdkRGBA color = gtk_widget_has_visible_focus (GTK_WIDGET (self)) ? blue : white;

  append_border (snapshot,
                 &GRAPHENE_RECT_INIT (frame->origin.x - 1, frame->origin.y - 1,
                                      frame->size.width + 2, frame->size.height + 2),
                 &black, 4.0f);
  append_border (snapshot, frame, &color, 2.0f);
  for (int i = 0; i < 9; i++)
    {
      graphene_rect_t handle = GRAPHENE_RECT_INIT (
          frame->origin.x + frame->size.width * (float) (i % 3) / 2.0f - HANDLE_PX / 2,
          frame->origin.y + frame->size.height * (float) (i / 3) / 2.0f - HANDLE_PX / 2, HANDLE_PX,
          HANDLE_PX);

      if (i == 4)
        continue;
      gtk_snapshot_append_color (snapshot, &color, &handle);
      append_border (snapshot, &handle, &black, 1.0f);
    }
}

static void
desk_crop_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DeskCropView *self = DESK_CROP_VIEW (widget);
  graphene_rect_t photo, frame;
  float scale;

  if (self->texture == NULL)
    return;
  scale = (float) place_photo (self, &photo);
  frame = GRAPHENE_RECT_INIT (photo.origin.x + (float) self->crop.x_px * scale,
                              photo.origin.y + (float) self->crop.y_px * scale,
                              (float) self->crop.width_px * scale,
                              (float) self->crop.height_px * scale);
  append_photo (self, snapshot, &photo);
  append_shade (snapshot, &photo, &frame);
  append_frame (self, snapshot, &frame);
}

/* --- mouse ---------------------------------------------------------------------------- */

/* What would be dragged at a point of the view. */
static DeskCropEdges
find_at (DeskCropView *self, double x, double y, gboolean *is_inside)
{
  graphene_rect_t photo;
  double scale = place_photo (self, &photo);
  double x_px = (x - photo.origin.x) / scale;
  double y_px = (y - photo.origin.y) / scale;

  *is_inside = desk_crop_contains (&self->crop, x_px, y_px);
  return desk_crop_find_edges (&self->crop, x_px, y_px, REACH_PX / scale);
}

static void
motion_cb (DeskCropView *self, double x, double y)
{
  static const char *const cursors[]
      = { NULL,       "w-resize",  "n-resize", "nw-resize", "e-resize",  NULL, "ne-resize", NULL,
          "s-resize", "sw-resize", NULL,       NULL,        "se-resize", NULL, NULL,        NULL };
  gboolean is_inside;
  DeskCropEdges edges = find_at (self, x, y, &is_inside);

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), edges != DESK_CROP_NO_EDGE ? cursors[edges]
                                                      : is_inside                ? "move"
                                                                                 : NULL);
}

static void
drag_begin_cb (DeskCropView *self, double x, double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->dragged = self->crop;
  self->edges = find_at (self, x, y, &self->is_moving);
}

static void
drag_update_cb (DeskCropView *self, double x, double y)
{
  graphene_rect_t photo;
  double scale = place_photo (self, &photo);
  int x_px = (int) (x / scale);
  int y_px = (int) (y / scale);

  if (self->edges == DESK_CROP_NO_EDGE && !self->is_moving)
    return;
  self->crop = self->dragged;
  if (self->edges != DESK_CROP_NO_EDGE)
    desk_crop_resize (&self->crop, self->edges, x_px, y_px);
  else
    desk_crop_move (&self->crop, x_px, y_px);
  changed (self);
}

/* --- keyboard ------------------------------------------------------------------------- */

static gboolean
arrow_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  DeskCropView *self = DESK_CROP_VIEW (widget);
  int step = MAX (MAX (self->crop.photo_width_px, self->crop.photo_height_px) / STEPS, 1);
  int x, y;
  gboolean is_resizing;

  g_variant_get (arguments, "(iib)", &x, &y, &is_resizing);
  if (is_resizing)
    desk_crop_resize (&self->crop, DESK_CROP_RIGHT | DESK_CROP_BOTTOM, x * step, y * step);
  else
    desk_crop_move (&self->crop, x * step, y * step);
  changed (self);
  return TRUE;
}

static void
add_arrows (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key, keypad_key;
    int x, y;
  } arrows[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0 },
    { GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0 },
    { GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1 },
    { GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (arrows); i++)
    for (int is_resizing = FALSE; is_resizing <= TRUE; is_resizing++)
      {
        GdkModifierType modifiers = is_resizing ? GDK_SHIFT_MASK : 0;

        gtk_widget_class_add_binding (widget_class, arrows[i].key, modifiers, arrow_cb, "(iib)",
                                      arrows[i].x, arrows[i].y, is_resizing);
        gtk_widget_class_add_binding (widget_class, arrows[i].keypad_key, modifiers, arrow_cb,
                                      "(iib)", arrows[i].x, arrows[i].y, is_resizing);
      }
}

static void
desk_crop_view_dispose (GObject *object)
{
  g_clear_object (&DESK_CROP_VIEW (object)->texture);

  G_OBJECT_CLASS (desk_crop_view_parent_class)->dispose (object);
}

static void
desk_crop_view_class_init (DeskCropViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_crop_view_dispose;
  widget_class->snapshot = desk_crop_view_snapshot;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", DESK_TYPE_CROP_VIEW, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  add_arrows (widget_class);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
desk_crop_view_init (DeskCropView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  desk_crop_init (&self->crop, 1, 1);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

void
desk_crop_view_set_texture (DeskCropView *self, GdkTexture *texture)
{
  g_return_if_fail (DESK_IS_CROP_VIEW (self) && GDK_IS_TEXTURE (texture));

  g_set_object (&self->texture, texture);
  desk_crop_view_reset (self);
}

const DeskCrop *
desk_crop_view_get_crop (DeskCropView *self)
{
  g_return_val_if_fail (DESK_IS_CROP_VIEW (self), NULL);

  return &self->crop;
}

void
desk_crop_view_turn (DeskCropView *self, gboolean is_clockwise)
{
  g_return_if_fail (DESK_IS_CROP_VIEW (self));

  desk_crop_turn (&self->crop, is_clockwise);
  changed (self);
}

void
desk_crop_view_reset (DeskCropView *self)
{
  g_return_if_fail (DESK_IS_CROP_VIEW (self) && self->texture != NULL);

  desk_crop_init (&self->crop, gdk_texture_get_width (self->texture),
                  gdk_texture_get_height (self->texture));
  changed (self);
}
