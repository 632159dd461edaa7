/* reunion-report.h: what the officer entered
 *
 * A report is one value, or none, for each row of the field table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "reunion-field.h"
#include "reunion-geodesy.h"

G_BEGIN_DECLS

#define REUNION_TYPE_REPORT (reunion_report_get_type ())
G_DECLARE_FINAL_TYPE (ReunionReport, reunion_report, REUNION, REPORT, GObject)

#define REUNION_REPORT_ERROR (reunion_report_error_quark ())
GQuark reunion_report_error_quark (void);

/**
 * ReunionReportError:
 * @REUNION_REPORT_ERROR_VALUE: the value does not fit the field: too long, out
 *   of range, not among the choices, no date
 */
typedef enum
{
  REUNION_REPORT_ERROR_VALUE,
} ReunionReportError;

ReunionReport *reunion_report_new (void);
/* Transfer full. */
ReunionReport *reunion_report_copy (ReunionReport *self);
gboolean reunion_report_equal (ReunionReport *a, ReunionReport *b);
gboolean reunion_report_equal_field (ReunionReport *a, ReunionReport *b, ReunionField field);

gboolean reunion_report_has (ReunionReport *self, ReunionField field);
void reunion_report_unset (ReunionReport *self, ReunionField field);

/* Text, choice and date fields. Transfer none; NULL when unset. The setter
 * trims white space, and turns line breaks into spaces but in a LONG_TEXT
 * field; NULL or nothing but white space unsets. It takes any UTF-8 text, for a
 * draft holds what was typed, right or wrong: see reunion_report_check(). */
const char *reunion_report_get_text (ReunionReport *self, ReunionField field);
void reunion_report_set_text (ReunionReport *self, ReunionField field, const char *text);

/* Time, integer and flag fields; @fallback when unset. */
gint64 reunion_report_get_int (ReunionReport *self, ReunionField field, gint64 fallback);
void reunion_report_set_int (ReunionReport *self, ReunionField field, gint64 value);
gboolean reunion_report_get_flag (ReunionReport *self, ReunionField field);

/* Degree fields; @fallback when unset. */
double reunion_report_get_degrees (ReunionReport *self, ReunionField field, double fallback);
void reunion_report_set_degrees (ReunionReport *self, ReunionField field, double value);

/* The place of loss in WGS-84; FALSE when there is none yet. */
gboolean reunion_report_get_point (ReunionReport *self, ReunionPoint *point);
void reunion_report_set_point (ReunionReport *self, ReunionPoint point);

/* Age in whole years at @at_usec (microseconds since the epoch, taken in
 * China's time), from the date of birth where there is one,
 * else the age entered; -1 when neither is known. */
int reunion_report_get_age_years (ReunionReport *self, gint64 at_usec);

/* Whether the value of @field, if there is one, fits it. The error's sentence
 * names the field, and says what is wrong and what to do. */
gboolean reunion_report_check (ReunionReport *self, ReunionField field, GError **error);

/* Whether the public may see @field of this report: what is vital depends on it. */
gboolean reunion_report_is_public (ReunionReport *self, ReunionField field);
/* A copy that holds only what the public may see; the age is that on the day
 * of loss. A copy of the copy holds the same. Transfer full. */
ReunionReport *reunion_report_redact (ReunionReport *self);

G_END_DECLS
