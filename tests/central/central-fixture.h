/* central-fixture.h: a service to test: real store, real loopback server, a
 * clock whose hands the test sets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "central-server.h"
#include "reunion-json.h"

G_BEGIN_DECLS

/* Accounts of the fixture: an officer and a reviewer each in Guizhou (52) and
 * in Hebei (13), an administrator, and one of the prefecture of Bijie (5205). The
 * password is the name. */
#define OFFICER "wang.jun"
#define REVIEWER "li.min"
#define OTHER_OFFICER "zhao.qiang"
#define OTHER_REVIEWER "ma.li"
#define ADMINISTRATOR "chen.fang"
#define COUNTY_ADMINISTRATOR "he.ping"
#define NOBODY NULL

/* Stands in every value that may not leave the police. */
#define PRIVATE_MARK "PRIVATE-"
/* A telephone number has to be one. */
#define PRIVATE_PHONE "19987654035"

/**
 * CentralFixture:
 * @folder: holds the store and nothing else
 * @now_usec: what the service's clock shows
 * @policy: NULL for the national one; taken at the next start
 */
typedef struct
{
  char *folder;
  char *path;
  gint64 now_usec;
  ReunionPolicy *policy;
  ReunionCentralStore *store;
  CentralService *service;
  CentralServer *server;
  SoupSession *session;
  char *url;
} CentralFixture;

void central_fixture_set_up (CentralFixture *self, gconstpointer data);
void central_fixture_tear_down (CentralFixture *self, gconstpointer data);
#define central_test_add(path, func)                                                               \
  g_test_add (path, CentralFixture, NULL, central_fixture_set_up, func, central_fixture_tear_down)

/* Ends the service, or starts it on the same file. */
void central_fixture_stop (CentralFixture *self);
void central_fixture_start (CentralFixture *self);

/* One more account, whose password is its name. */
void central_fixture_put_account (CentralFixture *self, const ReunionCentralAccount *row);

/* Sets the clock, and lets the service look at it. */
void central_fixture_set_clock (CentralFixture *self, gint64 now_usec);

/* Turns the main loop until @condition holds; fails after a generous time. */
#define CENTRAL_WAIT(condition)                                                                    \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 end_usec_ = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;                          \
    while (!(condition))                                                                           \
      {                                                                                            \
        if (g_get_monotonic_time () > end_usec_)                                                   \
          g_error ("%s:%d: waited in vain for: %s", __FILE__, __LINE__, #condition);               \
        if (!g_main_context_iteration (NULL, FALSE))                                               \
          g_usleep (500);                                                                          \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

/**
 * CentralAnswer:
 * @body: as text; @bytes: as it came
 * @object: the JSON of the body, or NULL when it is none
 */
typedef struct
{
  guint status;
  char *media_type;
  char *body;
  GBytes *bytes;
  JsonObject *object;
  SoupMessage *message;
} CentralAnswer;

void central_answer_free (CentralAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CentralAnswer, central_answer_free)

/* Calls the API as @who. @key: the Idempotency-Key; NULL for a new one, "" for
 * none. @body may be NULL. */
CentralAnswer *central_fixture_call (CentralFixture *self,
                                     const char *who,
                                     const char *method,
                                     const char *path,
                                     const char *key,
                                     const char *body);
/* The same, with a message of the test's own making. */
CentralAnswer *central_fixture_send (CentralFixture *self, SoupMessage *message);
SoupMessage *central_fixture_new_message (CentralFixture *self,
                                          const char *who,
                                          const char *method,
                                          const char *path,
                                          const char *key,
                                          GBytes *body);

/* Fails unless the answer has @status; a refusal must be problem details with
 * a sentence. */
void central_answer_expect (const CentralAnswer *self, guint status, const char *what);
/* Calls and expects; the JSON, transfer full. */
JsonObject *central_fixture_expect (CentralFixture *self,
                                    guint status,
                                    const char *who,
                                    const char *method,
                                    const char *path,
                                    const char *body);

/* A complete report that was lost @elapsed_s before now, with PRIVATE_MARK in
 * every private text. Transfer full. */
ReunionCase *central_fixture_new_case (CentralFixture *self, gint64 elapsed_s);
/* Files as @who; the wire's text is made from @case_. */
JsonObject *
central_fixture_file (CentralFixture *self, guint status, const char *who, ReunionCase *case_);
JsonObject *central_fixture_decide (CentralFixture *self,
                                    guint status,
                                    const char *who,
                                    const char *case_id,
                                    const char *decision,
                                    const char *reason);
JsonObject *central_fixture_close (CentralFixture *self,
                                   guint status,
                                   const char *who,
                                   const char *case_id,
                                   const char *outcome);
JsonObject *
central_fixture_get_case (CentralFixture *self, guint status, const char *who, const char *case_id);
/* Filed by the officer and approved by the reviewer. The id, transfer full. */
char *central_fixture_publish (CentralFixture *self, gint64 elapsed_s);

/* The single number that @sql gives; $1 is @value. */
gint64 central_fixture_count (CentralFixture *self, const char *sql, const char *value);
/* Waits until no delivery that is due waits. */
void central_fixture_settle (CentralFixture *self);

/* Who did what to the case, in order: "wang.jun submit, li.min approve".
 * Transfer full. */
char *central_fixture_get_audit (CentralFixture *self, const char *case_id);

void central_test_init (int *argc, char ***argv);

G_END_DECLS
