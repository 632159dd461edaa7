/* desk-camera-finder.h: which cameras this PC has
 *
 * Those that GStreamer finds; inside a sandbox the one that the portal gives after
 * it has asked the person. REUNION_CAMERA names another source, as gst-launch(1)
 * writes it: "rtspsrc location=rtsp://10.0.0.7/stream" for a camera of the network.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

G_BEGIN_DECLS

#define DESK_CAMERA_ENV "REUNION_CAMERA"

#define DESK_TYPE_CAMERA_FINDER (desk_camera_finder_get_type ())
G_DECLARE_FINAL_TYPE (DeskCameraFinder, desk_camera_finder, DESK, CAMERA_FINDER, GObject)

/* The one of this program; it looks as long as somebody holds it. Transfer full.
 *
 * DeskCameraFinder::changed (): a camera was plugged in or out. */
DeskCameraFinder *desk_camera_finder_get (void);

/* Their names, NULL-ended; none for a PC without. Transfer full. */
char **desk_camera_finder_list_names (DeskCameraFinder *self);

/* Opens the @index-th of them: the person may be asked first. */
void desk_camera_finder_open_async (DeskCameraFinder *self,
                                    guint index,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* The source of its pictures; floating. NULL with a sentence in @error. */
GstElement *
desk_camera_finder_open_finish (DeskCameraFinder *self, GAsyncResult *result, GError **error);

G_END_DECLS
