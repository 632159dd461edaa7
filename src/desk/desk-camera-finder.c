/* desk-camera-finder.c: which cameras this PC has
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-camera-finder.h"

#include <glib/gi18n-lib.h>
#include <libportal/portal.h>

struct _DeskCameraFinder
{
  GObject parent_instance;

  XdpPortal *portal;         /* inside a sandbox */
  GstDeviceMonitor *monitor; /* outside */
  guint watch_id;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskCameraFinder, desk_camera_finder, G_TYPE_OBJECT)

/* NULL for none. */
static const char *
get_named_source (void)
{
  const char *source = g_getenv (DESK_CAMERA_ENV);

  return source != NULL && *source != '\0' ? source : NULL;
}

static gboolean
message_cb (GstBus *bus, GstMessage *message, gpointer user_data)
{
  switch (GST_MESSAGE_TYPE (message))
    {
    case GST_MESSAGE_DEVICE_ADDED:
    case GST_MESSAGE_DEVICE_REMOVED:
    case GST_MESSAGE_DEVICE_CHANGED:
      g_signal_emit (user_data, signals[SIGNAL_CHANGED], 0);
      break;
    default:
      break;
    }
  return G_SOURCE_CONTINUE;
}

static void
watch_devices (DeskCameraFinder *self)
{
  g_autoptr (GstBus) bus = NULL;

  self->monitor = gst_device_monitor_new ();
  gst_device_monitor_add_filter (self->monitor, "Video/Source", NULL);
  bus = gst_device_monitor_get_bus (self->monitor);
  self->watch_id = gst_bus_add_watch (bus, message_cb, self);
  gst_device_monitor_start (self->monitor);
}

static void
portal_changed_cb (DeskCameraFinder *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
desk_camera_finder_dispose (GObject *object)
{
  DeskCameraFinder *self = DESK_CAMERA_FINDER (object);

  g_clear_handle_id (&self->watch_id, g_source_remove);
  if (self->monitor != NULL)
    gst_device_monitor_stop (self->monitor);
  g_clear_object (&self->monitor);
  g_clear_object (&self->portal);

  G_OBJECT_CLASS (desk_camera_finder_parent_class)->dispose (object);
}

static void
desk_camera_finder_class_init (DeskCameraFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_camera_finder_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", DESK_TYPE_CAMERA_FINDER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_camera_finder_init (DeskCameraFinder *self)
{
  g_autoptr (GError) error = NULL;

  if (!gst_init_check (NULL, NULL, &error))
    {
      g_warning ("%s", error->message);
      return;
    }
  if (get_named_source () != NULL)
    return;
  if (xdp_portal_running_under_sandbox ())
    {
      self->portal = xdp_portal_new ();
      portal_changed_cb (self);
    }
  else
    watch_devices (self);
}

DeskCameraFinder *
desk_camera_finder_get (void)
{
  static DeskCameraFinder *finder = NULL;

  if (finder != NULL)
    return g_object_ref (finder);
  finder = g_object_new (DESK_TYPE_CAMERA_FINDER, NULL);
  g_object_add_weak_pointer (G_OBJECT (finder), (gpointer *) &finder);
  return finder;
}

static void
list_devices (DeskCameraFinder *self, GStrvBuilder *names)
{
  g_autolist (GstDevice) devices = gst_device_monitor_get_devices (self->monitor);

  for (GList *l = devices; l != NULL; l = l->next)
    {
      g_autofree char *name = gst_device_get_display_name (l->data);

      g_strv_builder_add (names, name);
    }
}

char **
desk_camera_finder_list_names (DeskCameraFinder *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  g_return_val_if_fail (DESK_IS_CAMERA_FINDER (self), NULL);

  if (get_named_source () != NULL
      || (self->portal != NULL && xdp_portal_is_camera_present (self->portal)))
    g_strv_builder_add (names, _("Camera"));
  if (self->monitor != NULL)
    list_devices (self, names);
  return g_strv_builder_end (names);
}

/* --- opening --------------------------------------------------------------------- */

static void
return_source (GTask *task, GstElement *source)
{
  if (source != NULL)
    g_task_return_pointer (task, source, gst_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                             _("This camera can't be used. Connect it again, or choose a file "
                               "instead."));
  g_object_unref (task);
}

static void
accessed_cb (GObject *portal, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;
  GstElement *source = NULL;
  int fd;

  if (!xdp_portal_access_camera_finish (XDP_PORTAL (portal), result, &error))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                               _("The camera was not allowed. Allow it in the system's settings, "
                                 "or choose a file instead."));
      g_object_unref (task);
      return;
    }
  fd = xdp_portal_open_pipewire_remote_for_camera (XDP_PORTAL (portal));
  if (fd >= 0)
    source = gst_element_factory_make ("pipewiresrc", NULL);
  if (source != NULL)
    g_object_set (source, "fd", fd, NULL);
  return_source (task, source);
}

static GstElement *
open_device (DeskCameraFinder *self, guint index)
{
  g_autolist (GstDevice) devices = gst_device_monitor_get_devices (self->monitor);
  GstDevice *device = g_list_nth_data (devices, index);

  return device != NULL ? gst_device_create_element (device, NULL) : NULL;
}

static GstElement *
open_named (void)
{
  g_autoptr (GError) error = NULL;
  GstElement *source = gst_parse_bin_from_description (get_named_source (), TRUE, &error);

  if (error == NULL)
    return source;
  g_warning ("%s: %s", DESK_CAMERA_ENV, error->message);
  gst_clear_object (&source);
  return NULL;
}

void
desk_camera_finder_open_async (DeskCameraFinder *self,
                               guint index,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;

  g_return_if_fail (DESK_IS_CAMERA_FINDER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  if (get_named_source () != NULL)
    return_source (task, open_named ());
  else if (self->portal != NULL)
    xdp_portal_access_camera (self->portal, NULL, XDP_CAMERA_FLAG_NONE, cancellable, accessed_cb,
                              task);
  else
    return_source (task, self->monitor != NULL ? open_device (self, index) : NULL);
}

GstElement *
desk_camera_finder_open_finish (DeskCameraFinder *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
