/* reunion-webhook.h: signatures of the Standard Webhooks specification
 *
 * HMAC-SHA256 over "id.timestamp.body", in the headers webhook-id,
 * webhook-timestamp and webhook-signature. A secret is "whsec_" and 24 to 64
 * bytes in base64. Partners sign their tips the same way.
 * Source: Standard Webhooks specification 1.0.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define REUNION_WEBHOOK_HEADER_ID "webhook-id"
#define REUNION_WEBHOOK_HEADER_TIMESTAMP "webhook-timestamp"
#define REUNION_WEBHOOK_HEADER_SIGNATURE "webhook-signature"

/* How far a timestamp may lie from the reader's clock, in seconds. */
#define REUNION_WEBHOOK_TOLERANCE_S 300

#define REUNION_WEBHOOK_ERROR (reunion_webhook_error_quark ())
GQuark reunion_webhook_error_quark (void);

/**
 * ReunionWebhookError:
 * @REUNION_WEBHOOK_ERROR_SECRET: not a secret of the form above
 * @REUNION_WEBHOOK_ERROR_HEADER: a header is missing or malformed
 * @REUNION_WEBHOOK_ERROR_STALE: the timestamp is too old or too new
 * @REUNION_WEBHOOK_ERROR_SIGNATURE: no signature fits
 */
typedef enum
{
  REUNION_WEBHOOK_ERROR_SECRET,
  REUNION_WEBHOOK_ERROR_HEADER,
  REUNION_WEBHOOK_ERROR_STALE,
  REUNION_WEBHOOK_ERROR_SIGNATURE,
} ReunionWebhookError;

/* The value of the signature header for @body sent with @id at @timestamp_s
 * (seconds since the epoch). Transfer full; NULL with @error set for a bad
 * secret. */
char *reunion_webhook_sign (const char *secret,
                            const char *id,
                            gint64 timestamp_s,
                            GBytes *body,
                            GError **error);

/* Checks the three headers, each of which may be NULL, against @body and
 * @now_usec. Compares in constant time. */
gboolean reunion_webhook_verify (const char *secret,
                                 const char *id,
                                 const char *timestamp,
                                 const char *signatures,
                                 GBytes *body,
                                 gint64 now_usec,
                                 GError **error);

G_END_DECLS
