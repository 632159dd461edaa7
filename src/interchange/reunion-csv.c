/* reunion-csv.c: tables for spreadsheet programs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-csv.h"

#include <math.h>
#include <string.h>

#define BOM "\xef\xbb\xbf"

struct _ReunionCsv
{
  GString *text;
  gboolean is_row_begun;
};

ReunionCsv *
reunion_csv_new (void)
{
  ReunionCsv *self = g_new0 (ReunionCsv, 1);

  self->text = g_string_new (BOM);
  return self;
}

static void
begin_cell (ReunionCsv *self)
{
  if (self->is_row_begun)
    g_string_append_c (self->text, ',');
  self->is_row_begun = TRUE;
}

/* Programs pass over blanks before they look, and some take the wide signs for the
 * plain ones. */
static gboolean
is_dangerous (const char *text)
{
  static const char *const signs[]
      = { "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠" };

  while (*text == ' ')
    text++;
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (text, signs[i]))
      return TRUE;
  return FALSE;
}

void
reunion_csv_add_text (ReunionCsv *self, const char *text)
{
  g_autofree char *valid = NULL;

  g_return_if_fail (self != NULL);

  begin_cell (self);
  if (text == NULL)
    return;
  valid = g_utf8_make_valid (text, -1);
  g_string_append_c (self->text, '"');
  if (is_dangerous (valid))
    g_string_append_c (self->text, '\'');
  for (const char *c = valid; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (self->text, '"');
      g_string_append_c (self->text, *c);
    }
  g_string_append_c (self->text, '"');
}

void
reunion_csv_add_int (ReunionCsv *self, gint64 number)
{
  g_return_if_fail (self != NULL);

  begin_cell (self);
  g_string_append_printf (self->text, "%" G_GINT64_FORMAT, number);
}

void
reunion_csv_add_double (ReunionCsv *self, double number, guint n_decimals)
{
  char format[8], digits[G_ASCII_DTOSTR_BUF_SIZE + 320];

  g_return_if_fail (self != NULL && n_decimals <= 9);

  begin_cell (self);
  if (!isfinite (number))
    return;
  g_snprintf (format, sizeof format, "%%.%uf", n_decimals);
  g_string_append (self->text, g_ascii_formatd (digits, sizeof digits, format, number));
}

void
reunion_csv_end_row (ReunionCsv *self)
{
  g_return_if_fail (self != NULL);

  g_string_append (self->text, "\r\n");
  self->is_row_begun = FALSE;
}

char *
reunion_csv_free_to_text (ReunionCsv *self)
{
  char *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_free (self->text, FALSE);
  g_free (self);
  return text;
}
