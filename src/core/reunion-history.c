/* reunion-history.c: who changed what in a case, and when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-history.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _ReunionHistoryEntry
{
  GObject parent_instance;

  gint64 at_usec;
  ReunionHistoryAction action;
  char *account;
  char *name;
  char *station;
  char *station_name;
  char *reason;
  GPtrArray *changes; /* ReunionHistoryChange */
};

static const struct
{
  const char *key;
  const char *label;
  gboolean is_public; /* a step of the published case */
} actions[REUNION_N_HISTORY_ACTIONS] = {
  [REUNION_HISTORY_SUBMIT] = { "submit", N_("Submitted"), FALSE },
  [REUNION_HISTORY_RESUBMIT] = { "resubmit", N_("Submitted again"), FALSE },
  [REUNION_HISTORY_RETURN] = { "return", N_("Returned"), FALSE },
  [REUNION_HISTORY_APPROVE] = { "approve", N_("Approved"), TRUE },
  [REUNION_HISTORY_REJECT] = { "reject", N_("Rejected"), FALSE },
  [REUNION_HISTORY_AMEND] = { "amend", N_("Amended"), TRUE },
  [REUNION_HISTORY_ESCALATE] = { "escalate", N_("Circle widened"), TRUE },
  [REUNION_HISTORY_CLOSE] = { "close", N_("Closed"), TRUE },
  [REUNION_HISTORY_RISE] = { "rise", N_("Next level asked"), FALSE },
};

G_DEFINE_FINAL_TYPE (ReunionHistoryEntry, reunion_history_entry, G_TYPE_OBJECT)

static void
set_string (char **field, const char *value)
{
  char *copy = value != NULL && *value != '\0' ? g_strdup (value) : NULL;

  g_free (*field);
  *field = copy;
}

static gboolean
is_public_key (const char *key)
{
  ReunionField field;

  if (reunion_field_from_key (key, &field))
    return reunion_field_get_info (field)->audience == REUNION_AUDIENCE_PUBLIC;
  return strcmp (key, REUNION_HISTORY_KEY_PHOTOS) == 0
         || strcmp (key, REUNION_HISTORY_KEY_OUTCOME) == 0
         || strcmp (key, REUNION_HISTORY_KEY_STAGE) == 0;
}

static void
reunion_history_entry_finalize (GObject *object)
{
  ReunionHistoryEntry *self = REUNION_HISTORY_ENTRY (object);

  g_free (self->account);
  g_free (self->name);
  g_free (self->station);
  g_free (self->station_name);
  g_free (self->reason);
  g_ptr_array_unref (self->changes);
  G_OBJECT_CLASS (reunion_history_entry_parent_class)->finalize (object);
}

static void
reunion_history_entry_class_init (ReunionHistoryEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reunion_history_entry_finalize;
}

static void
reunion_history_entry_init (ReunionHistoryEntry *self)
{
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_history_change_free);
}

ReunionHistoryEntry *
reunion_history_entry_new (gint64 at_usec, ReunionHistoryAction action)
{
  ReunionHistoryEntry *self;

  g_return_val_if_fail (action < REUNION_N_HISTORY_ACTIONS, NULL);

  self = g_object_new (REUNION_TYPE_HISTORY_ENTRY, NULL);
  self->at_usec = at_usec;
  self->action = action;
  return self;
}

gint64
reunion_history_entry_get_at_usec (ReunionHistoryEntry *self)
{
  g_return_val_if_fail (REUNION_IS_HISTORY_ENTRY (self), 0);
  return self->at_usec;
}

ReunionHistoryAction
reunion_history_entry_get_action (ReunionHistoryEntry *self)
{
  g_return_val_if_fail (REUNION_IS_HISTORY_ENTRY (self), REUNION_HISTORY_SUBMIT);
  return self->action;
}

const char *
reunion_history_entry_get_account (ReunionHistoryEntry *self)
{
  g_return_val_if_fail (REUNION_IS_HISTORY_ENTRY (self), NULL);
  return self->account;
}

const char *
reunion_history_entry_get_name (ReunionHistoryEntry *self)
{
  g_return_val_if_fail (REUNION_IS_HISTORY_ENTRY (self), NULL);
  return self->name;
}

void
reunion_history_entry_set_account (ReunionHistoryEntry *self, const char *account, const char *name)
{
  g_return_if_fail (REUNION_IS_HISTORY_ENTRY (self));
  set_string (&self->account, account);
  set_string (&self->name, name);
}

const char *
reunion_history_entry_get_station (ReunionHistoryEntry *self)
{
  g_return_val_if_fail (REUNION_IS_HISTORY_ENTRY (self), NULL);
  return self->station;
}

const char *
reunion_history_entry_get_station_name (ReunionHistoryEntry *self)
{
  g_return_val_if_fail (REUNION_IS_HISTORY_ENTRY (self), NULL);
  return self->station_name;
}

void
reunion_history_entry_set_station (ReunionHistoryEntry *self, const char *code, const char *name)
{
  g_return_if_fail (REUNION_IS_HISTORY_ENTRY (self));
  set_string (&self->station, code);
  set_string (&self->station_name, name);
}

const char *
reunion_history_entry_get_reason (ReunionHistoryEntry *self)
{
  g_return_val_if_fail (REUNION_IS_HISTORY_ENTRY (self), NULL);
  return self->reason;
}

void
reunion_history_entry_set_reason (ReunionHistoryEntry *self, const char *reason)
{
  g_return_if_fail (REUNION_IS_HISTORY_ENTRY (self));
  set_string (&self->reason, reason);
}

guint
reunion_history_entry_get_n_changes (ReunionHistoryEntry *self)
{
  g_return_val_if_fail (REUNION_IS_HISTORY_ENTRY (self), 0);
  return self->changes->len;
}

const ReunionHistoryChange *
reunion_history_entry_get_change (ReunionHistoryEntry *self, guint index)
{
  g_return_val_if_fail (REUNION_IS_HISTORY_ENTRY (self) && index < self->changes->len, NULL);
  return self->changes->pdata[index];
}

void
reunion_history_entry_add_change (ReunionHistoryEntry *self, ReunionHistoryChange *change)
{
  g_return_if_fail (REUNION_IS_HISTORY_ENTRY (self) && change != NULL);
  g_ptr_array_add (self->changes, change);
}

ReunionHistoryEntry *
reunion_history_entry_redact (ReunionHistoryEntry *self)
{
  ReunionHistoryEntry *copy;

  g_return_val_if_fail (REUNION_IS_HISTORY_ENTRY (self), NULL);

  if (!actions[self->action].is_public)
    return NULL;
  copy = reunion_history_entry_new (self->at_usec, self->action);
  reunion_history_entry_set_station (copy, self->station, self->station_name);
  for (guint i = 0; i < self->changes->len; i++)
    {
      const ReunionHistoryChange *change = self->changes->pdata[i];

      if (is_public_key (change->key))
        reunion_history_entry_add_change (
            copy, reunion_history_change_new (change->key, change->before, change->after, NULL));
    }
  return copy;
}

const char *
reunion_history_action_to_key (ReunionHistoryAction action)
{
  g_return_val_if_fail (action < REUNION_N_HISTORY_ACTIONS, NULL);
  return actions[action].key;
}

gboolean
reunion_history_action_from_key (const char *key, ReunionHistoryAction *action)
{
  g_return_val_if_fail (key != NULL && action != NULL, FALSE);

  for (gsize i = 0; i < REUNION_N_HISTORY_ACTIONS; i++)
    if (strcmp (actions[i].key, key) == 0)
      {
        *action = (ReunionHistoryAction) i;
        return TRUE;
      }
  return FALSE;
}

const char *
reunion_history_action_get_label (ReunionHistoryAction action)
{
  g_return_val_if_fail (action < REUNION_N_HISTORY_ACTIONS, NULL);
  return _(actions[action].label);
}
