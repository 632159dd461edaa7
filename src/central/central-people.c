/* central-people.c: accounts, and who may manage them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-people.h"

#include "central-audit.h"
#include "central-sessions.h"
#include "reunion-central-stations.h"

#include <sodium.h>
#include <string.h>

#define MIN_PASSWORD_CHARS 8
#define MAX_PASSWORD_BYTES 256
#define MAX_NAME_BYTES 200
#define HASH_BYTES 32

gboolean
central_people_manages (const ReunionCentralAccount *actor, const char *region)
{
  g_return_val_if_fail (region != NULL, FALSE);

  if (actor == NULL || actor->role == REUNION_ROLE_ADMINISTRATOR)
    return TRUE;
  return actor->role == REUNION_ROLE_COUNTY_ADMINISTRATOR && *actor->region != '\0'
         && g_str_has_prefix (region, actor->region);
}

char *
central_people_parse_region (const char *text, GError **error)
{
  gsize length = strlen (text);

  if (length > 6 || length % 2 != 0 || strspn (text, "0123456789") != length)
    {
      g_set_error (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
                   "“%.20s” is no region. Give the two, four or six digits of GB/T 2260, or "
                   "nothing for the whole nation.",
                   text);
      return NULL;
    }
  while (length >= 2 && text[length - 1] == '0' && text[length - 2] == '0')
    length -= 2;
  return g_strndup (text, length);
}

gboolean
central_people_check_password (const char *account, const char *password, GError **error)
{
  if (g_utf8_validate (password, -1, NULL) && g_utf8_strlen (password, -1) >= MIN_PASSWORD_CHARS
      && strlen (password) <= MAX_PASSWORD_BYTES && g_ascii_strcasecmp (account, password) != 0)
    return TRUE;
  g_set_error (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
               "The password must have at least %d characters and not be the name of the account. "
               "Choose a longer one.",
               MIN_PASSWORD_CHARS);
  return FALSE;
}

char *
central_people_hash_password (const char *password, const char *seed)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, seed, -1);
  guchar salt[crypto_pwhash_SALTBYTES];
  guchar hash[HASH_BYTES];
  char salt_text[64], hash_text[64];

  memcpy (salt, digest, sizeof salt);
  if (crypto_pwhash (hash, sizeof hash, password, strlen (password), salt,
                     crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                     crypto_pwhash_ALG_ARGON2ID13)
      != 0)
    g_error ("Not enough memory to hash a password");
  sodium_bin2base64 (salt_text, sizeof salt_text, salt, sizeof salt,
                     sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
  sodium_bin2base64 (hash_text, sizeof hash_text, hash, sizeof hash,
                     sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
  return g_strdup_printf ("$argon2id$v=19$m=%u,t=%u,p=1$%s$%s",
                          (guint) (crypto_pwhash_MEMLIMIT_INTERACTIVE / 1024),
                          (guint) crypto_pwhash_OPSLIMIT_INTERACTIVE, salt_text, hash_text);
}

ReunionAccountEntry *
central_people_require (CentralService *service,
                        const ReunionCentralAccount *actor,
                        const char *account,
                        GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ReunionAccountEntry) entry = reunion_central_store_find_account_entry (
      central_service_get_store (service), account, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (entry != NULL && central_people_manages (actor, entry->account->region)
      && (entry->account->role != REUNION_ROLE_ADMINISTRATOR || actor == NULL
          || actor->role == REUNION_ROLE_ADMINISTRATOR))
    return g_steal_pointer (&entry);
  g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_NOT_FOUND,
                       "There is no account of this name in your region.");
  return NULL;
}

static gboolean
check_names (const ReunionCentralAccount *account, GError **error)
{
  static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
  const gsize length = strlen (account->account);

  if (length < 2 || length > 64 || strspn (account->account, allowed) != length)
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
                           "An account is called by 2 to 64 small letters, digits, dots, hyphens "
                           "and underscores, such as wang.jun.");
      return FALSE;
    }
  if (*account->name == '\0' || strlen (account->name) > MAX_NAME_BYTES)
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
                           "Give the name of the person, of at most 200 bytes.");
      return FALSE;
    }
  return TRUE;
}

/* Whether role, station and region go together. */
static gboolean
check_place (CentralService *service, const ReunionCentralAccount *account, GError **error)
{
  g_autoptr (ReunionStation) station = NULL;
  g_autoptr (GError) local_error = NULL;
  const char *sentence = NULL;

  if (account->station != NULL)
    station = reunion_central_store_find_station (central_service_get_store (service),
                                                  account->station, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (account->station != NULL && station == NULL)
    sentence = "There is no station of this code. Add the station first.";
  else if (station != NULL && !g_str_has_prefix (station->code, account->region))
    sentence = "The station lies outside the account's region.";
  else if (account->role == REUNION_ROLE_OFFICER && station == NULL)
    sentence = "An officer needs a station.";
  else if (account->role == REUNION_ROLE_ADMINISTRATOR && *account->region != '\0')
    sentence = "A national administrator has no region; for a region choose the role "
               "“county_administrator”.";
  else if (account->role == REUNION_ROLE_COUNTY_ADMINISTRATOR && *account->region == '\0')
    sentence = "A county administrator needs a region.";
  else if (account->role == REUNION_ROLE_SERVICE)
    sentence = "“service” is no role of a person.";
  if (sentence == NULL)
    return TRUE;
  g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID, sentence);
  return FALSE;
}

static gboolean
check_actor (const ReunionCentralAccount *actor,
             const ReunionCentralAccount *account,
             GError **error)
{
  if (actor == NULL || actor->role == REUNION_ROLE_ADMINISTRATOR
      || (account->role != REUNION_ROLE_ADMINISTRATOR
          && central_people_manages (actor, account->region)))
    return TRUE;
  g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_FORBIDDEN,
                       "A county's administrator manages accounts of its own region only, and no "
                       "national administrators.");
  return FALSE;
}

/* The account with its region worked out. Transfer full; free with g_free(), the rest
 * is borrowed from @account and *@region. */
static gboolean
complete (const ReunionCentralAccount *account,
          ReunionCentralAccount *completed,
          char **region,
          GError **error)
{
  g_autofree char *county = g_strndup (account->station != NULL ? account->station : "", 6);

  *region = central_people_parse_region (account->region != NULL ? account->region : county, error);
  *completed = *account;
  completed->region = *region;
  return *region != NULL;
}

static const char *
get_actor_name (const ReunionCentralAccount *actor)
{
  return actor != NULL ? actor->account : "reunion-central";
}

gboolean
central_people_add (CentralService *service,
                    const ReunionCentralAccount *actor,
                    const ReunionCentralAccount *account,
                    const char *origin,
                    GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);
  ReunionCentralAccount completed;
  g_autofree char *region = NULL;
  g_autofree char *about = NULL;
  g_autoptr (ReunionCentralAccount) known = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (account->account != NULL && account->name != NULL, FALSE);

  if (!check_names (account, error) || !complete (account, &completed, &region, error)
      || !check_actor (actor, &completed, error) || !check_place (service, &completed, error))
    return FALSE;
  known = reunion_central_store_find_account (store, account->account, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (known != NULL)
    {
      g_set_error (error, CENTRAL_ERROR, CENTRAL_ERROR_CONFLICT,
                   "There is an account “%s” already. Choose another name.", account->account);
      return FALSE;
    }
  about = g_strdup_printf ("%s: role %s, region “%s”", account->account,
                           reunion_role_to_key (completed.role), region);
  return reunion_central_store_put_account (store, &completed, error)
         && central_audit_add (service, get_actor_name (actor), "account.create", about, origin,
                               error);
}

gboolean
central_accounts_add (CentralService *service,
                      const ReunionCentralAccount *actor,
                      const ReunionCentralAccount *account,
                      const char *password,
                      GError **error)
{
  ReunionCentralAccount hashed;
  g_autofree char *password_hash = NULL;
  gboolean ok;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service) && account != NULL && password != NULL, FALSE);

  if (!central_people_check_password (account->account, password, error))
    return FALSE;
  password_hash = central_accounts_hash_password (password, FALSE);
  hashed = *account;
  hashed.password_hash = password_hash;
  if (!reunion_central_store_begin (central_service_get_store (service), error))
    return FALSE;
  ok = central_people_add (service, actor, &hashed, NULL, error);
  return central_service_finish (service, ok, error);
}

/* What an entry of the audit says of a change; NULL for none. Transfer full. */
static char *
describe_change (const ReunionAccountEntry *entry,
                 const ReunionCentralAccount *changed,
                 gboolean *ends_sessions)
{
  const ReunionCentralAccount *before = entry->account;
  g_autoptr (GString) text = g_string_new (NULL);

  if (before->role != changed->role)
    g_string_append_printf (text, ", role %s", reunion_role_to_key (changed->role));
  if (g_strcmp0 (before->region, changed->region) != 0)
    g_string_append_printf (text, ", region “%s”", changed->region);
  if (g_strcmp0 (before->station, changed->station) != 0)
    g_string_append_printf (text, ", station %s",
                            changed->station != NULL ? changed->station : "none");
  if (g_strcmp0 (before->password_hash, changed->password_hash) != 0)
    g_string_append (text, ", password");
  *ends_sessions = text->len > 0;
  if (g_strcmp0 (before->name, changed->name) != 0)
    g_string_append (text, ", name");
  return text->len > 0 ? g_strdup_printf ("%s: %s", before->account, text->str + 2) : NULL;
}

gboolean
central_people_change (CentralService *service,
                       const ReunionCentralAccount *actor,
                       const ReunionAccountEntry *entry,
                       const ReunionCentralAccount *changed,
                       gboolean is_locked,
                       const char *origin,
                       GError **error)
{
  ReunionCentralStore *store = central_service_get_store (service);
  const char *who = get_actor_name (actor);
  ReunionCentralAccount completed;
  g_autofree char *region = NULL;
  g_autofree char *about = NULL;
  gboolean ends_sessions = FALSE;

  if (!check_names (changed, error) || !complete (changed, &completed, &region, error)
      || !check_actor (actor, &completed, error) || !check_place (service, &completed, error))
    return FALSE;
  about = describe_change (entry, &completed, &ends_sessions);
  /* Nobody raises or shuts out himself, by mistake or otherwise. */
  if (g_strcmp0 (who, entry->account->account) == 0
      && (is_locked || completed.role != entry->account->role
          || strcmp (region, entry->account->region) != 0))
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_FORBIDDEN,
                           "Nobody locks the own account or changes its role or region. Ask "
                           "another administrator.");
      return FALSE;
    }
  if (about == NULL && is_locked == entry->is_locked)
    return TRUE;
  if (!reunion_central_store_change_account (store, &completed, is_locked, error))
    return FALSE;
  if (about != NULL && !central_audit_add (service, who, "account.change", about, origin, error))
    return FALSE;
  if (is_locked != entry->is_locked
      && !central_audit_add (service, who, is_locked ? "account.lock" : "account.unlock",
                             changed->account, origin, error))
    return FALSE;
  return !(ends_sessions || is_locked)
         || central_sessions_end_all (service, changed->account, error);
}
