/* central-accounts.c: who calls, and what they may see
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-accounts.h"

#include "central-audit.h"
#include "central-sessions.h"
#include "reunion-central-accounts.h"

#include <sodium.h>
#include <string.h>

typedef struct
{
  ReunionAccountEntry *entry; /* NULL when there is none of that name */
  char *password;
  char *origin;
} SignIn;

/* Checked when there is no such account, so that the time that an answer takes
 * does not tell which names exist. */
static const char *
decoy_hash (void)
{
  static char *hash = NULL;

  if (g_once_init_enter (&hash))
    {
      char *made = central_accounts_hash_password ("decoy", FALSE);

      g_once_init_leave (&hash, made);
    }
  return hash;
}

static void
sign_in_free (SignIn *sign_in)
{
  g_clear_pointer (&sign_in->entry, reunion_account_entry_free);
  g_free (sign_in->origin);
  sodium_memzero (sign_in->password, strlen (sign_in->password));
  g_free (sign_in->password);
  g_free (sign_in);
}

char *
central_accounts_hash_password (const char *password, gboolean is_cheap)
{
  char hash[crypto_pwhash_STRBYTES];
  int failed;

  g_return_val_if_fail (password != NULL, NULL);

  failed = crypto_pwhash_str (
      hash, password, strlen (password),
      is_cheap ? crypto_pwhash_OPSLIMIT_MIN : crypto_pwhash_OPSLIMIT_INTERACTIVE,
      is_cheap ? crypto_pwhash_MEMLIMIT_MIN : crypto_pwhash_MEMLIMIT_INTERACTIVE);
  if (failed != 0)
    g_error ("Not enough memory to hash a password");
  return g_strdup (hash);
}

CentralSight
central_account_get_sight (const ReunionCentralAccount *account, ReunionCase *case_)
{
  const char *station = reunion_case_get_station (case_);

  g_return_val_if_fail (account != NULL, CENTRAL_SIGHT_NONE);

  if (account->role == REUNION_ROLE_REVIEWER && station != NULL
      && g_str_has_prefix (station, account->region))
    return CENTRAL_SIGHT_WHOLE;
  if (account->role == REUNION_ROLE_OFFICER && g_strcmp0 (station, account->station) == 0)
    return CENTRAL_SIGHT_WHOLE;
  return reunion_case_get_published_usec (case_) > 0 ? CENTRAL_SIGHT_NOTICE : CENTRAL_SIGHT_NONE;
}

ReunionCentralAccount *
central_accounts_authenticate (CentralService *service, const char *authorization, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *token_hash = NULL;
  ReunionCentralAccount *account = NULL;

  if (authorization != NULL && g_ascii_strncasecmp (authorization, "Bearer ", 7) == 0)
    {
      token_hash = central_sessions_hash_token (authorization + 7);
      account = reunion_central_store_find_session (central_service_get_store (service), token_hash,
                                                    central_service_get_now_usec (service),
                                                    &local_error);
    }
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (account == NULL)
    g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_UNAUTHORIZED,
                         "Sign in first: POST /v1/sessions gives a token, to be sent as "
                         "“Authorization: Bearer …”.");
  return account;
}

/* In a thread: touches nothing but the data of the task. */
static void
check_password (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const SignIn *sign_in = task_data;
  const char *hash
      = sign_in->entry != NULL ? sign_in->entry->account->password_hash : decoy_hash ();
  gboolean fits
      = crypto_pwhash_str_verify (hash, sign_in->password, strlen (sign_in->password)) == 0;

  g_task_return_boolean (task, fits && sign_in->entry != NULL);
}

static void
password_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CentralService *service = CENTRAL_SERVICE (source);
  g_autoptr (GTask) task = user_data;
  const SignIn *sign_in = g_task_get_task_data (G_TASK (result));
  const ReunionCentralAccount *account = sign_in->entry != NULL ? sign_in->entry->account : NULL;
  GError *error = NULL;
  char *answer;

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    {
      /* What was typed in place of a name may have been a password. */
      central_audit_note (service, account != NULL ? account->account : "unknown",
                          "sign_in.refused", NULL, sign_in->origin);
      g_task_return_new_error (task, CENTRAL_ERROR, CENTRAL_ERROR_UNAUTHORIZED,
                               "No account has this name and password. Check both.");
      return;
    }
  if (sign_in->entry->is_locked)
    {
      central_audit_note (service, account->account, "sign_in.locked", NULL, sign_in->origin);
      g_task_return_new_error (task, CENTRAL_ERROR, CENTRAL_ERROR_FORBIDDEN,
                               "This account is locked. Ask the administrator of your county.");
      return;
    }
  answer = central_sessions_open (service, account, sign_in->origin, &error);
  if (answer != NULL)
    g_task_return_pointer (task, answer, g_free);
  else
    g_task_return_error (task, error);
}

void
central_accounts_sign_in_async (CentralService *service,
                                const char *account,
                                const char *password,
                                const char *origin,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (service, NULL, callback, user_data);
  g_autoptr (GTask) check = NULL;
  SignIn *sign_in;
  GError *error = NULL;

  sign_in = g_new0 (SignIn, 1);
  sign_in->password = g_strdup (password);
  sign_in->origin = g_strdup (origin);
  sign_in->entry = reunion_central_store_find_account_entry (central_service_get_store (service),
                                                             account, &error);
  check = g_task_new (service, NULL, password_checked_cb, g_object_ref (task));
  g_task_set_task_data (check, sign_in, (GDestroyNotify) sign_in_free);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_task_run_in_thread (check, check_password);
}

char *
central_accounts_sign_in_finish (CentralService *service, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, service), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
