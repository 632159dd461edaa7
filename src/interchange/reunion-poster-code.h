/* reunion-poster-code.h: the square code that a phone reads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* Whether @text is short enough for a code. */
gboolean reunion_poster_code_can_hold (const char *text);

/* Draws the QR code (ISO/IEC 18004) of @text in black on white, @side units wide
 * with the quiet zone that the standard asks for. Level Q: a quarter of it may
 * be torn off or wet. Nothing where it can't hold @text. */
void reunion_poster_code_draw (cairo_t *cr, const char *text, double x, double y, double side);

G_END_DECLS
