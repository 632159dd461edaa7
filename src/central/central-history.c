/* central-history.c: who changed what in a case, and when
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-history.h"

#include "reunion-wire-history.h"

ReunionHistoryEntry *
central_history_new_step (CentralService *service,
                          const ReunionCentralAccount *account,
                          ReunionHistoryAction action,
                          const char *reason)
{
  ReunionHistoryEntry *step
      = reunion_history_entry_new (central_service_get_now_usec (service), action);

  reunion_history_entry_set_account (step, account->account, account->name);
  reunion_history_entry_set_station (step, account->station, account->station_name);
  reunion_history_entry_set_reason (step, reason);
  return step;
}

ReunionHistoryEntry *
central_history_new_stage (CentralService *service, guint before, guint after)
{
  ReunionHistoryEntry *step = reunion_history_entry_new (central_service_get_now_usec (service),
                                                         REUNION_HISTORY_ESCALATE);
  g_autofree char *old_stage = g_strdup_printf ("%u", before);
  g_autofree char *new_stage = g_strdup_printf ("%u", after);

  reunion_history_entry_set_account (step, "service", NULL);
  reunion_history_entry_add_change (
      step, reunion_history_change_new (REUNION_HISTORY_KEY_STAGE, old_stage, new_stage, NULL));
  return step;
}

ReunionHistoryEntry *
central_history_new_rise (gint64 at_usec, guint before, guint after)
{
  ReunionHistoryEntry *step = reunion_history_entry_new (at_usec, REUNION_HISTORY_RISE);
  g_autofree char *old_level = g_strdup_printf ("%u", before);
  g_autofree char *new_level = g_strdup_printf ("%u", after);

  reunion_history_entry_set_account (step, "service", NULL);
  reunion_history_entry_add_change (
      step, reunion_history_change_new (REUNION_HISTORY_KEY_LEVEL, old_level, new_level, NULL));
  return step;
}

void
central_history_add_difference (ReunionHistoryEntry *step, ReunionCase *before, ReunionCase *after)
{
  g_autoptr (GPtrArray) changes = reunion_history_diff_cases (before, after);

  while (changes->len > 0)
    reunion_history_entry_add_change (step, g_ptr_array_steal_index (changes, 0));
}

/* Transfer full. */
static GPtrArray *
redact (GPtrArray *entries)
{
  GPtrArray *redacted = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < entries->len; i++)
    {
      ReunionHistoryEntry *entry = reunion_history_entry_redact (entries->pdata[i]);

      if (entry != NULL)
        g_ptr_array_add (redacted, entry);
    }
  return redacted;
}

void
central_history_handle_get (CentralRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *answer = NULL;
  CentralSight sight;
  g_autoptr (ReunionCase) case_ = central_request_find_seen_case (request, &sight, &error);

  if (case_ != NULL)
    entries = reunion_central_store_list_history (central_service_get_store (request->service),
                                                  request->parameter, &error);
  if (entries == NULL)
    {
      central_request_fail (request->message, error);
      return;
    }
  if (sight != CENTRAL_SIGHT_WHOLE)
    {
      g_autoptr (GPtrArray) redacted = redact (entries);

      answer = reunion_wire_history_to_json (redacted);
    }
  else
    answer = reunion_wire_history_to_json (entries);
  central_request_respond (request->message, SOUP_STATUS_OK, answer);
}
