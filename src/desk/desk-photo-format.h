/* desk-photo-format.h: what kind of picture a file holds, and whether all of it
 *
 * Reads the bytes alone, whatever the file is called.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* GdkPixbuf's name for the format: JPEG, PNG, WebP, GIF, TIFF and BMP; NULL for
 * all else. Drawings (SVG, XPM) and formats that are rarely read stay out: they
 * may name other files, or have seen less care than these. Transfer none. */
const char *desk_photo_format_find (GBytes *content);

/* Whether the picture has its end. A decoder takes a broken-off JPEG, PNG or BMP
 * for good and leaves the rest grey; the others it refuses by itself. */
gboolean desk_photo_format_is_whole (const char *format, GBytes *content);

G_END_DECLS
