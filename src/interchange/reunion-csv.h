/* reunion-csv.h: tables for spreadsheet programs
 *
 * RFC 4180: cells between commas, rows ended by CR LF, a cell with a comma, a quote
 * or a line break between quotes, quotes doubled. A BOM at the start, for without
 * one some programs take UTF-8 for something else. A text that a program might run
 * as a formula (one that begins with = + - @, or with a tab or a line break) has an
 * apostrophe put before it; numbers go in as numbers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ReunionCsv ReunionCsv;

#define REUNION_CSV_MEDIA_TYPE "text/csv; charset=utf-8"

ReunionCsv *reunion_csv_new (void);
/* @text NULL for an empty cell; what is no UTF-8 is made so, and zero bytes end it. */
void reunion_csv_add_text (ReunionCsv *self, const char *text);
void reunion_csv_add_int (ReunionCsv *self, gint64 number);
/* With @n_decimals, 0..9, and a point, whatever the language. */
void reunion_csv_add_double (ReunionCsv *self, double number, guint n_decimals);
void reunion_csv_end_row (ReunionCsv *self);
/* Takes @self. Transfer full. */
char *reunion_csv_free_to_text (ReunionCsv *self);

G_END_DECLS
