/* reunion-history.h: who changed what in a case, and when
 *
 * Values stand as text, as they were when the step was taken: times in RFC
 * 3339, numbers in decimal, flags as "true" and "false". Times are
 * microseconds since 1970-01-01T00:00:00Z.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-case.h"

G_BEGIN_DECLS

/**
 * ReunionHistoryAction:
 * @REUNION_HISTORY_SUBMIT: filed for the first time
 * @REUNION_HISTORY_RESUBMIT: filed again after a return
 * @REUNION_HISTORY_RETURN: sent back with reasons
 * @REUNION_HISTORY_APPROVE: approved, and so published
 * @REUNION_HISTORY_REJECT: refused
 * @REUNION_HISTORY_AMEND: changed while it was published
 * @REUNION_HISTORY_ESCALATE: the circle grew; the service does this by itself
 * @REUNION_HISTORY_CLOSE: ended
 * @REUNION_HISTORY_RISE: waited so long for a decision that the next level was
 *   asked too; the service does this by itself
 */
typedef enum
{
  REUNION_HISTORY_SUBMIT,
  REUNION_HISTORY_RESUBMIT,
  REUNION_HISTORY_RETURN,
  REUNION_HISTORY_APPROVE,
  REUNION_HISTORY_REJECT,
  REUNION_HISTORY_AMEND,
  REUNION_HISTORY_ESCALATE,
  REUNION_HISTORY_CLOSE,
  REUNION_HISTORY_RISE,
} ReunionHistoryAction;

#define REUNION_N_HISTORY_ACTIONS (REUNION_HISTORY_RISE + 1)

/* Keys of changes that concern no field of the report. Photos are their
 * hashes, the lead first, with a space between two. */
#define REUNION_HISTORY_KEY_PHOTOS "photos"
#define REUNION_HISTORY_KEY_OUTCOME "outcome"
#define REUNION_HISTORY_KEY_STAGE "stage"
#define REUNION_HISTORY_KEY_LEVEL "review_level"

/**
 * ReunionHistoryChange:
 * @key: of the field, or one of those above
 * @before: NULL when there was nothing
 * @after: NULL when there is nothing any more
 * @reason: in a return, what the reviewer wants of the field, and then @before
 *   and @after are NULL; else NULL
 */
typedef struct
{
  char *key;
  char *before;
  char *after;
  char *reason;
} ReunionHistoryChange;

/* Texts are copied. Transfer full. */
ReunionHistoryChange *reunion_history_change_new (const char *key,
                                                  const char *before,
                                                  const char *after,
                                                  const char *reason);
void reunion_history_change_free (ReunionHistoryChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionHistoryChange, reunion_history_change_free)

/* The translated name of what @key stands for; @key itself when this version
 * does not know it. Transfer none. */
const char *reunion_history_get_key_label (const char *key);
/* @value of @key as a person reads it: a choice by its label, a time in @zone,
 * photos by their number. NULL for NULL. Transfer full. */
char *reunion_history_format_value (const char *key, const char *value, GTimeZone *zone);

/* ReunionHistoryChange for each field whose value differs, in the order of the
 * field table. @before NULL stands for an empty report. Transfer full. */
GPtrArray *reunion_history_diff (ReunionReport *before, ReunionReport *after);
/* The same, and the photos. */
GPtrArray *reunion_history_diff_cases (ReunionCase *before, ReunionCase *after);

#define REUNION_TYPE_HISTORY_ENTRY (reunion_history_entry_get_type ())
G_DECLARE_FINAL_TYPE (ReunionHistoryEntry, reunion_history_entry, REUNION, HISTORY_ENTRY, GObject)

/* One step. Transfer full. */
ReunionHistoryEntry *reunion_history_entry_new (gint64 at_usec, ReunionHistoryAction action);

gint64 reunion_history_entry_get_at_usec (ReunionHistoryEntry *self);
ReunionHistoryAction reunion_history_entry_get_action (ReunionHistoryEntry *self);
/* Who took it: the account, and the person's name, which is NULL for the
 * service's own steps. Both are NULL where they are not the reader's to know. */
const char *reunion_history_entry_get_account (ReunionHistoryEntry *self);
const char *reunion_history_entry_get_name (ReunionHistoryEntry *self);
void reunion_history_entry_set_account (ReunionHistoryEntry *self,
                                        const char *account,
                                        const char *name);
/* The code and the name of that account's station; NULL when it has none. */
const char *reunion_history_entry_get_station (ReunionHistoryEntry *self);
const char *reunion_history_entry_get_station_name (ReunionHistoryEntry *self);
void
reunion_history_entry_set_station (ReunionHistoryEntry *self, const char *code, const char *name);
/* What was said with it: the reviewer's reason, the note at closing, why it was
 * amended. NULL when nothing. */
const char *reunion_history_entry_get_reason (ReunionHistoryEntry *self);
void reunion_history_entry_set_reason (ReunionHistoryEntry *self, const char *reason);

/* What changed. A first filing lists nothing: it is all new. Transfer none. */
guint reunion_history_entry_get_n_changes (ReunionHistoryEntry *self);
const ReunionHistoryChange *reunion_history_entry_get_change (ReunionHistoryEntry *self,
                                                              guint index);
/* Takes @change. */
void reunion_history_entry_add_change (ReunionHistoryEntry *self, ReunionHistoryChange *change);

/* What everybody but the police whose case it is may know of it: steps of the
 * published case, with stations but no persons, no reasons, and nothing but
 * public fields. NULL for a step that is none of theirs. Transfer full. */
ReunionHistoryEntry *reunion_history_entry_redact (ReunionHistoryEntry *self);

/* Names on the wire and in the store; the label is translated. Transfer none. */
const char *reunion_history_action_to_key (ReunionHistoryAction action);
gboolean reunion_history_action_from_key (const char *key, ReunionHistoryAction *action);
const char *reunion_history_action_get_label (ReunionHistoryAction action);

G_END_DECLS
