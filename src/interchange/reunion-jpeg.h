/* reunion-jpeg.h: a JPEG picture without what is no picture
 *
 * Cameras write into a photo where and when it was taken, and a thumbnail of
 * what it was before it was cropped. ITU-T T.81 says which segments there are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The same pixels, coded as they were, with nothing beside them: no EXIF, no
 * comment, no thumbnail, no colour profile, nothing after the end. NULL when
 * @bytes is no whole JPEG of 8 bits with one component or three. Transfer full. */
GBytes *reunion_jpeg_strip (GBytes *bytes);

G_END_DECLS
