/* reunion-duplicate.h: whether two reports may be about the same person
 *
 * Two stations that file the same child send people two ways. So a report is
 * held against the open cases: the same resident ID number is the same person;
 * the same name and age, last seen not far apart, may be.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-case-state.h"
#include "reunion-report.h"

G_BEGIN_DECLS

/* How far apart the same name and age still count, in kilometres on WGS-84. */
#define REUNION_DUPLICATE_RADIUS_KM 200.0

/**
 * ReunionDuplicateKind:
 * @REUNION_DUPLICATE_NONE: nothing speaks for it
 * @REUNION_DUPLICATE_NAME: a name, the age and the neighbourhood agree
 * @REUNION_DUPLICATE_NUMBER: the resident ID number is the same
 *
 * The larger says more.
 */
typedef enum
{
  REUNION_DUPLICATE_NONE,
  REUNION_DUPLICATE_NAME,
  REUNION_DUPLICATE_NUMBER,
} ReunionDuplicateKind;

/* Compares two reports at @now_usec. Names agree when the name of one is the
 * name or one of the other names of the other, as reunion_duplicate_fold_name()
 * writes them. Ages agree when they are the same at @now_usec; with one year to
 * spare unless both dates of birth are known, or both ages were told in one
 * year. Names and ages count within REUNION_DUPLICATE_RADIUS_KM only, so both
 * need a place. @distance_km (may be NULL) gets how far apart the places are,
 * or -1. */
ReunionDuplicateKind reunion_duplicate_compare (ReunionReport *a,
                                                ReunionReport *b,
                                                gint64 now_usec,
                                                double *distance_km);

/* Whether a case in @state is worth a warning: it is open, or about to be. */
gboolean reunion_duplicate_counts (ReunionCaseState state);

/* @name without case, width, accents, spaces, and the dots and dashes within
 * names; "" for what names nobody, such as "不详", and for what is no UTF-8.
 * Transfer full. */
char *reunion_duplicate_fold_name (const char *name);

/* What to look for: each key that two reports have in common makes them worth
 * comparing, and without one they never agree. Each once. Transfer full. */
GStrv reunion_duplicate_list_keys (ReunionReport *report);

G_END_DECLS
