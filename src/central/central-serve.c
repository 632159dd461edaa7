/* central-serve.c: the service, from its options to its end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-commands.h"

#include "central-expiry.h"
#include "central-health.h"
#include "central-limits.h"
#include "central-metrics.h"
#include "central-notify.h"
#include "central-options.h"
#include "central-sample.h"
#include "central-server.h"
#include "central-traffic.h"
#include "reunion-wire.h"

#include <glib-unix.h>
#include <stdio.h>
#include <string.h>

#define STOP_WITHIN_S 10
/* For answers that are written and not yet sent. */
#define LAST_WORDS_MS 50

typedef struct
{
  const CentralOptions *options;
  GMainLoop *loop;
  CentralService *service;
  CentralTls *tls; /* NULL in clear text */
  CentralServer *server;
  CentralBackups *backups;
  CentralExpiry *expiry;
  gint64 give_up_usec; /* 0 until it is told to end */
  guint watchdog_id;
} Serving;

static void
serving_clear (Serving *self)
{
  g_clear_handle_id (&self->watchdog_id, g_source_remove);
  g_clear_object (&self->expiry);
  g_clear_object (&self->backups);
  g_clear_object (&self->server);
  g_clear_object (&self->tls);
  g_clear_object (&self->service);
  g_clear_pointer (&self->loop, g_main_loop_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Serving, serving_clear)

/* --- what it is made of -------------------------------------------------------------- */

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

static gboolean
read_metrics_token (CentralService *service, const char *path, GError **error)
{
  g_autofree char *token = NULL;
  g_autoptr (GError) local_error = NULL;

  if (path == NULL)
    return TRUE;
  if (!g_file_get_contents (path, &token, NULL, &local_error))
    {
      g_set_error (error, local_error->domain, local_error->code,
                   "The token can't be read: %s. Give --metrics-token a file with a long random "
                   "word in it.",
                   local_error->message);
      return FALSE;
    }
  g_strstrip (token);
  if (strlen (token) < 16)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "The token in %s is too short to be kept secret. Make one of 16 characters or "
                   "more.",
                   path);
      return FALSE;
    }
  central_metrics_set_token (service, token);
  return TRUE;
}

static gboolean
trust_proxies (CentralService *service, const CentralOptions *options, GError **error)
{
  for (guint i = 0; options->trusted_proxies != NULL && options->trusted_proxies[i] != NULL; i++)
    if (!central_limits_trust (central_limits_get (service), options->trusted_proxies[i], error))
      return FALSE;
  return TRUE;
}

static CentralService *
open_service (const CentralOptions *options, GError **error)
{
  g_autoptr (ReunionPolicy) policy = NULL;
  g_autoptr (ReunionCentralStore) store = NULL;
  g_autoptr (CentralService) service = NULL;

  if (options->policy != NULL && (policy = read_policy (options->policy, error)) == NULL)
    return NULL;
  store = central_options_open_store (options->store, FALSE, error);
  if (store == NULL)
    return NULL;
  service = central_service_new (store, policy, NULL);
  central_service_set_public_url (service, options->public_url);
  if (options->expire_after_days >= 0)
    central_service_set_expire_after_usec (service, options->expire_after_days * G_TIME_SPAN_DAY);
  if (!read_metrics_token (service, options->metrics_token, error)
      || !trust_proxies (service, options, error))
    return NULL;
  return g_steal_pointer (&service);
}

static gboolean
load_sample (CentralService *service, const CentralOptions *options, GError **error)
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

static gboolean
listen_at (Serving *self, GError **error)
{
  const CentralOptions *options = self->options;
  g_autoptr (GError) local_error = NULL;

  self->server = central_server_new (self->service);
  if (self->tls != NULL)
    central_server_set_tls (self->server, self->tls);
  if (central_server_listen (self->server, options->address, options->port, &local_error))
    return TRUE;
  g_set_error (error, local_error->domain, local_error->code,
               "Can't listen on %s port %u: %s. Another program may be using the port; choose one "
               "with --listen.",
               options->address, options->port, local_error->message);
  return FALSE;
}

static void
start_care (Serving *self)
{
  const CentralOptions *options = self->options;

  if (options->backups != NULL && !central_options_is_server (options->store))
    {
      g_autofree char *path = central_options_get_store (options->store);
      gint64 keep_usec = options->keep_backups_days > 0
                             ? options->keep_backups_days * G_TIME_SPAN_DAY
                             : CENTRAL_KEEP_BACKUPS_USEC;

      self->backups = central_backups_new (self->service, path, options->backups, keep_usec);
      central_backups_start (self->backups);
    }
  self->expiry = central_expiry_new (self->service, self->backups);
}

/* --- its end -------------------------------------------------------------------------- */

/* What is under way may finish; nothing new is taken, and streams are ended so that
 * desks ask again, elsewhere or later. */
static void
begin_end (Serving *self)
{
  int within_s = self->options->stop_within_s >= 0 ? self->options->stop_within_s : STOP_WITHIN_S;

  self->give_up_usec = g_get_monotonic_time () + within_s * G_USEC_PER_SEC;
  central_notify_stopping ((within_s + STOP_WITHIN_S) * G_USEC_PER_SEC);
  central_health_set_ending (self->service);
  central_server_stop_accepting (self->server);
}

static gboolean
check_end_cb (gpointer user_data)
{
  Serving *self = user_data;

  if (central_traffic_get_n_open (central_traffic_get (self->service)) > 0
      && g_get_monotonic_time () < self->give_up_usec)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

static gboolean
terminate_cb (gpointer user_data)
{
  Serving *self = user_data;

  /* Told twice: at once. */
  if (self->give_up_usec != 0)
    {
      g_main_loop_quit (self->loop);
      return G_SOURCE_CONTINUE;
    }
  begin_end (self);
  g_timeout_add (LAST_WORDS_MS, check_end_cb, self);
  return G_SOURCE_CONTINUE;
}

/* Files that may have been put anew. */
static gboolean
reload_cb (gpointer user_data)
{
  Serving *self = user_data;
  g_autoptr (GError) error = NULL;

  central_notify_reloading ();
  if (!read_metrics_token (self->service, self->options->metrics_token, &error))
    g_warning ("%s", error->message);
  g_clear_error (&error);
  if (self->tls == NULL)
    ;
  else if (central_tls_reload (self->tls, &error))
    g_message ("The certificate was read again.");
  else
    g_warning ("%s The certificate from before stays.", error->message);
  central_notify_ready ("Serving");
  return G_SOURCE_CONTINUE;
}

static gboolean
watchdog_cb (gpointer user_data)
{
  central_notify ("WATCHDOG=1");
  return G_SOURCE_CONTINUE;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static void
end (Serving *self)
{
  guint last_words;

  central_expiry_stop (self->expiry);
  if (self->backups != NULL)
    central_backups_stop (self->backups);
  central_server_stop (self->server);
  last_words = g_timeout_add (LAST_WORDS_MS, quit_cb, self->loop);
  g_main_loop_run (self->loop);
  (void) last_words;
}

/* --- from start to end ------------------------------------------------------------------ */

static int
serve (const CentralOptions *options)
{
  g_auto (Serving) self = { .options = options, .loop = g_main_loop_new (NULL, FALSE) };
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  guint watchdog_ms = central_notify_get_watchdog_ms ();

  if (options->certificate != NULL
      && (self.tls = central_tls_new (options->certificate, options->key, &error)) == NULL)
    return central_complain (CENTRAL_EXIT_FAILED, error->message);
  self.service = open_service (options, &error);
  /* The sample once it can serve, so that the same command can be given again when it
   * could not. */
  if (self.service == NULL || !listen_at (&self, &error)
      || !load_sample (self.service, options, &error))
    return central_complain (
        error->domain == G_OPTION_ERROR ? CENTRAL_EXIT_USAGE : CENTRAL_EXIT_FAILED, error->message);
  start_care (&self);
  /* Before anybody knows that we are here and may want to end us. */
  g_unix_signal_add (SIGINT, terminate_cb, &self);
  g_unix_signal_add (SIGTERM, terminate_cb, &self);
  g_unix_signal_add (SIGHUP, reload_cb, &self);
  if (watchdog_ms > 0)
    self.watchdog_id = g_timeout_add (watchdog_ms, watchdog_cb, NULL);
  url = central_server_get_url (self.server);
  printf ("Listening on %s\n", url);
  fflush (stdout);
  central_notify_ready ("Serving");
  g_main_loop_run (self.loop);
  end (&self);
  return 0;
}

int
central_command_serve (int argc, char **argv)
{
  g_auto (CentralOptions) options = { 0 };
  g_autoptr (GError) error = NULL;

  if (!central_options_parse (&options, &argc, &argv, &error))
    return central_complain (CENTRAL_EXIT_USAGE, error->message);
  if (options.version)
    {
      printf ("reunion-central %s\n", REUNION_VERSION);
      return 0;
    }
  central_log_set_format (options.log_format);
  return serve (&options);
}
