/* central-options.c: the command line of reunion-central
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-options.h"

#include "central-commands.h"
#include "reunion-db.h"

#include <libsoup/soup.h>

#define LONGEST_DAYS 36500

void
central_options_clear (CentralOptions *self)
{
  g_free (self->listen);
  g_free (self->address);
  g_free (self->store);
  g_free (self->policy);
  g_free (self->sample);
  g_free (self->partner_url);
  g_free (self->public_url);
  g_free (self->certificate);
  g_free (self->key);
  g_strfreev (self->trusted_proxies);
  g_free (self->backups);
  g_free (self->metrics_token);
  g_free (self->log_format_key);
}

int
central_complain (int status, const char *sentence)
{
  /* What comes from a library lacks the full stop. */
  g_printerr ("reunion-central: %s%s\n", sentence, g_str_has_suffix (sentence, ".") ? "" : ".");
  return status;
}

static gboolean
read_words (int *argc, char ***argv, CentralOptions *self, GError **error)
{
  const GOptionEntry entries[] = {
    { "listen", 0, 0, G_OPTION_ARG_STRING, &self->listen,
      "Where to listen; 127.0.0.1:8700 unless given, port 0 for any free one", "ADDRESS:PORT" },
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &self->store,
      "The SQLite file, made where there is none", "FILE" },
    { "policy", 0, 0, G_OPTION_ARG_FILENAME, &self->policy,
      "The escalation table as JSON, in place of the national one", "FILE" },
    { "expire-after", 0, 0, G_OPTION_ARG_INT, &self->expire_after_days,
      "Erase what is personal so long after a case has ended; 30 unless given", "DAYS" },
    { "backups", 0, 0, G_OPTION_ARG_FILENAME, &self->backups,
      "Back the store up into this folder each day", "FOLDER" },
    { "keep-backups", 0, 0, G_OPTION_ARG_INT, &self->keep_backups_days,
      "How long these backups are kept; 14 unless given", "DAYS" },
    { "sample", 0, 0, G_OPTION_ARG_FILENAME, &self->sample,
      "Fill an empty store with the sample data of this folder", "FOLDER" },
    { "partner-url", 0, 0, G_OPTION_ARG_STRING, &self->partner_url,
      "Where sample partners take notices; their id is put behind it", "URL" },
    { "public-url", 0, 0, G_OPTION_ARG_STRING, &self->public_url,
      "Where the public reaches the service; where each request went to, unless given", "URL" },
    { "certificate", 0, 0, G_OPTION_ARG_FILENAME, &self->certificate,
      "Speak TLS with this certificate (PEM, its chain behind it); read again on SIGHUP and "
      "when it has changed",
      "FILE" },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &self->key, "The certificate's key (PEM)", "FILE" },
    { "trusted-proxy", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->trusted_proxies,
      "Take this proxy's word (Forwarded, X-Forwarded-For) for whom it calls for; may be given "
      "often",
      "ADDRESS[/BITS]" },
    { "metrics-token", 0, 0, G_OPTION_ARG_FILENAME, &self->metrics_token,
      "Give /metrics to who bears the token in this file, not to this machine", "FILE" },
    { "log-format", 0, 0, G_OPTION_ARG_STRING, &self->log_format_key,
      "How to log: text (the usual one), json or journal", "FORMAT" },
    { "stop-within", 0, 0, G_OPTION_ARG_INT, &self->stop_within_s,
      "How long requests under way may take when it is told to end; 10 unless given", "SECONDS" },
    { "insecure-clear-text", 0, 0, G_OPTION_ARG_NONE, &self->insecure_clear_text,
      "Listen on other than loopback although nothing is encrypted", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, "Print the version and end", NULL },
    { NULL },
  };
  g_autofree char *commands = central_commands_describe ();
  g_autoptr (GOptionContext) context = g_option_context_new ("[COMMAND]");
  g_autoptr (GError) local_error = NULL;

  g_option_context_set_summary (
      context, "The central service of Reunion: takes reports from stations, has them reviewed,\n"
               "alerts the public through partner apps, and brings tips back.");
  g_option_context_set_description (context, commands);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &local_error))
    {
      g_set_error (error, local_error->domain, local_error->code,
                   "%s. “reunion-central --help” lists the options.", local_error->message);
      return FALSE;
    }
  if (*argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "“%s” is no command and no option. “reunion-central --help” lists them.",
                   (*argv)[1]);
      return FALSE;
    }
  return TRUE;
}

static gboolean
split_address (const char *text, char **address, guint16 *port, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GSocketConnectable) parsed = g_network_address_parse (text, 8700, &local_error);
  g_autoptr (GInetAddress) inet = NULL;

  if (parsed != NULL)
    inet = g_inet_address_new_from_string (
        g_network_address_get_hostname (G_NETWORK_ADDRESS (parsed)));
  if (inet == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "“%s” is no address and port. Write it like 127.0.0.1:8700.", text);
      return FALSE;
    }
  *address = g_inet_address_to_string (inet);
  *port = g_network_address_get_port (G_NETWORK_ADDRESS (parsed));
  return TRUE;
}

static gboolean
is_loopback (const char *address)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (address);

  return inet != NULL && g_inet_address_get_is_loopback (inet);
}

static gboolean
is_web_address (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);

  return uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0'
         && (g_str_equal (g_uri_get_scheme (uri), "http")
             || g_str_equal (g_uri_get_scheme (uri), "https"));
}

/* What is wrong, as a sentence; NULL when nothing is. */
static const char *
find_fault (CentralOptions *self)
{
  if (self->partner_url != NULL && !is_web_address (self->partner_url))
    return "--partner-url must be a URL, such as http://127.0.0.1:9700/.";
  if (self->public_url != NULL && !is_web_address (self->public_url))
    return "--public-url must be a URL, such as https://reunion.example/.";
  if ((self->certificate == NULL) != (self->key == NULL))
    return "--certificate and --key are given together or not at all.";
  if (!is_loopback (self->address) && self->certificate == NULL && !self->insecure_clear_text)
    return "Without --certificate and --key nothing is encrypted, so it listens on loopback "
           "only. Give both, put a TLS proxy before it, or say --insecure-clear-text if you know "
           "that nobody listens in.";
  if (self->expire_after_days < -1 || self->expire_after_days > LONGEST_DAYS)
    return "--expire-after must be a number of days from 0 to 36500.";
  if (self->keep_backups_days < -1 || self->keep_backups_days == 0
      || self->keep_backups_days > LONGEST_DAYS)
    return "--keep-backups must be a number of days from 1 to 36500.";
  if (self->stop_within_s < -1 || self->stop_within_s > 3600)
    return "--stop-within must be a number of seconds from 0 to 3600.";
  if (self->keep_backups_days != -1 && self->backups == NULL)
    return "--keep-backups goes with --backups, which says where they are.";
  if (self->log_format_key != NULL
      && !central_log_format_from_key (self->log_format_key, &self->log_format))
    return "--log-format must be text, json or journal.";
  return NULL;
}

gboolean
central_options_parse (CentralOptions *self, int *argc, char ***argv, GError **error)
{
  const char *fault;

  self->expire_after_days = self->keep_backups_days = self->stop_within_s = -1;
  if (!read_words (argc, argv, self, error))
    return FALSE;
  if (self->version)
    return TRUE;
  if (!split_address (self->listen != NULL ? self->listen : "127.0.0.1:8700", &self->address,
                      &self->port, error))
    return FALSE;
  fault = find_fault (self);
  if (fault == NULL)
    return TRUE;
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, fault);
  return FALSE;
}

gboolean
central_options_parse_command (const char *command,
                               const char *words,
                               int n_words,
                               const char *summary,
                               const GOptionEntry *entries,
                               int *argc,
                               char ***argv,
                               GError **error)
{
  g_autofree char *usage
      = g_strdup_printf ("%s%s%s", command, words != NULL ? " " : "", words != NULL ? words : "");
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autoptr (GError) local_error = NULL;

  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &local_error))
    {
      g_set_error (error, local_error->domain, local_error->code,
                   "%s. “reunion-central %s --help” lists the options.", local_error->message,
                   command);
      return FALSE;
    }
  if (*argc == n_words + 1)
    return TRUE;
  if (*argc > n_words + 1)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 "“%s” is not understood. “reunion-central %s --help” lists what is.",
                 (*argv)[n_words + 1], command);
  else
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 "%s is missing. “reunion-central %s --help” says more.", words, command);
  return FALSE;
}

gboolean
central_options_is_server (const char *store)
{
  return store != NULL
         && (g_str_has_prefix (store, "postgresql://") || g_str_has_prefix (store, "postgres://"));
}

char *
central_options_get_store (const char *store)
{
  g_autofree char *folder = NULL;

  if (central_options_is_server (store))
    return g_strdup (store);
  /* As a whole path: SQLite takes an empty name, and some others, for a store in
   * memory, which would end with us. */
  if (store != NULL)
    return g_canonicalize_filename (store, NULL);
  folder = g_build_filename (g_get_user_data_dir (), "reunion", NULL);
  g_mkdir_with_parents (folder, 0700);
  return g_build_filename (folder, "central.sqlite", NULL);
}

ReunionCentralStore *
central_options_open_store (const char *store, gboolean must_exist, GError **error)
{
  g_autofree char *path = central_options_get_store (store);

  if (must_exist && !central_options_is_server (path) && !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_OPEN,
                   "There is no store at %s. Say where it is with --store.", path);
      return NULL;
    }
  return reunion_central_store_new (path, error);
}
