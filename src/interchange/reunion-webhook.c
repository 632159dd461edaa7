/* reunion-webhook.c: signatures of the Standard Webhooks specification
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-webhook.h"

#include <string.h>

#define SECRET_PREFIX "whsec_"
#define SIGNATURE_PREFIX "v1,"
#define MIN_KEY_BYTES 24
#define MAX_KEY_BYTES 64
#define DIGEST_BYTES 32

G_DEFINE_QUARK (reunion-webhook-error-quark, reunion_webhook_error)

static GBytes *
decode_secret (const char *secret, GError **error)
{
  guchar *key = NULL;
  gsize n_bytes = 0;

  g_autofree char *again = NULL;

  if (g_str_has_prefix (secret, SECRET_PREFIX))
    key = g_base64_decode (secret + strlen (SECRET_PREFIX), &n_bytes);
  /* The decoder passes over what is no base64; a mistyped secret must not be
   * taken for another. */
  again = g_base64_encode (key, n_bytes);
  if (n_bytes < MIN_KEY_BYTES || n_bytes > MAX_KEY_BYTES
      || strcmp (again, secret + strlen (SECRET_PREFIX)) != 0)
    {
      g_free (key);
      g_set_error (error, REUNION_WEBHOOK_ERROR, REUNION_WEBHOOK_ERROR_SECRET,
                   "A webhook secret is “%s” and %d to %d bytes in base64.", SECRET_PREFIX,
                   MIN_KEY_BYTES, MAX_KEY_BYTES);
      return NULL;
    }
  return g_bytes_new_take (key, n_bytes);
}

static char *
digest (GBytes *key, const char *id, const char *timestamp, GBytes *body)
{
  g_autoptr (GHmac) hmac = NULL;
  guint8 bytes[DIGEST_BYTES];
  gsize n_bytes = sizeof bytes;
  gsize key_length, body_length;
  const guchar *key_data = g_bytes_get_data (key, &key_length);
  const guchar *body_data = g_bytes_get_data (body, &body_length);

  hmac = g_hmac_new (G_CHECKSUM_SHA256, key_data, key_length);
  g_hmac_update (hmac, (const guchar *) id, -1);
  g_hmac_update (hmac, (const guchar *) ".", 1);
  g_hmac_update (hmac, (const guchar *) timestamp, -1);
  g_hmac_update (hmac, (const guchar *) ".", 1);
  if (body_length > 0)
    g_hmac_update (hmac, body_data, (gssize) body_length);
  g_hmac_get_digest (hmac, bytes, &n_bytes);
  return g_base64_encode (bytes, n_bytes);
}

static gboolean
equal_in_constant_time (const char *a, const char *b)
{
  gsize length = strlen (a);
  guint8 difference = 0;

  if (strlen (b) != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    difference |= (guint8) (a[i] ^ b[i]);
  return difference == 0;
}

char *
reunion_webhook_sign (const char *secret,
                      const char *id,
                      gint64 timestamp_s,
                      GBytes *body,
                      GError **error)
{
  g_autoptr (GBytes) key = NULL;
  g_autofree char *timestamp = NULL;
  g_autofree char *encoded = NULL;

  g_return_val_if_fail (secret != NULL && id != NULL && body != NULL, NULL);

  key = decode_secret (secret, error);
  if (key == NULL)
    return NULL;
  timestamp = g_strdup_printf ("%" G_GINT64_FORMAT, timestamp_s);
  encoded = digest (key, id, timestamp, body);
  return g_strconcat (SIGNATURE_PREFIX, encoded, NULL);
}

static gboolean
check_timestamp (const char *timestamp, gint64 now_usec, GError **error)
{
  gint64 timestamp_s;
  gint64 now_s = now_usec / G_USEC_PER_SEC;

  if (timestamp == NULL
      || !g_ascii_string_to_signed (timestamp, 10, 0, G_MAXINT64 / 2, &timestamp_s, NULL))
    {
      g_set_error_literal (error, REUNION_WEBHOOK_ERROR, REUNION_WEBHOOK_ERROR_HEADER,
                           "The header " REUNION_WEBHOOK_HEADER_TIMESTAMP
                           " must hold seconds since 1970.");
      return FALSE;
    }
  if (ABS (now_s - timestamp_s) > REUNION_WEBHOOK_TOLERANCE_S)
    {
      g_set_error (error, REUNION_WEBHOOK_ERROR, REUNION_WEBHOOK_ERROR_STALE,
                   "The timestamp lies more than %d seconds from the clock here. Check both "
                   "clocks, and sign each message when it is sent.",
                   REUNION_WEBHOOK_TOLERANCE_S);
      return FALSE;
    }
  return TRUE;
}

gboolean
reunion_webhook_verify (const char *secret,
                        const char *id,
                        const char *timestamp,
                        const char *signatures,
                        GBytes *body,
                        gint64 now_usec,
                        GError **error)
{
  g_autoptr (GBytes) key = NULL;
  g_autofree char *expected = NULL;
  g_auto (GStrv) candidates = NULL;

  g_return_val_if_fail (secret != NULL && body != NULL, FALSE);

  if (id == NULL || *id == '\0' || signatures == NULL)
    {
      g_set_error_literal (error, REUNION_WEBHOOK_ERROR, REUNION_WEBHOOK_ERROR_HEADER,
                           "The headers " REUNION_WEBHOOK_HEADER_ID
                           " and " REUNION_WEBHOOK_HEADER_SIGNATURE " are needed.");
      return FALSE;
    }
  if (!check_timestamp (timestamp, now_usec, error))
    return FALSE;
  key = decode_secret (secret, error);
  if (key == NULL)
    return FALSE;

  expected = digest (key, id, timestamp, body);
  /* A space-separated list, so that a secret can be changed without a gap. */
  candidates = g_strsplit (signatures, " ", 16);
  for (gsize i = 0; candidates[i] != NULL; i++)
    if (g_str_has_prefix (candidates[i], SIGNATURE_PREFIX)
        && equal_in_constant_time (candidates[i] + strlen (SIGNATURE_PREFIX), expected))
      return TRUE;

  g_set_error_literal (error, REUNION_WEBHOOK_ERROR, REUNION_WEBHOOK_ERROR_SIGNATURE,
                       "The signature does not fit. Sign “id.timestamp.body” with the secret of "
                       "this partner.");
  return FALSE;
}
