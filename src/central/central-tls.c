/* central-tls.c: the certificate that the service shows, exchanged while it runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-tls.h"

#include <glib/gstdio.h>
#include <sys/socket.h>
#include <unistd.h>

#define LOOK_S 2
#define TRIAL_S 5

/* What tells that a file is another one now. */
typedef struct
{
  guint64 device;
  guint64 inode;
  gint64 size;
  gint64 changed_sec;
  gint64 changed_nsec;
} Stamp;

struct _CentralTls
{
  GObject parent_instance;

  char *paths[2]; /* certificate, key */
  GTlsCertificate *certificate;
  Stamp read[2]; /* of the files as they were read, well or not */
  Stamp seen[2]; /* as they were at the last look */
  guint look_id;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CentralTls, central_tls, G_TYPE_OBJECT)

static void
take_stamps (CentralTls *self, Stamp stamps[2])
{
  for (guint i = 0; i < 2; i++)
    {
      GStatBuf status;

      stamps[i] = (Stamp){ 0 };
      if (g_stat (self->paths[i], &status) == 0)
        stamps[i] = (Stamp){
          .device = status.st_dev,
          .inode = status.st_ino,
          .size = status.st_size,
          .changed_sec = status.st_ctim.tv_sec,
          .changed_nsec = status.st_ctim.tv_nsec,
        };
    }
}

static gboolean
are_alike (const Stamp a[2], const Stamp b[2])
{
  for (guint i = 0; i < 2; i++)
    if (a[i].device != b[i].device || a[i].inode != b[i].inode || a[i].size != b[i].size
        || a[i].changed_sec != b[i].changed_sec || a[i].changed_nsec != b[i].changed_nsec)
      return FALSE;
  return TRUE;
}

static gpointer
answer_trial (gpointer data)
{
  g_tls_connection_handshake (data, NULL, NULL);
  return NULL;
}

static gboolean
accept_cb (GTlsConnection *connection,
           GTlsCertificate *certificate,
           GTlsCertificateFlags flags,
           gpointer user_data)
{
  return TRUE;
}

/* Takes @fd. */
static GIOStream *
wrap (int fd, GError **error)
{
  g_autoptr (GSocket) socket = g_socket_new_from_fd (fd, error);

  if (socket == NULL)
    {
      close (fd);
      return NULL;
    }
  g_socket_set_timeout (socket, TRIAL_S);
  return G_IO_STREAM (g_socket_connection_factory_create_connection (socket));
}

/* Whether the key is the certificate's shows in a handshake only. */
static gboolean
try_out (GTlsCertificate *certificate, GError **error)
{
  g_autoptr (GIOStream) server_end = NULL;
  g_autoptr (GIOStream) client_end = NULL;
  g_autoptr (GIOStream) server = NULL;
  g_autoptr (GIOStream) client = NULL;
  GThread *thread;
  gboolean ok;
  int fds[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "There are no free sockets");
      return FALSE;
    }
  server_end = wrap (fds[0], error);
  client_end = wrap (fds[1], server_end != NULL ? error : NULL);
  if (server_end == NULL || client_end == NULL
      || (server = g_tls_server_connection_new (server_end, certificate, error)) == NULL
      || (client = g_tls_client_connection_new (client_end, NULL, error)) == NULL)
    return FALSE;
  g_signal_connect (client, "accept-certificate", G_CALLBACK (accept_cb), NULL);
  thread = g_thread_new ("tls-trial", answer_trial, server);
  ok = g_tls_connection_handshake (G_TLS_CONNECTION (client), NULL, error);
  if (!ok)
    g_io_stream_close (client_end, NULL, NULL);
  g_thread_join (thread);
  return ok;
}

static gboolean
is_in_date (GTlsCertificate *certificate, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) start = g_tls_certificate_get_not_valid_before (certificate);
  g_autoptr (GDateTime) end = g_tls_certificate_get_not_valid_after (certificate);

  if ((start == NULL || g_date_time_compare (start, now) <= 0)
      && (end == NULL || g_date_time_compare (now, end) < 0))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "it is not valid today");
  return FALSE;
}

/* Transfer full. */
static GTlsCertificate *
read_certificate (CentralTls *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GTlsCertificate) certificate
      = g_tls_certificate_new_from_files (self->paths[0], self->paths[1], &local_error);

  if (certificate != NULL && is_in_date (certificate, &local_error)
      && try_out (certificate, &local_error))
    return g_steal_pointer (&certificate);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "The certificate in %s with the key in %s can't be used: %s. Both must be PEM, the "
               "key without a password and the certificate's own.",
               self->paths[0], self->paths[1], local_error->message);
  return NULL;
}

static gboolean
look_cb (gpointer user_data)
{
  CentralTls *self = user_data;
  g_autoptr (GError) error = NULL;
  Stamp now[2];

  take_stamps (self, now);
  /* Two files are not exchanged at once: wait until they have been left alone. */
  if (are_alike (now, self->seen) && !are_alike (now, self->read)
      && !central_tls_reload (self, &error))
    g_warning ("%s The certificate from before stays.", error->message);
  self->seen[0] = now[0];
  self->seen[1] = now[1];
  return G_SOURCE_CONTINUE;
}

static void
central_tls_finalize (GObject *object)
{
  CentralTls *self = CENTRAL_TLS (object);

  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_object (&self->certificate);
  g_free (self->paths[0]);
  g_free (self->paths[1]);
  G_OBJECT_CLASS (central_tls_parent_class)->finalize (object);
}

static void
central_tls_class_init (CentralTlsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = central_tls_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
central_tls_init (CentralTls *self)
{
}

CentralTls *
central_tls_new (const char *certificate_path, const char *key_path, GError **error)
{
  g_autoptr (CentralTls) self = NULL;

  g_return_val_if_fail (certificate_path != NULL && key_path != NULL, NULL);

  self = g_object_new (CENTRAL_TYPE_TLS, NULL);
  self->paths[0] = g_strdup (certificate_path);
  self->paths[1] = g_strdup (key_path);
  if (!central_tls_reload (self, error))
    return NULL;
  self->look_id = g_timeout_add_seconds (LOOK_S, look_cb, self);
  return g_steal_pointer (&self);
}

GTlsCertificate *
central_tls_get_certificate (CentralTls *self)
{
  g_return_val_if_fail (CENTRAL_IS_TLS (self), NULL);

  return self->certificate;
}

gboolean
central_tls_reload (CentralTls *self, GError **error)
{
  GTlsCertificate *certificate;

  g_return_val_if_fail (CENTRAL_IS_TLS (self), FALSE);

  take_stamps (self, self->read);
  certificate = read_certificate (self, error);
  if (certificate == NULL)
    return FALSE;
  g_clear_object (&self->certificate);
  self->certificate = certificate;
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}
