/* desk-photo-format.h: what kind of picture a file holds, and whether all of it
 *
 * Reads the bytes alone, whatever the file is called.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/* "jpeg", "png", "webp", "heic", "avif", "gif", "tiff" or "bmp"; NULL for all
 * else. Drawings (SVG, XPM) and formats that are rarely read stay out: they may
 * name other files, or have seen less care than these. Transfer none. */
const char *desk_photo_format_find (GBytes *content);

/* Whether the picture has its end. A decoder takes a broken-off JPEG, PNG, WebP
 * or BMP for good and leaves the rest grey; the others it refuses by itself. */
gboolean desk_photo_format_is_whole (const char *format, GBytes *content);

/* A decoder for @format; NULL where the platform has none: WebP, HEIC and AVIF are
 * modules of their own. Transfer full. */
GdkPixbufLoader *desk_photo_format_new_loader (const char *format);

/* What people call @format. Not translated. */
const char *desk_photo_format_get_label (const char *format);

/* How many pixels the picture says it has, as far as that has to be known before
 * its decoder sees it: the modules for WebP, HEIC and AVIF take the memory of the
 * whole picture before they tell its size; the others tell it first, and are 0. */
guint64 desk_photo_format_count_pixels (const char *format, GBytes *content);

G_END_DECLS
