/* reunion-outbox-item.c: one thing that waits to go out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-outbox-item.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _ReunionOutboxItem
{
  GObject parent_instance;

  gint64 sequence;
  char *operation_id;
  char *case_id;
  ReunionOutboxKind kind;
  char *body;
  ReunionOutboxState state;
  guint n_attempts;
  gint64 created_usec;
  gint64 next_try_usec;
  char *last_error;
};

static const struct
{
  const char *key;
  const char *label;
} kind_names[REUNION_N_OUTBOX_KINDS] = {
  [REUNION_OUTBOX_PHOTO] = { "photo", N_("Photo") },
  [REUNION_OUTBOX_SUBMIT] = { "submit", N_("Report") },
  [REUNION_OUTBOX_DECISION] = { "decision", N_("Decision") },
  [REUNION_OUTBOX_CLOSE] = { "close", N_("Closing") },
  [REUNION_OUTBOX_TIP_STATE] = { "tip_state", N_("Tip review") },
  [REUNION_OUTBOX_AMEND] = { "amend", N_("Amendment") },
};

static const char *const state_labels[REUNION_N_OUTBOX_STATES] = {
  [REUNION_OUTBOX_WAITING] = N_("Waiting"),
  [REUNION_OUTBOX_SENDING] = N_("Sending"),
  [REUNION_OUTBOX_SENT] = N_("Sent"),
  [REUNION_OUTBOX_ATTENTION] = N_("Needs attention"),
};

G_DEFINE_FINAL_TYPE (ReunionOutboxItem, reunion_outbox_item, G_TYPE_OBJECT)

static void
reunion_outbox_item_finalize (GObject *object)
{
  ReunionOutboxItem *self = REUNION_OUTBOX_ITEM (object);

  g_free (self->operation_id);
  g_free (self->case_id);
  g_free (self->body);
  g_free (self->last_error);
  G_OBJECT_CLASS (reunion_outbox_item_parent_class)->finalize (object);
}

static void
reunion_outbox_item_class_init (ReunionOutboxItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reunion_outbox_item_finalize;
}

static void
reunion_outbox_item_init (ReunionOutboxItem *self)
{
}

ReunionOutboxItem *
reunion_outbox_item_new (gint64 sequence,
                         const char *operation_id,
                         const char *case_id,
                         ReunionOutboxKind kind,
                         const char *body,
                         ReunionOutboxState state,
                         guint n_attempts,
                         gint64 created_usec,
                         gint64 next_try_usec,
                         const char *last_error)
{
  ReunionOutboxItem *self = g_object_new (REUNION_TYPE_OUTBOX_ITEM, NULL);

  self->sequence = sequence;
  self->operation_id = g_strdup (operation_id);
  self->case_id = g_strdup (case_id);
  self->kind = kind;
  self->body = g_strdup (body);
  self->state = state;
  self->n_attempts = n_attempts;
  self->created_usec = created_usec;
  self->next_try_usec = next_try_usec;
  self->last_error = g_strdup (last_error);
  return self;
}

gint64
reunion_outbox_item_get_sequence (ReunionOutboxItem *self)
{
  g_return_val_if_fail (REUNION_IS_OUTBOX_ITEM (self), 0);
  return self->sequence;
}

const char *
reunion_outbox_item_get_operation_id (ReunionOutboxItem *self)
{
  g_return_val_if_fail (REUNION_IS_OUTBOX_ITEM (self), NULL);
  return self->operation_id;
}

const char *
reunion_outbox_item_get_case_id (ReunionOutboxItem *self)
{
  g_return_val_if_fail (REUNION_IS_OUTBOX_ITEM (self), NULL);
  return self->case_id;
}

ReunionOutboxKind
reunion_outbox_item_get_kind (ReunionOutboxItem *self)
{
  g_return_val_if_fail (REUNION_IS_OUTBOX_ITEM (self), REUNION_OUTBOX_PHOTO);
  return self->kind;
}

const char *
reunion_outbox_item_get_body (ReunionOutboxItem *self)
{
  g_return_val_if_fail (REUNION_IS_OUTBOX_ITEM (self), NULL);
  return self->body;
}

ReunionOutboxState
reunion_outbox_item_get_state (ReunionOutboxItem *self)
{
  g_return_val_if_fail (REUNION_IS_OUTBOX_ITEM (self), REUNION_OUTBOX_WAITING);
  return self->state;
}

guint
reunion_outbox_item_get_n_attempts (ReunionOutboxItem *self)
{
  g_return_val_if_fail (REUNION_IS_OUTBOX_ITEM (self), 0);
  return self->n_attempts;
}

gint64
reunion_outbox_item_get_created_usec (ReunionOutboxItem *self)
{
  g_return_val_if_fail (REUNION_IS_OUTBOX_ITEM (self), 0);
  return self->created_usec;
}

gint64
reunion_outbox_item_get_next_try_usec (ReunionOutboxItem *self)
{
  g_return_val_if_fail (REUNION_IS_OUTBOX_ITEM (self), 0);
  return self->next_try_usec;
}

const char *
reunion_outbox_item_get_last_error (ReunionOutboxItem *self)
{
  g_return_val_if_fail (REUNION_IS_OUTBOX_ITEM (self), NULL);
  return self->last_error;
}

const char *
reunion_outbox_kind_to_key (ReunionOutboxKind kind)
{
  g_return_val_if_fail (kind < REUNION_N_OUTBOX_KINDS, NULL);
  return kind_names[kind].key;
}

gboolean
reunion_outbox_kind_from_key (const char *key, ReunionOutboxKind *kind)
{
  g_return_val_if_fail (key != NULL && kind != NULL, FALSE);

  for (gsize i = 0; i < REUNION_N_OUTBOX_KINDS; i++)
    if (strcmp (kind_names[i].key, key) == 0)
      {
        *kind = (ReunionOutboxKind) i;
        return TRUE;
      }
  return FALSE;
}

const char *
reunion_outbox_kind_get_label (ReunionOutboxKind kind)
{
  g_return_val_if_fail (kind < REUNION_N_OUTBOX_KINDS, NULL);
  return _(kind_names[kind].label);
}

const char *
reunion_outbox_state_get_label (ReunionOutboxState state)
{
  g_return_val_if_fail (state < REUNION_N_OUTBOX_STATES, NULL);
  return _(state_labels[state]);
}
