/* sync-test-utils.h: a service on the loopback that does as the test says
 *
 * It runs in the main context of the test, so that the client, the server and
 * the test take turns.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-client.h"
#include "reunion-client-private.h"
#include "store-test-utils.h"

G_BEGIN_DECLS

/**
 * SyncTestRequest:
 * @route: such as "POST /v1/cases", without the query
 *
 * What arrived, whether or not it was answered.
 */
typedef struct
{
  char *route;
  char *query;
  char *idempotency_key;
  char *if_match;
  char *authorization;
  char *media_type;
  char *body;
} SyncTestRequest;

typedef struct _SyncTestServer SyncTestServer;

/* Up at once. Until a test says otherwise it signs in everybody whose password
 * is not "wrong", takes cases, photos and marks on tips, has no changes and
 * opens the event stream. */
SyncTestServer *sync_test_server_new (void);
void sync_test_server_free (SyncTestServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncTestServer, sync_test_server_free)

const char *sync_test_server_get_url (SyncTestServer *self);
/* The network is down, and back: at the same port. */
void sync_test_server_go_down (SyncTestServer *self);
void sync_test_server_come_up (SyncTestServer *self);

/* The next answer on @route, once; several are given in turn. A @route that
 * ends with "*" stands for all that begin with it. */
void sync_test_server_push (SyncTestServer *self,
                            const char *route,
                            guint status,
                            const char *media_type,
                            const char *body);
void sync_test_server_push_problem (SyncTestServer *self,
                                    const char *route,
                                    guint status,
                                    const char *sentence);
/* Reads the request and never answers. */
void sync_test_server_push_hang (SyncTestServer *self, const char *route);
/* Reads the request, sends these bytes and closes the connection. */
void sync_test_server_push_raw (SyncTestServer *self, const char *route, const char *bytes);

/* Access tokens given out so far are no good any more; the last refresh token is. */
void sync_test_server_expire_tokens (SyncTestServer *self);
/* That neither: signed out by somebody else, or away for too long. */
void sync_test_server_end_session (SyncTestServer *self);
/* From now on tokens are said to be good for a second. */
void sync_test_server_shorten_tokens (SyncTestServer *self);
/* An entry of the feed; sent on open streams too when @is_live. */
void sync_test_server_add_case (SyncTestServer *self,
                                gint64 sequence,
                                ReunionCase *case_,
                                gboolean is_live);
void
sync_test_server_add_tip (SyncTestServer *self, gint64 sequence, ReunionTip *tip, gboolean is_live);
/* Bytes on every open event stream, and its end. */
void sync_test_server_stream (SyncTestServer *self, const char *bytes);
void sync_test_server_end_streams (SyncTestServer *self);

guint sync_test_server_count (SyncTestServer *self, const char *route);
/* The @index-th that arrived on @route, from 0. Transfer none. */
const SyncTestRequest *sync_test_server_get (SyncTestServer *self, const char *route, guint index);

/* A server, a client of it, and a store. */
typedef struct
{
  StoreTestFolder *folder;
  ReunionStationStore *store;
  SyncTestServer *server;
  ReunionClient *client;
} SyncTest;

SyncTest *sync_test_new (void);
void sync_test_free (SyncTest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncTest, sync_test_free)

/* How long a silence the client bears, in place of its fifteen seconds. */
void sync_test_set_timeout (ReunionClient *client, guint seconds);
gboolean sync_test_sign_in (ReunionClient *client, const char *password, GError **error);
/* One request, and its answer as text. Transfer full. */
char *
sync_test_request (ReunionClient *client, const char *method, const char *path, GError **error);

/* One turn of the main loop, a few milliseconds at most. */
void sync_test_iterate (void);
/* A few turns, for what must not happen. */
void sync_test_iterate_for_a_while (void);

#define SYNC_TEST_PATIENCE_USEC (60 * G_TIME_SPAN_SECOND)

/* Runs the main loop until @condition holds. */
#define sync_test_wait(condition)                                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 deadline_usec = g_get_monotonic_time () + SYNC_TEST_PATIENCE_USEC;                      \
    while (!(condition))                                                                           \
      {                                                                                            \
        sync_test_iterate ();                                                                      \
        if (g_get_monotonic_time () > deadline_usec)                                               \
          g_error ("%s:%d: expected, and waited in vain for: %s", __FILE__, __LINE__, #condition); \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
