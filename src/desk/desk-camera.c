/* desk-camera.c: a camera, picture by picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-camera.h"

#include <gst/app/gstappsink.h>
#include <gst/video/video.h>

/* One picture waits at most: an old one is of no use. */
#define PIPELINE                                                                                   \
  "decodebin name=in ! videoconvert ! video/x-raw,format=RGBA"                                     \
  " ! appsink name=out max-buffers=1 drop=true sync=false"

struct _DeskCamera
{
  GObject parent_instance;

  GstElement *pipeline;
  guint watch_id;
  gboolean has_failed;

  GMutex mutex; /* guards what follows: pictures come in a thread of GStreamer's */
  GdkTexture *newest;
  guint deliver_id;
};

enum
{
  SIGNAL_FRAME,
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskCamera, desk_camera, G_TYPE_OBJECT)

static gboolean
deliver_cb (gpointer user_data)
{
  DeskCamera *self = user_data;
  g_autoptr (GdkTexture) texture = NULL;

  g_mutex_lock (&self->mutex);
  texture = g_steal_pointer (&self->newest);
  self->deliver_id = 0;
  g_mutex_unlock (&self->mutex);
  if (texture != NULL)
    g_signal_emit (self, signals[SIGNAL_FRAME], 0, texture);
  return G_SOURCE_REMOVE;
}

/* NULL for a sample that holds no picture. Transfer full. */
static GdkTexture *
make_texture (GstSample *sample)
{
  GstVideoInfo info;
  GstVideoFrame frame;
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture *texture;

  if (gst_sample_get_caps (sample) == NULL
      || !gst_video_info_from_caps (&info, gst_sample_get_caps (sample))
      || !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return NULL;
  bytes = g_bytes_new (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0),
                       (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0)
                           * (gsize) GST_VIDEO_FRAME_HEIGHT (&frame));
  texture = gdk_memory_texture_new (GST_VIDEO_FRAME_WIDTH (&frame), GST_VIDEO_FRAME_HEIGHT (&frame),
                                    GDK_MEMORY_R8G8B8A8, bytes,
                                    (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0));
  gst_video_frame_unmap (&frame);
  return texture;
}

static GstFlowReturn
new_sample_cb (GstAppSink *sink, gpointer user_data)
{
  DeskCamera *self = user_data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GdkTexture *texture = sample != NULL ? make_texture (sample) : NULL;

  if (texture == NULL)
    return GST_FLOW_OK;
  g_mutex_lock (&self->mutex);
  g_set_object (&self->newest, texture);
  if (self->deliver_id == 0)
    self->deliver_id = g_idle_add (deliver_cb, self);
  g_mutex_unlock (&self->mutex);
  g_object_unref (texture);
  return GST_FLOW_OK;
}

static void
fail (DeskCamera *self)
{
  if (!self->has_failed)
    {
      self->has_failed = TRUE;
      g_signal_emit (self, signals[SIGNAL_FAILED], 0);
    }
}

static gboolean
message_cb (GstBus *bus, GstMessage *message, gpointer user_data)
{
  DeskCamera *self = user_data;

  switch (GST_MESSAGE_TYPE (message))
    {
    case GST_MESSAGE_ERROR:
    case GST_MESSAGE_EOS:
      self->watch_id = 0;
      fail (self);
      return G_SOURCE_REMOVE;
    default:
      return G_SOURCE_CONTINUE;
    }
}

static void
desk_camera_dispose (GObject *object)
{
  DeskCamera *self = DESK_CAMERA (object);

  /* After this no thread of the pipeline's is left. */
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_clear_object (&self->pipeline);
  g_clear_handle_id (&self->watch_id, g_source_remove);
  g_clear_handle_id (&self->deliver_id, g_source_remove);
  g_clear_object (&self->newest);

  G_OBJECT_CLASS (desk_camera_parent_class)->dispose (object);
}

static void
desk_camera_finalize (GObject *object)
{
  g_mutex_clear (&DESK_CAMERA (object)->mutex);

  G_OBJECT_CLASS (desk_camera_parent_class)->finalize (object);
}

static void
desk_camera_class_init (DeskCameraClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_camera_dispose;
  G_OBJECT_CLASS (klass)->finalize = desk_camera_finalize;
  signals[SIGNAL_FRAME] = g_signal_new ("frame", DESK_TYPE_CAMERA, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, GDK_TYPE_TEXTURE);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", DESK_TYPE_CAMERA, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_camera_init (DeskCamera *self)
{
  g_mutex_init (&self->mutex);
}

/* Later, when whoever made the camera listens. */
static void
failed_cb (gpointer user_data)
{
  g_autoptr (DeskCamera) self = user_data;

  fail (self);
}

DeskCamera *
desk_camera_new (GstElement *source)
{
  DeskCamera *self = g_object_new (DESK_TYPE_CAMERA, NULL);
  GstAppSinkCallbacks callbacks = { .new_sample = new_sample_cb };
  g_autoptr (GstElement) in = NULL;
  g_autoptr (GstElement) out = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (GST_IS_ELEMENT (source), NULL);

  gst_object_ref_sink (source);
  self->pipeline = gst_parse_launch (PIPELINE, &error);
  if (error != NULL)
    {
      /* An element is not installed. */
      g_warning ("%s", error->message);
      gst_object_unref (source);
      g_idle_add_once (failed_cb, g_object_ref (self));
      return self;
    }
  in = gst_bin_get_by_name (GST_BIN (self->pipeline), "in");
  out = gst_bin_get_by_name (GST_BIN (self->pipeline), "out");
  gst_bin_add (GST_BIN (self->pipeline), source);
  gst_object_unref (source);
  gst_app_sink_set_callbacks (GST_APP_SINK (out), &callbacks, self, NULL);
  bus = gst_element_get_bus (self->pipeline);
  self->watch_id = gst_bus_add_watch (bus, message_cb, self);
  if (!gst_element_link (source, in)
      || gst_element_set_state (self->pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE)
    g_idle_add_once (failed_cb, g_object_ref (self));
  return self;
}
