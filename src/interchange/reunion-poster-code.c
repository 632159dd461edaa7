/* reunion-poster-code.c: the square code that a phone reads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-poster-code.h"

#include <qrencode.h>

/* Modules of white on every side. */
#define QUIET_ZONE 4

static QRcode *
encode (const char *text)
{
  return QRcode_encodeString8bit (text, 0, QR_ECLEVEL_Q);
}

gboolean
reunion_poster_code_can_hold (const char *text)
{
  QRcode *code;
  gboolean can_hold;

  g_return_val_if_fail (text != NULL, FALSE);

  code = encode (text);
  can_hold = code != NULL;
  QRcode_free (code);
  return can_hold;
}

void
reunion_poster_code_draw (cairo_t *cr, const char *text, double x, double y, double side)
{
  QRcode *code;

  g_return_if_fail (cr != NULL && text != NULL);

  code = encode (text);
  if (code == NULL)
    return;
  cairo_save (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, x, y, side, side);
  cairo_fill (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, side / (code->width + 2 * QUIET_ZONE), side / (code->width + 2 * QUIET_ZONE));
  cairo_translate (cr, QUIET_ZONE, QUIET_ZONE);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  /* Neighbours in a row as one box, and all boxes in one path: no seams. */
  for (int row = 0; row < code->width; row++)
    for (int first = 0, last; first < code->width; first = last + 1)
      {
        for (last = first; last < code->width && (code->data[row * code->width + last] & 1); last++)
          ;
        if (last > first)
          cairo_rectangle (cr, first, row, last - first, 1);
      }
  cairo_fill (cr);
  cairo_restore (cr);
  QRcode_free (code);
}
