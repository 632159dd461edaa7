/* desk-camera.h: a camera, picture by picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DESK_TYPE_CAMERA (desk_camera_get_type ())
G_DECLARE_FINAL_TYPE (DeskCamera, desk_camera, DESK, CAMERA, GObject)

/* @source gives video in any form that GStreamer can decode; takes over its floating
 * reference. Runs from the start until it is disposed. Transfer full.
 *
 * DeskCamera::frame (GdkTexture *): the newest picture; those that came while the
 * window was busy are left out.
 * DeskCamera::failed (): no more pictures will come. */
DeskCamera *desk_camera_new (GstElement *source);

G_END_DECLS
