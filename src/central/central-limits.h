/* central-limits.h: how often who may ask
 *
 * Token buckets in memory, one for each key of a class, a bounded number of them:
 * when there are too many the one that was asked for longest ago goes. Each process
 * counts for itself. The table is in central-limits.c. Sign-ins and codes are
 * limited strictly and everything else so that only a program that runs wild
 * notices; a telephone network puts many thousand people behind one address.
 *
 * A handler limits itself with
 *   CentralLimits *limits = central_limits_get (request->service);
 *   g_autofree char *address = central_limits_get_address (limits, request->message);
 *   gint64 wait_s = central_limits_take (limits, CENTRAL_LIMIT_TIP_FORM, address,
 *                                        central_service_get_now_usec (request->service));
 *   if (wait_s > 0) { central_limits_refuse (request->message, wait_s); return; }
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "central-service.h"

G_BEGIN_DECLS

/**
 * CentralLimit:
 * @CENTRAL_LIMIT_SIGN_IN_ACCOUNT: wrong passwords for one account
 * @CENTRAL_LIMIT_SIGN_IN_ADDRESS: wrong passwords and refresh tokens from one address
 * @CENTRAL_LIMIT_ENROLMENT: wrong enrolment codes from one address
 * @CENTRAL_LIMIT_REFUSED: other calls without a good token or signature from one
 *   address; what bears one is not held up by them
 * @CENTRAL_LIMIT_STAFF: calls of one account
 * @CENTRAL_LIMIT_PUBLIC: pages read from one address
 * @CENTRAL_LIMIT_TIP_FORM: tips from one address through the public page
 */
typedef enum
{
  CENTRAL_LIMIT_SIGN_IN_ACCOUNT,
  CENTRAL_LIMIT_SIGN_IN_ADDRESS,
  CENTRAL_LIMIT_ENROLMENT,
  CENTRAL_LIMIT_REFUSED,
  CENTRAL_LIMIT_STAFF,
  CENTRAL_LIMIT_PUBLIC,
  CENTRAL_LIMIT_TIP_FORM,
} CentralLimit;

#define CENTRAL_N_LIMITS (CENTRAL_LIMIT_TIP_FORM + 1)

typedef struct _CentralLimits CentralLimits;

/* @max_keys of each class are kept. Transfer full. */
CentralLimits *central_limits_new (guint max_keys);
void central_limits_free (CentralLimits *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CentralLimits, central_limits_free)

/* Those of the service, made when first asked for. Transfer none. */
CentralLimits *central_limits_get (CentralService *service);

/* Takes one from the bucket of @key, of any length. 0 when there was one, else the
 * seconds until there will be, at least 1. Where the clock was set back nothing
 * comes in until it has caught up by the bucket's own reckoning from then on. */
gint64
central_limits_take (CentralLimits *self, CentralLimit limit, const char *key, gint64 now_usec);
/* The same question without taking. */
gint64
central_limits_peek (CentralLimits *self, CentralLimit limit, const char *key, gint64 now_usec);
/* Puts one back: it was right after all. */
void central_limits_give_back (CentralLimits *self, CentralLimit limit, const char *key);
/* For the tests. */
guint central_limits_get_n_keys (CentralLimits *self, CentralLimit limit);

/* 429 with Retry-After and problem details. */
void central_limits_refuse (SoupServerMessage *message, gint64 wait_s);

/* Takes the word of who calls from @network, such as 10.0.0.1 or 10.0.0.0/8, for
 * whom it calls. Without any, X-Forwarded-For and Forwarded count for nothing. */
gboolean central_limits_trust (CentralLimits *self, const char *network, GError **error);

/* Whom the call comes from: the other end of the connection, or, as long as that is
 * a trusted proxy, whom it says that it calls for. Of IPv6 the first 64 bits, which
 * one household has to itself. "unknown" where a trusted proxy names nobody.
 * Transfer full. */
char *central_limits_get_address (CentralLimits *self, SoupServerMessage *message);

G_END_DECLS
