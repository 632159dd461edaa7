/* reunion-wire.h: cases, tips and changes as JSON
 *
 * One codec for the desk, the service and both stores, so that they can't
 * drift apart. Every reader bounds what it takes and checks its type; its errors
 * are in the domain of reunion-json.h or of the record that a value does not
 * fit. The fields of a report may hold whatever was typed, for a draft does:
 * whoever needs them right asks reunion_standard_check().
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-case.h"
#include "reunion-json.h"
#include "reunion-statistics.h"
#include "reunion-tip.h"

G_BEGIN_DECLS

/* Cases. Unknown members are passed over, so that an older desk understands a
 * newer service. Transfer full. */
JsonObject *reunion_wire_case_to_object (ReunionCase *case_);
ReunionCase *reunion_wire_case_from_object (JsonObject *object, GError **error);
char *reunion_wire_case_to_json (ReunionCase *case_);
ReunionCase *reunion_wire_case_from_json (const char *text, gssize length, GError **error);

/* The reviewer's reasons at fields: [{"field": key, "reason": text}, …]. The
 * array is transfer full. The reader gives an array of ReunionFieldReason whose
 * texts are @object's; empty when @member is missing. A field that this version
 * does not know is passed over, unless @is_strict. */
JsonArray *reunion_wire_field_reasons_to_array (const ReunionFieldReason *reasons, gsize n_reasons);
GArray *reunion_wire_field_reasons_from_object (JsonObject *object,
                                                const char *member,
                                                gboolean is_strict,
                                                GError **error);

/* Tips, whole. Transfer full. */
JsonObject *reunion_wire_tip_to_object (ReunionTip *tip);
ReunionTip *reunion_wire_tip_from_object (JsonObject *object, GError **error);
char *reunion_wire_tip_to_json (ReunionTip *tip);
ReunionTip *reunion_wire_tip_from_json (const char *text, gssize length, GError **error);

/* The escalation table, and that of review, which may be left out for the national
 * one: {"stages": [{"after_seconds": 0, "radius_km": 100}, …], "review_levels":
 * [{"region_digits": 6, "wait_seconds": 600}, …, {"region_digits": 0}]}.
 * Transfer full. */
JsonObject *reunion_wire_policy_to_object (ReunionPolicy *policy);
ReunionPolicy *reunion_wire_policy_from_object (JsonObject *object, GError **error);

/* Counts for the nation and each province, one entry for each period:
 * {"periods": [{"from": …, "to": …, "nation": …, "provinces": …}, …]}. Arrays
 * of ReunionStatistics. Transfer full. */
JsonObject *reunion_wire_statistics_to_object (GPtrArray *periods);
GPtrArray *reunion_wire_statistics_from_object (JsonObject *object, GError **error);

/**
 * ReunionChange:
 * @sequence: place in the service's feed, 1 or more, ever rising
 * @case_: the case as it now stands, or NULL
 * @tip: the tip as it now stands, or NULL
 *
 * One entry of the change feed: exactly one of @case_ and @tip is there. A
 * kind that this version does not know has neither.
 */
typedef struct
{
  gint64 sequence;
  ReunionCase *case_;
  ReunionTip *tip;
} ReunionChange;

ReunionChange *reunion_change_new_case (gint64 sequence, ReunionCase *case_);
ReunionChange *reunion_change_new_tip (gint64 sequence, ReunionTip *tip);
void reunion_change_free (ReunionChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionChange, reunion_change_free)

char *reunion_wire_change_to_json (const ReunionChange *change);
ReunionChange *reunion_wire_change_from_object (JsonObject *object, GError **error);
ReunionChange *reunion_wire_change_from_json (const char *text, gssize length, GError **error);

/* A page of the feed: {"changes": […], "next": N}. @next is the cursor for the
 * following page. Array of ReunionChange; transfer full. */
GPtrArray *
reunion_wire_changes_from_json (const char *text, gssize length, gint64 *next, GError **error);

/* RFC 9457 problem details. The reader gives the sentence for a person:
 * "detail", else "title", else NULL. Transfer full. */
char *reunion_wire_problem_to_json (guint status, const char *type, const char *detail);
char *reunion_wire_problem_get_sentence (const char *text, gssize length);

G_END_DECLS
