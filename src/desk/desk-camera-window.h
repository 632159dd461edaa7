/* desk-camera-window.h: a window in which a photo is taken
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "reunion-photo.h"

G_BEGIN_DECLS

#define DESK_TYPE_CAMERA_WINDOW (desk_camera_window_get_type ())
G_DECLARE_FINAL_TYPE (DeskCameraWindow, desk_camera_window, DESK, CAMERA_WINDOW, AdwWindow)

/* Modal over @parent, once it is presented; starts the first camera.
 *
 * DeskCameraWindow::taken (ReunionPhoto *photo, GBytes *bytes): a picture was taken
 * and is to be used; the window closes. */
GtkWidget *desk_camera_window_new (GtkWindow *parent);

G_END_DECLS
