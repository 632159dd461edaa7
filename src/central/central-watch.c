/* central-watch.c: answers that stay open, ended with the right to them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-watch.h"

#include "central-sessions.h"
#include "reunion-central-sessions.h"

#define CHECK_S 10
#define CHANGED_KEY "central-watch-changed"
/* How far the clocks of several services may lie apart. */
#define SLACK_USEC G_TIME_SPAN_MINUTE

typedef struct
{
  CentralWatch *owner; /* unowned */
  SoupServerMessage *message;
  char *token_hash;
  char *family;
  gint64 until_usec;
  gulong finished_id;
} Watched;

struct _CentralWatch
{
  CentralService *service;
  GPtrArray *watched; /* Watched */
  gulong committed_id;
  guint check_id;
  gint64 checked_usec;
};

static void
watched_free (Watched *watched)
{
  g_signal_handler_disconnect (watched->message, watched->finished_id);
  g_object_unref (watched->message);
  g_free (watched->token_hash);
  g_free (watched->family);
  g_free (watched);
}

static void
finished_cb (SoupServerMessage *message, gpointer user_data)
{
  Watched *watched = user_data;

  g_ptr_array_remove_fast (watched->owner->watched, watched);
}

/* Nothing more gets out, whatever still wants to write. */
static void
cut (Watched *watched)
{
  GSocket *socket = soup_server_message_get_socket (watched->message);

  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

/* One question for all streams, and one each for those whose time has run out and, when
 * this process made tokens void, those that are of no sign-in. */
static void
check (CentralWatch *self, gboolean has_changed)
{
  ReunionCentralStore *store = central_service_get_store (self->service);
  const gint64 now_usec = central_service_get_now_usec (self->service);
  g_autoptr (GHashTable) ended = NULL;

  if (self->watched->len > 0)
    ended = reunion_central_store_list_ended_families (store, self->checked_usec - SLACK_USEC);
  self->checked_usec = now_usec;
  for (guint i = 0; i < self->watched->len; i++)
    {
      Watched *watched = self->watched->pdata[i];

      if (watched->family != NULL && g_hash_table_contains (ended, watched->family))
        watched->until_usec = 0;
      else if (watched->until_usec <= now_usec || (has_changed && watched->family == NULL))
        watched->until_usec = reunion_central_store_get_fresh_until_usec (store, watched->family,
                                                                          watched->token_hash);
      if (watched->until_usec <= now_usec)
        cut (watched);
    }
}

static gboolean
check_cb (gpointer user_data)
{
  check (user_data, FALSE);
  return G_SOURCE_CONTINUE;
}

static void
committed_cb (CentralService *service, gpointer user_data)
{
  if (g_object_get_data (G_OBJECT (service), CHANGED_KEY) == NULL)
    return;
  g_object_set_data (G_OBJECT (service), CHANGED_KEY, NULL);
  check (user_data, TRUE);
}

CentralWatch *
central_watch_new (CentralService *service)
{
  CentralWatch *self;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service), NULL);

  self = g_new0 (CentralWatch, 1);
  self->service = g_object_ref (service);
  self->watched = g_ptr_array_new_with_free_func ((GDestroyNotify) watched_free);
  self->checked_usec = central_service_get_now_usec (service);
  self->committed_id = g_signal_connect (service, "committed", G_CALLBACK (committed_cb), self);
  self->check_id = g_timeout_add_seconds (CHECK_S, check_cb, self);
  return self;
}

void
central_watch_free (CentralWatch *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->check_id, g_source_remove);
  g_clear_signal_handler (&self->committed_id, self->service);
  g_ptr_array_unref (self->watched);
  g_object_unref (self->service);
  g_free (self);
}

void
central_watch_add (CentralWatch *self, SoupServerMessage *message, const char *token)
{
  ReunionCentralStore *store;
  Watched *watched;

  g_return_if_fail (self != NULL && SOUP_IS_SERVER_MESSAGE (message) && token != NULL);

  store = central_service_get_store (self->service);
  watched = g_new0 (Watched, 1);
  watched->owner = self;
  watched->message = g_object_ref (message);
  watched->token_hash = central_sessions_hash_token (token);
  watched->family = reunion_central_store_find_family (store, watched->token_hash, NULL);
  watched->until_usec
      = reunion_central_store_get_fresh_until_usec (store, watched->family, watched->token_hash);
  watched->finished_id = g_signal_connect (message, "finished", G_CALLBACK (finished_cb), watched);
  g_ptr_array_add (self->watched, watched);
}

void
central_watch_note_change (CentralService *service)
{
  g_object_set_data (G_OBJECT (service), CHANGED_KEY, GINT_TO_POINTER (1));
}
