/* reunion-case-remains.c: what is kept of a case that has expired
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-case.h"

ReunionCase *
reunion_case_get_remains (ReunionCase *self)
{
  /* Choices from a list and a code of the map, shared by many: none of them tells
   * who it was. */
  static const ReunionField kept[]
      = { REUNION_FIELD_PERSON_KIND, REUNION_FIELD_SEX, REUNION_FIELD_KIND, REUNION_FIELD_REGION };
  ReunionReport *report;
  ReunionReport *rest;
  ReunionCase *remains;
  int age_years;

  g_return_val_if_fail (REUNION_IS_CASE (self), NULL);

  report = reunion_case_get_report (self);
  remains = reunion_case_new (reunion_case_get_id (self));
  rest = reunion_case_get_report (remains);
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    if (reunion_report_has (report, kept[i]))
      reunion_report_set_text (rest, kept[i], reunion_report_get_text (report, kept[i]));
  age_years = reunion_report_get_age_years (
      report, reunion_report_get_int (report, REUNION_FIELD_LAST_SEEN,
                                      reunion_case_get_closed_usec (self)));
  if (age_years >= 0)
    reunion_report_set_int (rest, REUNION_FIELD_AGE_YEARS, age_years);
  reunion_case_set_state (remains, REUNION_CASE_STATE_EXPIRED);
  reunion_case_set_revision (remains, reunion_case_get_revision (self));
  reunion_case_set_stage (remains, reunion_case_get_stage (self));
  reunion_case_set_station (remains, reunion_case_get_station (self),
                            reunion_case_get_station_name (self));
  reunion_case_set_created_usec (remains, reunion_case_get_created_usec (self));
  reunion_case_set_submitted_usec (remains, reunion_case_get_submitted_usec (self));
  reunion_case_set_published_usec (remains, reunion_case_get_published_usec (self));
  reunion_case_set_closed_usec (remains, reunion_case_get_closed_usec (self));
  reunion_case_set_expires_usec (remains, reunion_case_get_expires_usec (self));
  reunion_case_set_outcome (remains, reunion_case_get_outcome (self));
  return remains;
}
