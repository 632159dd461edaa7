/* reunion-picture.h: a picture that may go out to the public
 *
 * The desk makes every photo anew, but the service takes what any client sends: so
 * what goes out loses here whatever is no picture, where and when it was taken
 * above all. JPEG by reunion-jpeg.h; PNG keeps its critical chunks and the
 * transparency (PNG 1.2, 4.1); WebP its pictures alone (RFC 9649).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "image/jpeg", "image/png" or "image/webp" by the first bytes, or NULL. Transfer
 * none. */
const char *reunion_picture_sniff (GBytes *bytes);

/* The same pixels with nothing beside them. NULL when @bytes is no whole picture of
 * one of these kinds, or one that moves: then nothing goes out. Transfer full. */
GBytes *reunion_picture_strip (GBytes *bytes);

G_END_DECLS
