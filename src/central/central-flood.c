/* central-flood.c: how often one address may come, on the public pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-flood.h"

#include <string.h>

/* Of IPv6, what a household gets. */
#define NETWORK_BYTES 8

struct _CentralFlood
{
  guint n_burst;
  gint64 refill_usec;
  guint n_addresses;
  GHashTable *buckets; /* char * to gint64 *: when the bucket is full again */
};

CentralFlood *
central_flood_new (guint n_burst, gint64 refill_usec, guint n_addresses)
{
  CentralFlood *self;

  g_return_val_if_fail (n_burst > 0 && refill_usec > 0 && n_addresses > 0, NULL);

  self = g_new0 (CentralFlood, 1);
  self->n_burst = n_burst;
  self->refill_usec = refill_usec;
  self->n_addresses = n_addresses;
  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
central_flood_free (CentralFlood *self)
{
  g_hash_table_unref (self->buckets);
  g_free (self);
}

static char *
make_key (GSocketAddress *address)
{
  GInetAddress *inet = G_IS_INET_SOCKET_ADDRESS (address)
                           ? g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))
                           : NULL;
  GString *key = g_string_new (NULL);
  const guint8 *bytes;
  gsize n_bytes;

  if (inet == NULL)
    return g_string_free (key, FALSE);
  bytes = g_inet_address_to_bytes (inet);
  n_bytes = MIN (g_inet_address_get_native_size (inet), NETWORK_BYTES);
  for (gsize i = 0; i < n_bytes; i++)
    g_string_append_printf (key, "%02x", bytes[i]);
  return g_string_free (key, FALSE);
}

static gboolean
is_full_cb (gpointer key, gpointer value, gpointer user_data)
{
  return *(gint64 *) value <= *(gint64 *) user_data;
}

gboolean
central_flood_take (CentralFlood *self, GSocketAddress *address, gint64 now_usec, gint64 *wait_usec)
{
  g_autofree char *key = NULL;
  gint64 *full_usec;
  gint64 begin_usec;

  g_return_val_if_fail (self != NULL, FALSE);

  key = make_key (address);
  full_usec = g_hash_table_lookup (self->buckets, key);
  if (full_usec == NULL)
    {
      /* Those that are full are as good as new ones. When still too many are left,
       * forgetting all lets a flood through for once, and memory does not end. */
      if (g_hash_table_size (self->buckets) >= self->n_addresses)
        g_hash_table_foreach_remove (self->buckets, is_full_cb, &now_usec);
      if (g_hash_table_size (self->buckets) >= self->n_addresses)
        g_hash_table_remove_all (self->buckets);
      full_usec = g_new0 (gint64, 1);
      *full_usec = now_usec;
      g_hash_table_insert (self->buckets, g_steal_pointer (&key), full_usec);
    }
  begin_usec = CLAMP (*full_usec, now_usec, now_usec + self->n_burst * self->refill_usec);
  if (begin_usec + self->refill_usec > now_usec + self->n_burst * self->refill_usec)
    {
      if (wait_usec != NULL)
        *wait_usec = begin_usec - now_usec - (self->n_burst - 1) * self->refill_usec;
      return FALSE;
    }
  *full_usec = begin_usec + self->refill_usec;
  return TRUE;
}
