/* central-service.h: what every room of the service shares: the store, the
 * policy, the clock, and the news that something was committed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-central-store.h"

G_BEGIN_DECLS

/* Codes are HTTP statuses; messages are sentences for whoever called. */
#define CENTRAL_ERROR (central_error_quark ())
GQuark central_error_quark (void);

typedef enum
{
  CENTRAL_ERROR_BAD_REQUEST = 400,
  CENTRAL_ERROR_UNAUTHORIZED = 401,
  CENTRAL_ERROR_FORBIDDEN = 403,
  CENTRAL_ERROR_NOT_FOUND = 404,
  CENTRAL_ERROR_CONFLICT = 409,
  CENTRAL_ERROR_CHANGED = 412,
  CENTRAL_ERROR_TOO_LARGE = 413,
  CENTRAL_ERROR_MEDIA_TYPE = 415,
  CENTRAL_ERROR_INVALID = 422,
  CENTRAL_ERROR_NO_CONDITION = 428,
} CentralError;

/**
 * CentralClock:
 * @now_usec: gives microseconds since the epoch
 *
 * Where the service takes the time from; tests set the hands themselves.
 */
typedef struct
{
  gint64 (*now_usec) (gpointer data);
  gpointer data;
} CentralClock;

#define CENTRAL_TYPE_SERVICE (central_service_get_type ())
G_DECLARE_FINAL_TYPE (CentralService, central_service, CENTRAL, SERVICE, GObject)

/* @policy NULL for the national one, @clock NULL for the system's. Transfer
 * full.
 *
 * CentralService::committed (): a transaction with news in it is in the store. */
CentralService *
central_service_new (ReunionCentralStore *store, ReunionPolicy *policy, const CentralClock *clock);

/* Transfer none. */
ReunionCentralStore *central_service_get_store (CentralService *self);
ReunionPolicy *central_service_get_policy (CentralService *self);
gint64 central_service_get_now_usec (CentralService *self);

/* Where the public reaches the service, without a slash at its end; NULL for where
 * each request says that it went to. */
const char *central_service_get_public_url (CentralService *self);
void central_service_set_public_url (CentralService *self, const char *url);

/* How long after its end a case keeps what is personal; 30 days unless set. */
#define CENTRAL_EXPIRE_AFTER_USEC (30 * G_TIME_SPAN_DAY)
gint64 central_service_get_expire_after_usec (CentralService *self);
void central_service_set_expire_after_usec (CentralService *self, gint64 usec);

/* Ends a transaction: commits and tells, or rolls back when @ok is FALSE. */
gboolean central_service_finish (CentralService *self, gboolean ok, GError **error);

/* Writes the case with its revision raised, its place in the escalation, an
 * entry in the feed and one in the audit; within a transaction. */
gboolean central_service_record_case (CentralService *self,
                                      ReunionCase *case_,
                                      const char *who,
                                      const char *what,
                                      GError **error);
/* The same for a step of its history, which is the entry in the audit. */
gboolean central_service_record_step (CentralService *self,
                                      ReunionCase *case_,
                                      ReunionHistoryEntry *entry,
                                      GError **error);
/* Writes the case with its place in the escalation, when it is to be erased, and
 * nothing else: for one
 * that the policy, changed since it was recorded, gives another place. */
gboolean central_service_plan_case (CentralService *self, ReunionCase *case_, GError **error);
/* Puts the case down among the notices that are out, or among the reports that
 * wait; what records or plans a case does this. */
gboolean central_service_index_case (CentralService *self, ReunionCase *case_, GError **error);
gboolean central_service_record_tip (CentralService *self,
                                     ReunionTip *tip,
                                     const char *who,
                                     const char *what,
                                     GError **error);

/* The case, or CENTRAL_ERROR_NOT_FOUND. Transfer full. */
ReunionCase *
central_service_require_case (CentralService *self, const char *case_id, GError **error);

/* Rules of the core that forbid a step become the statuses that say so;
 * takes @error, transfer full. */
GError *central_error_translate (GError *error);

G_END_DECLS
