/* desk-credentials.c: who may use this PC while the service can't be asked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-credentials.h"

#include <sodium.h>
#include <string.h>

#define LAST_ACCOUNT "last-account"

static char *
make_key (const char *account)
{
  return g_strconcat ("password-hash:", account, NULL);
}

DeskCredentialsAnswer
desk_credentials_check (ReunionStationStore *store, const char *account, const char *password)
{
  g_autofree char *key = make_key (account);
  g_autofree char *hash = reunion_station_store_get_setting (store, key);
  g_autofree char *last = NULL;

  if (hash != NULL && sodium_init () >= 0)
    return crypto_pwhash_str_verify (hash, password, strlen (password)) == 0
               ? DESK_CREDENTIALS_FIT
               : DESK_CREDENTIALS_DIFFER;
  last = desk_credentials_get_last_account (store);
  return last == NULL ? DESK_CREDENTIALS_FRESH : DESK_CREDENTIALS_UNKNOWN;
}

void
desk_credentials_remember (ReunionStationStore *store, const char *account, const char *password)
{
  g_autofree char *key = make_key (account);
  g_autoptr (GError) error = NULL;
  char hash[crypto_pwhash_STRBYTES];

  if (!reunion_station_store_set_setting (store, LAST_ACCOUNT, account, &error))
    g_warning ("%s", error->message);
  if (desk_credentials_check (store, account, password) == DESK_CREDENTIALS_FIT)
    return;
  if (sodium_init () < 0
      || crypto_pwhash_str (hash, password, strlen (password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                            crypto_pwhash_MEMLIMIT_INTERACTIVE)
             != 0)
    {
      g_warning ("No memory to keep the password's hash");
      return;
    }
  g_clear_error (&error);
  if (!reunion_station_store_set_setting (store, key, hash, &error))
    g_warning ("%s", error->message);
}

void
desk_credentials_forget (ReunionStationStore *store, const char *account)
{
  g_autofree char *key = make_key (account);
  g_autofree char *hash = reunion_station_store_get_setting (store, key);
  g_autoptr (GError) error = NULL;

  /* No password fits an empty hash. */
  if (hash != NULL && !reunion_station_store_set_setting (store, key, "", &error))
    g_warning ("%s", error->message);
}

char *
desk_credentials_get_last_account (ReunionStationStore *store)
{
  return reunion_station_store_get_setting (store, LAST_ACCOUNT);
}
