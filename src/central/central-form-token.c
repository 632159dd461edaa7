/* central-form-token.c: what stands in a form, so that it is taken once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-form-token.h"

#include "reunion-central-places.h"

#include <sodium.h>
#include <string.h>

#define KEY_NAME "form"
#define KEY_BYTES 32
#define MAX_TOKEN 200

/* Hexadecimal. Transfer full. */
static char *
find_key (CentralService *service, GError **error)
{
  guint8 random[KEY_BYTES];
  char fresh[KEY_BYTES * 2 + 1];

  randombytes_buf (random, sizeof random);
  sodium_bin2hex (fresh, sizeof fresh, random, sizeof random);
  return reunion_central_store_keep_key (central_service_get_store (service), KEY_NAME, fresh,
                                         error);
}

/* Transfer full; NULL with @error set. */
static char *
sign (CentralService *service,
      const char *case_id,
      const char *made,
      const char *id,
      GError **error)
{
  g_autofree char *key = find_key (service, error);
  g_autofree char *signed_text = g_strdup_printf ("%s.%s.%s", made, id, case_id);

  if (key == NULL)
    return NULL;
  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) key, strlen (key),
                                    signed_text, -1);
}

char *
central_form_token_make (CentralService *service, const char *case_id, GError **error)
{
  g_autofree char *made = NULL;
  g_autofree char *id = NULL;
  g_autofree char *mac = NULL;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service) && case_id != NULL, NULL);

  made = g_strdup_printf ("%" G_GINT64_FORMAT, central_service_get_now_usec (service));
  id = g_uuid_string_random ();
  mac = sign (service, case_id, made, id, error);
  return mac != NULL ? g_strdup_printf ("%s.%s.%s", made, id, mac) : NULL;
}

char *
central_form_token_read (CentralService *service,
                         const char *case_id,
                         const char *token,
                         gint64 *made_usec,
                         GError **error)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *mac = NULL;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service) && case_id != NULL, NULL);

  if (token == NULL || strlen (token) > MAX_TOKEN)
    return NULL;
  parts = g_strsplit (token, ".", 4);
  if (g_strv_length (parts) != 3 || !g_uuid_string_is_valid (parts[1])
      || !g_ascii_string_to_signed (parts[0], 10, 0, G_MAXINT64, made_usec, NULL))
    return NULL;
  mac = sign (service, case_id, parts[0], parts[1], error);
  if (mac == NULL || strlen (mac) != strlen (parts[2])
      || sodium_memcmp (mac, parts[2], strlen (mac)) != 0)
    return NULL;
  return g_strdup (parts[1]);
}
