/* central-limits.c: how often who may ask
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-limits.h"

#include "central-request.h"

#include <math.h>
#include <string.h>

#define MAX_KEYS 65536
#define STATUS_TOO_MANY_REQUESTS 429 /* not among libsoup 3.2's names */

/* At most @burst at once, and @burst again after @period_s of silence. */
static const struct
{
  guint burst;
  guint period_s;
} table[CENTRAL_N_LIMITS] = {
  [CENTRAL_LIMIT_SIGN_IN_ACCOUNT] = { 10, 15 * 60 },
  [CENTRAL_LIMIT_SIGN_IN_ADDRESS] = { 30, 15 * 60 },
  [CENTRAL_LIMIT_ENROLMENT] = { 10, 60 * 60 },
  [CENTRAL_LIMIT_REFUSED] = { 600, 60 },
  [CENTRAL_LIMIT_STAFF] = { 6000, 60 },
  [CENTRAL_LIMIT_PUBLIC] = { 12000, 60 },
  [CENTRAL_LIMIT_TIP_FORM] = { 20, 10 * 60 },
};

typedef struct
{
  double tokens;
  gint64 at_usec; /* when there were so many */
  GList link;     /* in the order of use; its data is the key */
} Bucket;

struct _CentralLimits
{
  guint max_keys;
  GHashTable *buckets[CENTRAL_N_LIMITS]; /* SHA-256 of the key to Bucket */
  GQueue used[CENTRAL_N_LIMITS];         /* the one used last at the tail */
  GPtrArray *proxies;                    /* GInetAddressMask */
};

static Bucket *
find_bucket (CentralLimits *self, CentralLimit limit, const char *key, gint64 now_usec)
{
  /* Keys are what strangers send, of any length. */
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  Bucket *bucket = g_hash_table_lookup (self->buckets[limit], hash);
  double elapsed_s;

  if (bucket == NULL)
    {
      if (self->used[limit].length >= self->max_keys)
        {
          GList *oldest = g_queue_pop_head_link (&self->used[limit]);

          g_hash_table_remove (self->buckets[limit], oldest->data);
        }
      bucket = g_new0 (Bucket, 1);
      bucket->tokens = table[limit].burst;
      bucket->at_usec = now_usec;
      bucket->link.data = hash;
      g_hash_table_insert (self->buckets[limit], g_steal_pointer (&hash), bucket);
    }
  else
    g_queue_unlink (&self->used[limit], &bucket->link);
  g_queue_push_tail_link (&self->used[limit], &bucket->link);
  elapsed_s = (double) MAX (now_usec - bucket->at_usec, 0) / G_TIME_SPAN_SECOND;
  bucket->tokens = MIN (table[limit].burst,
                        bucket->tokens + elapsed_s * table[limit].burst / table[limit].period_s);
  bucket->at_usec = now_usec;
  return bucket;
}

static gint64
get_wait_s (const Bucket *bucket, CentralLimit limit)
{
  /* A hair less than one is one: what dripped in is a sum of fractions. */
  if (bucket->tokens >= 1.0 - 1e-6)
    return 0;
  return MAX (1, (gint64) ceil ((1.0 - bucket->tokens) * table[limit].period_s / table[limit].burst
                                - 1e-6));
}

CentralLimits *
central_limits_new (guint max_keys)
{
  CentralLimits *self = g_new0 (CentralLimits, 1);

  self->max_keys = max_keys;
  for (guint i = 0; i < CENTRAL_N_LIMITS; i++)
    {
      self->buckets[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_queue_init (&self->used[i]);
    }
  self->proxies = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

void
central_limits_free (CentralLimits *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < CENTRAL_N_LIMITS; i++)
    g_hash_table_unref (self->buckets[i]);
  g_ptr_array_unref (self->proxies);
  g_free (self);
}

CentralLimits *
central_limits_get (CentralService *service)
{
  CentralLimits *self;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service), NULL);

  self = g_object_get_data (G_OBJECT (service), "central-limits");
  if (self == NULL)
    {
      self = central_limits_new (MAX_KEYS);
      g_object_set_data_full (G_OBJECT (service), "central-limits", self,
                              (GDestroyNotify) central_limits_free);
    }
  return self;
}

gint64
central_limits_take (CentralLimits *self, CentralLimit limit, const char *key, gint64 now_usec)
{
  Bucket *bucket;
  gint64 wait_s;

  g_return_val_if_fail (self != NULL && limit < CENTRAL_N_LIMITS && key != NULL, 0);

  bucket = find_bucket (self, limit, key, now_usec);
  wait_s = get_wait_s (bucket, limit);
  if (wait_s == 0)
    bucket->tokens = MAX (bucket->tokens - 1.0, 0.0);
  return wait_s;
}

gint64
central_limits_peek (CentralLimits *self, CentralLimit limit, const char *key, gint64 now_usec)
{
  g_return_val_if_fail (self != NULL && limit < CENTRAL_N_LIMITS && key != NULL, 0);

  return get_wait_s (find_bucket (self, limit, key, now_usec), limit);
}

void
central_limits_give_back (CentralLimits *self, CentralLimit limit, const char *key)
{
  g_autofree char *hash = NULL;
  Bucket *bucket;

  g_return_if_fail (self != NULL && limit < CENTRAL_N_LIMITS && key != NULL);

  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  bucket = g_hash_table_lookup (self->buckets[limit], hash);
  if (bucket != NULL)
    bucket->tokens = MIN (table[limit].burst, bucket->tokens + 1.0);
}

guint
central_limits_get_n_keys (CentralLimits *self, CentralLimit limit)
{
  g_return_val_if_fail (self != NULL && limit < CENTRAL_N_LIMITS, 0);

  return g_hash_table_size (self->buckets[limit]);
}

void
central_limits_refuse (SoupServerMessage *message, gint64 wait_s)
{
  g_autofree char *seconds = g_strdup_printf ("%" G_GINT64_FORMAT, wait_s);
  g_autofree char *sentence
      = g_strdup_printf ("That was too often. Wait %" G_GINT64_FORMAT " s and try again.", wait_s);

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After",
                                seconds);
  central_request_refuse (message, STATUS_TOO_MANY_REQUESTS, sentence);
}

gboolean
central_limits_trust (CentralLimits *self, const char *network, GError **error)
{
  GInetAddressMask *mask;

  g_return_val_if_fail (self != NULL && network != NULL, FALSE);

  mask = g_inet_address_mask_new_from_string (network, NULL);
  if (mask == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "“%s” is no address of a proxy. Write it like 10.0.0.1 or 10.0.0.0/8.", network);
      return FALSE;
    }
  g_ptr_array_add (self->proxies, mask);
  return TRUE;
}

/* --- whom a call comes from --------------------------------------------------- */

/* IPv4 written as IPv6 is IPv4. Transfer full; NULL for what is no address. */
static GInetAddress *
parse_address (const char *text)
{
  g_autofree char *copy = g_strstrip (g_strdup (text));
  char *start = copy;
  char *end;
  GInetAddress *address;

  if (*start == '"')
    {
      start++;
      end = strchr (start, '"');
      if (end != NULL)
        *end = '\0';
    }
  if (*start == '[' && (end = strchr (start, ']')) != NULL)
    {
      start++;
      *end = '\0';
    }
  else if ((end = strchr (start, ':')) != NULL && strchr (end + 1, ':') == NULL)
    *end = '\0'; /* a port */
  address = g_inet_address_new_from_string (start);
  if (address != NULL && g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6
      && g_ascii_strncasecmp (start, "::ffff:", 7) == 0)
    {
      GInetAddress *short_one = g_inet_address_new_from_string (start + 7);

      if (short_one != NULL)
        {
          g_object_unref (address);
          address = short_one;
        }
    }
  return address;
}

static gboolean
is_proxy (CentralLimits *self, GInetAddress *address)
{
  for (guint i = 0; i < self->proxies->len; i++)
    {
      GInetAddressMask *mask = self->proxies->pdata[i];

      if (g_inet_address_mask_get_family (mask) == g_inet_address_get_family (address)
          && g_inet_address_mask_matches (mask, address))
        return TRUE;
    }
  return FALSE;
}

/* The addresses that the proxies wrote down, the one nearest to us last: of
 * Forwarded (RFC 7239) where there is one. Transfer full. */
static GPtrArray *
list_forwarded (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *forwarded = soup_message_headers_get_list (headers, "Forwarded");
  const char *list
      = forwarded != NULL ? forwarded : soup_message_headers_get_list (headers, "X-Forwarded-For");
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) hops = g_strsplit (list != NULL ? list : "", ",", -1);

  for (gsize i = 0; hops[i] != NULL; i++)
    {
      g_auto (GStrv) pairs = NULL;

      if (forwarded == NULL)
        {
          g_ptr_array_add (addresses, g_strdup (hops[i]));
          continue;
        }
      pairs = g_strsplit (hops[i], ";", -1);
      for (gsize j = 0; pairs[j] != NULL; j++)
        if (g_ascii_strncasecmp (g_strstrip (pairs[j]), "for=", 4) == 0)
          g_ptr_array_add (addresses, g_strdup (pairs[j] + 4));
    }
  return addresses;
}

static char *
to_key (GInetAddress *address)
{
  guint8 bytes[16];
  g_autoptr (GInetAddress) prefix = NULL;
  g_autofree char *text = NULL;

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    return g_inet_address_to_string (address);
  memcpy (bytes, g_inet_address_to_bytes (address), sizeof bytes);
  memset (bytes + 8, 0, 8);
  prefix = g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV6);
  text = g_inet_address_to_string (prefix);
  return g_strconcat (text, "/64", NULL);
}

char *
central_limits_get_address (CentralLimits *self, SoupServerMessage *message)
{
  const char *host = soup_server_message_get_remote_host (message);
  g_autoptr (GInetAddress) address = host != NULL ? parse_address (host) : NULL;
  g_autoptr (GPtrArray) forwarded = NULL;

  if (address == NULL)
    return g_strdup ("unknown");
  if (self->proxies->len == 0 || !is_proxy (self, address))
    return to_key (address);
  /* From our end: what is left of the first that is none of ours anybody can have
   * written. */
  forwarded = list_forwarded (message);
  for (guint i = forwarded->len; i > 0; i--)
    {
      g_clear_object (&address);
      address = parse_address (forwarded->pdata[i - 1]);
      if (address == NULL)
        return g_strdup ("unknown");
      if (!is_proxy (self, address))
        return to_key (address);
    }
  return to_key (address);
}
