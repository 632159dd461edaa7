/* central-command-user.c: puts accounts in, locks them, lists them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-commands.h"

#include "central-options.h"
#include "central-password.h"
#include "central-people.h"
#include "reunion-central-accounts.h"
#include "reunion-central-stations.h"

#include <gio/gio.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define MAX_NAME 64
#define PAGE 200
#define REGION_DIGITS 6

typedef struct
{
  char *store;
  char *name;
  char *role;
  char *station;
  char *station_name;
  char *station_phone;
  char *region;
  gboolean from_stdin;
} Words;

static void
words_clear (Words *self)
{
  g_free (self->store);
  g_free (self->name);
  g_free (self->role);
  g_free (self->station);
  g_free (self->station_name);
  g_free (self->station_phone);
  g_free (self->region);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static gboolean
is_account_name (const char *text)
{
  gsize length = strlen (text);

  return length >= 2 && length <= MAX_NAME
         && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789.-_") == length;
}

static gboolean
is_region (const char *text)
{
  return strlen (text) <= REGION_DIGITS && strlen (text) % 2 == 0
         && strspn (text, "0123456789") == strlen (text);
}

/* What is wrong with what was given, as a sentence; NULL when nothing is. */
static const char *
find_fault (const char *account, const Words *words, ReunionRole *role)
{
  if (!is_account_name (account))
    return "An account is called by 2 to 64 small letters, digits, dots, hyphens and underscores, "
           "such as wang.jun.";
  if (words->name == NULL || *words->name == '\0')
    return "--name is missing: what the person is called.";
  if (words->role == NULL || !reunion_role_from_key (words->role, role)
      || *role == REUNION_ROLE_SERVICE)
    return "--role must be officer, reviewer, county_administrator or administrator.";
  if (*role == REUNION_ROLE_OFFICER && words->station == NULL)
    return "--station is missing: the code of the officer's station.";
  if (words->region != NULL && !is_region (words->region))
    return "--region must be 2, 4 or 6 digits of GB/T 2260, or empty for the nation.";
  if (words->region == NULL && words->station == NULL)
    return "--region is missing: the digits that what the account answers for begins with.";
  return NULL;
}

static gboolean
put_station (ReunionCentralStore *store, const Words *words, GError **error)
{
  g_autoptr (ReunionStation) there = NULL;
  g_autoptr (GError) local_error = NULL;

  if (words->station == NULL)
    return TRUE;
  if (words->station_name != NULL)
    return reunion_central_store_put_station (store, words->station, words->station_name,
                                              words->station_phone, error);
  there = reunion_central_store_find_station (store, words->station, &local_error);
  if (there != NULL)
    return TRUE;
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 "There is no station “%s” yet. Give its --station-name, and its --station-phone.",
                 words->station);
  return FALSE;
}

static gboolean
put_account (ReunionCentralStore *store,
             const char *account,
             const Words *words,
             ReunionRole role,
             const char *password,
             GError **error)
{
  g_autoptr (CentralService) service = central_service_new (store, NULL, NULL);
  ReunionCentralAccount row = {
    .account = (char *) account,
    .name = words->name,
    .role = role,
    .station = words->station,
    .region = words->region,
  };

  return put_station (store, words, error)
         && central_accounts_add (service, NULL, &row, password, error);
}

static gboolean
lock_account (ReunionCentralStore *store, const char *account, gboolean lock, GError **error)
{
  g_autoptr (CentralService) service = central_service_new (store, NULL, NULL);
  g_autoptr (ReunionAccountEntry) entry = NULL;
  g_autoptr (GError) local_error = NULL;

  entry = reunion_central_store_find_account_entry (store, account, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (entry == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no account “%s”.", account);
      return FALSE;
    }
  return reunion_central_store_begin (store, error)
         && central_service_finish (
             service,
             central_people_change (service, NULL, entry, entry->account, lock, NULL, error),
             error);
}

static int
add (int argc, char **argv)
{
  g_auto (Words) words = { 0 };
  g_autoptr (ReunionCentralStore) store = NULL;
  g_autoptr (GError) error = NULL;
  ReunionRole role;
  const char *fault;
  char *password;
  gboolean ok;
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &words.store,
      "The SQLite file of the service, made where there is none", "FILE" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &words.name, "What the person is called", "NAME" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &words.role,
      "officer, reviewer, county_administrator or administrator", "ROLE" },
    { "station", 0, 0, G_OPTION_ARG_STRING, &words.station, "Code of the station", "CODE" },
    { "station-name", 0, 0, G_OPTION_ARG_STRING, &words.station_name,
      "What the station is called, where it is new", "NAME" },
    { "station-phone", 0, 0, G_OPTION_ARG_STRING, &words.station_phone,
      "Its telephone for the public", "PHONE" },
    { "region", 0, 0, G_OPTION_ARG_STRING, &words.region,
      "Digits of GB/T 2260 that what the account answers for begins with; those of the station, "
      "unless given",
      "DIGITS" },
    { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &words.from_stdin,
      "Read the password from the standard input and not from the terminal", NULL },
    { NULL },
  };

  if (!central_options_parse_command ("user add", "ACCOUNT", 1,
                                      "Puts an account in. The password is asked for.", entries,
                                      &argc, &argv, &error))
    return central_complain (CENTRAL_EXIT_USAGE, error->message);
  fault = find_fault (argv[1], &words, &role);
  if (fault != NULL)
    return central_complain (CENTRAL_EXIT_USAGE, fault);
  password = central_password_read (argv[1], words.from_stdin, &error);
  if (password == NULL)
    return central_complain (CENTRAL_EXIT_FAILED, error->message);
  store = central_options_open_store (words.store, FALSE, &error);
  ok = store != NULL && put_account (store, argv[1], &words, role, password, &error);
  sodium_memzero (password, strlen (password));
  g_free (password);
  if (!ok)
    return central_complain (CENTRAL_EXIT_FAILED, error->message);
  printf ("Added %s\n", argv[1]);
  return 0;
}

static int
set_locked (int argc, char **argv, gboolean lock)
{
  g_autofree char *store = NULL;
  g_autoptr (ReunionCentralStore) opened = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &store, "The SQLite file of the service", "FILE" },
    { NULL },
  };

  if (!central_options_parse_command (
          lock ? "user lock" : "user unlock", "ACCOUNT", 1,
          lock ? "Lets the account in no more, and ends its sessions at once."
               : "Lets the account in again, with the password that it had.",
          entries, &argc, &argv, &error))
    return central_complain (CENTRAL_EXIT_USAGE, error->message);
  opened = central_options_open_store (store, TRUE, &error);
  if (opened == NULL || !lock_account (opened, argv[1], lock, &error))
    return central_complain (CENTRAL_EXIT_FAILED, error->message);
  printf (lock ? "Locked %s\n" : "Unlocked %s\n", argv[1]);
  return 0;
}

static int
lock (int argc, char **argv)
{
  return set_locked (argc, argv, TRUE);
}

static int
unlock (int argc, char **argv)
{
  return set_locked (argc, argv, FALSE);
}

static gboolean
print_all (ReunionCentralStore *store, GError **error)
{
  g_autofree char *after = g_strdup ("");

  for (;;)
    {
      g_autoptr (GPtrArray) entries
          = reunion_central_store_list_account_entries (store, "", after, PAGE, error);

      if (entries == NULL)
        return FALSE;
      for (guint i = 0; i < entries->len; i++)
        {
          const ReunionAccountEntry *entry = entries->pdata[i];
          const ReunionCentralAccount *account = entry->account;

          printf ("%s\t%s\t%s\t%s\t%s\t%s\n", account->account, account->name,
                  reunion_role_to_key (account->role),
                  account->station != NULL ? account->station : "", account->region,
                  entry->is_locked ? "locked" : "");
          g_free (after);
          after = g_strdup (account->account);
        }
      if (entries->len < PAGE)
        return TRUE;
    }
}

static int
list (int argc, char **argv)
{
  g_autofree char *store = NULL;
  g_autoptr (ReunionCentralStore) opened = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &store, "The SQLite file of the service", "FILE" },
    { NULL },
  };

  if (!central_options_parse_command (
          "user list", NULL, 0,
          "One line for each account, with tabs between: its name, the person's, role, station,\n"
          "region, and whether it is locked.",
          entries, &argc, &argv, &error))
    return central_complain (CENTRAL_EXIT_USAGE, error->message);
  opened = central_options_open_store (store, TRUE, &error);
  if (opened == NULL || !print_all (opened, &error))
    return central_complain (CENTRAL_EXIT_FAILED, error->message);
  return 0;
}

int
central_command_user (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    CentralCommand run;
  } steps[] = { { "add", add }, { "lock", lock }, { "unlock", unlock }, { "list", list } };

  for (gsize i = 0; argc > 1 && i < G_N_ELEMENTS (steps); i++)
    if (strcmp (argv[1], steps[i].name) == 0)
      return steps[i].run (argc - 1, argv + 1);
  if (argc == 2 && (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0))
    {
      printf ("Usage:\n  reunion-central user add ACCOUNT …\n  reunion-central user lock ACCOUNT\n"
              "  reunion-central user unlock ACCOUNT\n  reunion-central user list\n\n"
              "“reunion-central user add --help” says more, and so with the others.\n");
      return 0;
    }
  return central_complain (CENTRAL_EXIT_USAGE,
                           "Say “user add”, “user lock”, “user unlock” or “user list”; "
                           "“reunion-central user --help” says more.");
}
