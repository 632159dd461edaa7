/* reunion-wire-history.h: the history of a case as JSON
 *
 * {"entries": [{"at": …, "action": "amend", "account": …, "name": …,
 * "station": …, "station_name": …, "reason": …, "changes": [{"key": …,
 * "before": …, "after": …, "reason": …}, …]}, …]}, the earliest entry first.
 * Members without a value are left out. Errors are in the domain of
 * reunion-json.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-history.h"
#include "reunion-json.h"

G_BEGIN_DECLS

/* One entry. An action that this version does not know gives NULL without
 * error: a newer service has taken a step that can't be told here. Transfer
 * full. */
JsonObject *reunion_wire_history_entry_to_object (ReunionHistoryEntry *entry);
ReunionHistoryEntry *reunion_wire_history_entry_from_object (JsonObject *object, GError **error);

/* Array of ReunionHistoryEntry; those of unknown action are passed over.
 * Transfer full. */
char *reunion_wire_history_to_json (GPtrArray *entries);
GPtrArray *reunion_wire_history_from_json (const char *text, gssize length, GError **error);

G_END_DECLS
