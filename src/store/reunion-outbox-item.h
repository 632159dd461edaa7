/* reunion-outbox-item.h: one thing that waits to go out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ReunionOutboxKind:
 * @REUNION_OUTBOX_PHOTO: body: the photo's SHA-256 in hexadecimal
 * @REUNION_OUTBOX_SUBMIT: body: the case as JSON
 * @REUNION_OUTBOX_DECISION: body: {"decision": …, "reason": …, "fields": …}
 * @REUNION_OUTBOX_CLOSE: body: {"outcome": …, "note": …}
 * @REUNION_OUTBOX_TIP_STATE: body: {"tip_id": …, "state": …}
 * @REUNION_OUTBOX_AMEND: body: {"case": …, "reason": …}; the case's revision is
 *   the one that it was based on
 */
typedef enum
{
  REUNION_OUTBOX_PHOTO,
  REUNION_OUTBOX_SUBMIT,
  REUNION_OUTBOX_DECISION,
  REUNION_OUTBOX_CLOSE,
  REUNION_OUTBOX_TIP_STATE,
  REUNION_OUTBOX_AMEND,
} ReunionOutboxKind;

#define REUNION_N_OUTBOX_KINDS (REUNION_OUTBOX_AMEND + 1)

typedef enum
{
  REUNION_OUTBOX_WAITING,
  REUNION_OUTBOX_SENDING,
  REUNION_OUTBOX_SENT,
  REUNION_OUTBOX_ATTENTION,
} ReunionOutboxState;

#define REUNION_N_OUTBOX_STATES (REUNION_OUTBOX_ATTENTION + 1)

#define REUNION_TYPE_OUTBOX_ITEM (reunion_outbox_item_get_type ())
G_DECLARE_FINAL_TYPE (ReunionOutboxItem, reunion_outbox_item, REUNION, OUTBOX_ITEM, GObject)

/**
 * ReunionOutboxItem:
 *
 * A copy of a row; changing the row is the store's business. Times are
 * microseconds since the epoch; texts belong to the item.
 */
ReunionOutboxItem *reunion_outbox_item_new (gint64 sequence,
                                            const char *operation_id,
                                            const char *case_id,
                                            ReunionOutboxKind kind,
                                            const char *body,
                                            ReunionOutboxState state,
                                            guint n_attempts,
                                            gint64 created_usec,
                                            gint64 next_try_usec,
                                            const char *last_error);

gint64 reunion_outbox_item_get_sequence (ReunionOutboxItem *self);
/* A UUID made on the desk, sent as Idempotency-Key with every attempt. */
const char *reunion_outbox_item_get_operation_id (ReunionOutboxItem *self);
const char *reunion_outbox_item_get_case_id (ReunionOutboxItem *self);
ReunionOutboxKind reunion_outbox_item_get_kind (ReunionOutboxItem *self);
const char *reunion_outbox_item_get_body (ReunionOutboxItem *self);
ReunionOutboxState reunion_outbox_item_get_state (ReunionOutboxItem *self);
guint reunion_outbox_item_get_n_attempts (ReunionOutboxItem *self);
gint64 reunion_outbox_item_get_created_usec (ReunionOutboxItem *self);
gint64 reunion_outbox_item_get_next_try_usec (ReunionOutboxItem *self);
/* Why the last attempt failed; NULL when there was none or it did not. */
const char *reunion_outbox_item_get_last_error (ReunionOutboxItem *self);

/* Names in the store. */
const char *reunion_outbox_kind_to_key (ReunionOutboxKind kind);
gboolean reunion_outbox_kind_from_key (const char *key, ReunionOutboxKind *kind);
/* Translated, for a list of what waits. Transfer none. */
const char *reunion_outbox_kind_get_label (ReunionOutboxKind kind);
const char *reunion_outbox_state_get_label (ReunionOutboxState state);

G_END_DECLS
