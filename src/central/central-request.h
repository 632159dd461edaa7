/* central-request.h: one call of the API, and how it is answered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "central-accounts.h"
#include "central-events.h"
#include "reunion-json.h"

G_BEGIN_DECLS

/**
 * CentralRequest:
 * @message: transfer none; alive during the call
 * @path: as it was asked for
 * @query: may be NULL
 * @parameter: what stood in the path where the route first has ":", or NULL
 * @body: never NULL
 * @account: who is signed in; NULL on routes for everybody and for partners
 */
typedef struct
{
  CentralService *service;
  CentralEvents *events;
  SoupServerMessage *message;
  const char *path;
  GHashTable *query;
  char *parameter;
  GBytes *body;
  ReunionCentralAccount *account;
} CentralRequest;

/* Answers with JSON. */
void central_request_respond (SoupServerMessage *message, guint status, const char *json);
/* Answers with problem details: the error's own status where it is ours, else
 * 500 with a sentence that gives nothing of the inside away. */
void central_request_fail (SoupServerMessage *message, const GError *error);
/* The same for a status and a sentence. */
void central_request_refuse (SoupServerMessage *message, guint status, const char *sentence);

/* The query parameter as a number from @min to @max, or @fallback when it is
 * missing; FALSE with @error set when it is something else. */
gboolean central_request_get_number (const CentralRequest *request,
                                     const char *name,
                                     gint64 min,
                                     gint64 max,
                                     gint64 fallback,
                                     gint64 *value,
                                     GError **error);

/* The body as a JSON object. Transfer full. */
JsonObject *central_request_parse_body (const CentralRequest *request, GError **error);

/* The case in the path and how much of it the caller sees; to who sees nothing
 * of it there is no such case. Transfer full. */
ReunionCase *
central_request_find_seen_case (const CentralRequest *request, CentralSight *sight, GError **error);

/* One step of a case, within a transaction: the JSON of the answer, or NULL
 * with @error set. Transfer full. */
typedef char *(*CentralStep) (CentralRequest *request, JsonObject *body, GError **error);

/* Runs @step once for each Idempotency-Key: the step and its answer are
 * committed together, and the same key with the same request gets that answer
 * again; with another request it is refused (422). @status is the status of
 * success. */
void central_request_run_once (CentralRequest *request, guint status, CentralStep step);

G_END_DECLS
