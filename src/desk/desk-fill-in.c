/* desk-fill-in.c: what a resident ID number says of other entries
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-fill-in.h"

#include "reunion-resident-id.h"

const ReunionField desk_fill_in_fields[3]
    = { REUNION_FIELD_BIRTH_DATE, REUNION_FIELD_SEX, REUNION_FIELD_AGE_YEARS };

struct _DeskFillIn
{
  char *texts[G_N_ELEMENTS (desk_fill_in_fields)]; /* as filled in; NULL: not */
};

static char **
find_text (DeskFillIn *self, ReunionField field)
{
  for (gsize i = 0; i < G_N_ELEMENTS (desk_fill_in_fields); i++)
    if (desk_fill_in_fields[i] == field)
      return &self->texts[i];
  g_return_val_if_reached (&self->texts[0]);
}

/* Transfer full; NULL when the report holds nothing. */
static char *
get_held (ReunionReport *report, ReunionField field)
{
  if (!reunion_report_has (report, field))
    return NULL;
  if (field == REUNION_FIELD_AGE_YEARS)
    return g_strdup_printf ("%d", (int) reunion_report_get_int (report, field, 0));
  return g_strdup (reunion_report_get_text (report, field));
}

/* Transfer full; NULL when there is no number that can be read. */
static char *
derive (ReunionReport *report, ReunionField field, gint64 now_usec)
{
  const char *number = reunion_report_get_text (report, REUNION_FIELD_RESIDENT_ID);
  ReunionResidentId id;
  int age_years;

  if (number == NULL || !reunion_resident_id_parse (number, now_usec, &id, NULL))
    return NULL;
  if (field == REUNION_FIELD_BIRTH_DATE)
    return g_strdup (id.birth_date);
  if (field == REUNION_FIELD_SEX)
    return g_strdup (id.is_male ? "male" : "female");
  age_years = reunion_report_get_age_years (report, now_usec);
  return age_years >= 0 ? g_strdup_printf ("%d", age_years) : NULL;
}

DeskFillIn *
desk_fill_in_new (ReunionReport *report, gint64 now_usec)
{
  DeskFillIn *self;

  g_return_val_if_fail (REUNION_IS_REPORT (report), NULL);

  self = g_new0 (DeskFillIn, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (desk_fill_in_fields); i++)
    {
      g_autofree char *held = get_held (report, desk_fill_in_fields[i]);
      g_autofree char *text = derive (report, desk_fill_in_fields[i], now_usec);

      if (text != NULL && g_strcmp0 (held, text) == 0)
        self->texts[i] = g_steal_pointer (&text);
    }
  return self;
}

void
desk_fill_in_free (DeskFillIn *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (desk_fill_in_fields); i++)
    g_free (self->texts[i]);
  g_free (self);
}

gboolean
desk_fill_in_apply (DeskFillIn *self, ReunionReport *report, ReunionField field, gint64 now_usec)
{
  g_autofree char *held = NULL;
  g_autofree char *text = NULL;
  char **filled_in;

  g_return_val_if_fail (self != NULL && REUNION_IS_REPORT (report), FALSE);

  filled_in = find_text (self, field);
  held = get_held (report, field);
  text = derive (report, field, now_usec);
  if (text == NULL || (held != NULL && g_strcmp0 (held, *filled_in) != 0))
    return FALSE;
  if (field == REUNION_FIELD_AGE_YEARS)
    reunion_report_set_int (report, field, g_ascii_strtoll (text, NULL, 10));
  else
    reunion_report_set_text (report, field, text);
  g_free (*filled_in);
  *filled_in = g_steal_pointer (&text);
  return TRUE;
}
