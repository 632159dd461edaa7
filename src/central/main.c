/* main.c: reunion-central, from its command line to its end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-sample.h"
#include "central-server.h"
#include "reunion-wire.h"

#include <glib-unix.h>
#include <libsoup/soup.h>
#include <locale.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define EXIT_FAILED 1
#define EXIT_USAGE 2

typedef struct
{
  char *listen;
  char *store;
  char *policy;
  char *sample;
  char *partner_url;
  char *public_url;
  gboolean insecure_clear_text;
  gboolean version;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->listen);
  g_free (self->store);
  g_free (self->policy);
  g_free (self->sample);
  g_free (self->partner_url);
  g_free (self->public_url);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static int
complain (int status, const char *sentence)
{
  /* What comes from a library lacks the full stop. */
  g_printerr ("reunion-central: %s%s\n", sentence, g_str_has_suffix (sentence, ".") ? "" : ".");
  return status;
}

static gboolean
parse_command_line (int *argc, char ***argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "listen", 0, 0, G_OPTION_ARG_STRING, &options->listen,
      "Where to listen; 127.0.0.1:8700 unless given, port 0 for any free one", "ADDRESS:PORT" },
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &options->store,
      "The SQLite file, made where there is none", "FILE" },
    { "policy", 0, 0, G_OPTION_ARG_FILENAME, &options->policy,
      "The escalation table as JSON, in place of the national one", "FILE" },
    { "sample", 0, 0, G_OPTION_ARG_FILENAME, &options->sample,
      "Fill an empty store with the sample data of this folder", "FOLDER" },
    { "partner-url", 0, 0, G_OPTION_ARG_STRING, &options->partner_url,
      "Where sample partners take notices; their id is put behind it", "URL" },
    { "public-url", 0, 0, G_OPTION_ARG_STRING, &options->public_url,
      "Where the public reaches the service; where each request went to, unless given", "URL" },
    { "insecure-clear-text", 0, 0, G_OPTION_ARG_NONE, &options->insecure_clear_text,
      "Listen on other than loopback although nothing is encrypted", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version and end", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) local_error = NULL;

  g_option_context_set_summary (
      context, "The central service of Reunion: takes reports from stations, has them reviewed,\n"
               "alerts the public through partner apps, and brings tips back.");
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
                   "“%s” is not an option. “reunion-central --help” lists them.", (*argv)[1]);
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

static ReunionPolicy *
read_policy (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) local_error = NULL;
  ReunionPolicy *policy = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &local_error))
    {
      g_set_error (error, local_error->domain, local_error->code,
                   "The policy can't be read: %s. Give --policy a JSON file with “stages”.",
                   local_error->message);
      return NULL;
    }
  object = reunion_json_parse (text, (gssize) length, error);
  if (object != NULL)
    policy = reunion_wire_policy_from_object (object, error);
  if (policy == NULL)
    g_prefix_error (error, "%s: ", path);
  return policy;
}

static char *
default_store (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "reunion", NULL);

  g_mkdir_with_parents (folder, 0700);
  return g_build_filename (folder, "central.sqlite", NULL);
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static CentralService *
open_service (const Options *options, GError **error)
{
  /* As a whole path: SQLite takes an empty name, and some others, for a store in
   * memory, which would end with us. */
  g_autofree char *path
      = options->store != NULL ? g_canonicalize_filename (options->store, NULL) : default_store ();
  g_autoptr (ReunionPolicy) policy = NULL;
  g_autoptr (ReunionCentralStore) store = NULL;

  if (options->policy != NULL)
    {
      policy = read_policy (options->policy, error);
      if (policy == NULL)
        return NULL;
    }
  store = reunion_central_store_new (path, error);
  if (store == NULL)
    return NULL;
  return central_service_new (store, policy, NULL);
}

static gboolean
load_sample (CentralService *service, const Options *options, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (options->sample == NULL
      || central_sample_load (service, options->sample, options->partner_url, &local_error))
    return TRUE;
  if (local_error->domain == G_FILE_ERROR)
    g_set_error (error, local_error->domain, local_error->code,
                 "The sample data can't be read: %s. Give --sample the folder data/sample of the "
                 "source.",
                 local_error->message);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static int
serve (const Options *options, const char *address, guint16 port)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (CentralService) service = NULL;
  g_autoptr (CentralServer) server = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  service = open_service (options, &error);
  if (service == NULL)
    return complain (EXIT_FAILED, error->message);
  central_service_set_public_url (service, options->public_url);
  server = central_server_new (service);
  if (!central_server_listen (server, address, port, &error))
    {
      g_autofree char *sentence
          = g_strdup_printf ("Can't listen on %s port %u: %s. Another program may be using the "
                             "port; choose one with --listen.",
                             address, port, error->message);

      return complain (EXIT_FAILED, sentence);
    }
  /* Now that it can serve, so that the same command can be given again when it
   * could not. */
  if (!load_sample (service, options, &error))
    return complain (EXIT_FAILED, error->message);
  /* Before anybody knows that we are here and may want to end us. */
  g_unix_signal_add (SIGINT, quit_cb, loop);
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  url = central_server_get_url (server);
  printf ("Listening on %s\n", url);
  fflush (stdout);
  g_main_loop_run (loop);
  central_server_stop (server);
  /* Lets what was ended be sent. */
  for (int i = 0; i < 100 && g_main_context_iteration (NULL, FALSE); i++)
    ;
  return 0;
}

int
main (int argc, char *argv[])
{
  g_auto (Options) options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  guint16 port;

  setlocale (LC_ALL, "");
  g_set_prgname ("reunion-central");
  if (!parse_command_line (&argc, &argv, &options, &error))
    return complain (EXIT_USAGE, error->message);
  if (options.version)
    {
      printf ("reunion-central %s\n", REUNION_VERSION);
      return 0;
    }
  if (!split_address (options.listen != NULL ? options.listen : "127.0.0.1:8700", &address, &port,
                      &error))
    return complain (EXIT_USAGE, error->message);
  if (options.partner_url != NULL && !is_web_address (options.partner_url))
    return complain (EXIT_USAGE, "--partner-url must be a URL, such as http://127.0.0.1:9700/.");
  if (options.public_url != NULL && !is_web_address (options.public_url))
    return complain (EXIT_USAGE, "--public-url must be a URL, such as https://reunion.example/.");
  if (!is_loopback (address) && !options.insecure_clear_text)
    return complain (EXIT_USAGE,
                     "Nothing is encrypted yet, so it listens on loopback only. Put a TLS proxy "
                     "before it, or say --insecure-clear-text if you know that nobody listens in.");
  if (sodium_init () < 0)
    return complain (EXIT_FAILED, "libsodium could not be started.");
  return serve (&options, address, port);
}
