/* desk-case-model.h: what the window says of a case at a given instant
 *
 * Pure text and numbers, no widgets; the pages ask again every second.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-case.h"

G_BEGIN_DECLS

/**
 * DeskRing:
 * @radius_km: radius of the circle
 * @is_reached: the clock has come to it
 * @label: such as "300 km in 42 min", translated
 */
typedef struct
{
  double radius_km;
  gboolean is_reached;
  char *label;
} DeskRing;

/* The circle in which people are, or would be, alerted at @now_usec, in km; 0
 * when there is none. */
double desk_case_model_get_radius_km (ReunionCase *case_, ReunionPolicy *policy, gint64 now_usec);

/* One DeskRing for each stage of the policy; NULL when the case has no circle
 * (no time or place of loss, or ended). Transfer full. */
GPtrArray *desk_case_model_get_rings (ReunionCase *case_, ReunionPolicy *policy, gint64 now_usec);

/* The same as they are, were or will be at @moment_usec, whatever has become of the
 * case since; NULL without time or place of loss. Transfer full. */
GPtrArray *
desk_case_model_get_rings_at (ReunionCase *case_, ReunionPolicy *policy, gint64 moment_usec);
/* "2 h 10 min after the loss, 300 km"; "" without time of loss. Transfer full. */
char *desk_case_model_format_moment (ReunionCase *case_, ReunionPolicy *policy, gint64 moment_usec);

/* Translated texts, transfer full. Name or "Name unknown"; "13, male"; time
 * since the loss; "200 km" or NULL; when the circle grows next or NULL. */
char *desk_case_model_format_name (ReunionCase *case_);
/* The same, but a draft without a name is told from others by when it was begun, in
 * the local zone: "Unnamed, begun 14:32", with the day unless it is that of
 * @now_usec. */
char *desk_case_model_format_title (ReunionCase *case_, gint64 now_usec);
char *desk_case_model_format_person (ReunionCase *case_, gint64 now_usec);
char *desk_case_model_format_elapsed (ReunionCase *case_, gint64 now_usec);
char *desk_case_model_format_radius (ReunionCase *case_, ReunionPolicy *policy, gint64 now_usec);
char *
desk_case_model_format_next_change (ReunionCase *case_, ReunionPolicy *policy, gint64 now_usec);

/* The style class that goes with the state: "accent", "success", "warning",
 * "error" or "dim". The state's own label is always shown beside it. */
const char *desk_case_model_get_style (ReunionCaseState state);

G_END_DECLS
