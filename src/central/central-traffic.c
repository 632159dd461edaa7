/* central-traffic.c: what was asked, how it was answered, and how long it took
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-traffic.h"

#include "central-log.h"

#include <string.h>

#define KEY "central-traffic"
#define STREAM_ROUTE "/v1/events"
#define UNKNOWN_ROUTE "unknown"

const double central_traffic_bounds_s[CENTRAL_N_BUCKETS]
    = { 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0 };

struct _CentralTraffic
{
  GObject parent_instance;

  GHashTable *counts; /* "METHOD status route" -> CentralTrafficCount */
  guint64 n_begun;
  guint64 n_commits;
  guint n_open;
  guint n_streams;
};

/* One request under way. */
typedef struct
{
  CentralTraffic *traffic;
  const char *method;
  const char *route;
  guint64 number;
  gint64 start_usec;
} Passage;

G_DEFINE_FINAL_TYPE (CentralTraffic, central_traffic, G_TYPE_OBJECT)

/* A method of somebody's own making is no string to be kept. */
static const char *
known_method (const char *method)
{
  static const char *const methods[]
      = { "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS" };

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (strcmp (method, methods[i]) == 0)
      return methods[i];
  return "other";
}

static gboolean
is_stream (const Passage *passage)
{
  return strcmp (passage->route, STREAM_ROUTE) == 0;
}

static CentralTrafficCount *
get_count (CentralTraffic *self, const Passage *passage, guint status)
{
  g_autofree char *key = g_strdup_printf ("%s %s %03u", passage->route, passage->method, status);
  CentralTrafficCount *count = g_hash_table_lookup (self->counts, key);

  if (count != NULL)
    return count;
  count = g_new0 (CentralTrafficCount, 1);
  count->method = passage->method;
  count->route = passage->route;
  count->status = status;
  g_hash_table_insert (self->counts, g_steal_pointer (&key), count);
  return count;
}

static void
finished_cb (SoupServerMessage *message, gpointer user_data)
{
  Passage *passage = user_data;
  CentralTraffic *self = passage->traffic;
  double took_s = (double) (g_get_monotonic_time () - passage->start_usec) / G_USEC_PER_SEC;
  CentralTrafficCount *count = get_count (self, passage, soup_server_message_get_status (message));

  count->n++;
  if (is_stream (passage))
    self->n_streams--;
  else
    {
      self->n_open--;
      count->sum_s += took_s;
      for (guint i = 0; i < CENTRAL_N_BUCKETS; i++)
        if (took_s <= central_traffic_bounds_s[i])
          {
            count->buckets[i]++;
            break;
          }
    }
  central_log_request (passage->number, passage->method, passage->route, count->status, took_s);
}

static void
passage_free (gpointer data, GClosure *closure)
{
  Passage *passage = data;

  g_object_unref (passage->traffic);
  g_free (passage);
}

static void
committed_cb (CentralTraffic *self)
{
  self->n_commits++;
}

static void
central_traffic_finalize (GObject *object)
{
  CentralTraffic *self = CENTRAL_TRAFFIC (object);

  g_hash_table_unref (self->counts);
  G_OBJECT_CLASS (central_traffic_parent_class)->finalize (object);
}

static void
central_traffic_class_init (CentralTrafficClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = central_traffic_finalize;
}

static void
central_traffic_init (CentralTraffic *self)
{
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

CentralTraffic *
central_traffic_get (CentralService *service)
{
  CentralTraffic *self;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service), NULL);

  self = g_object_get_data (G_OBJECT (service), KEY);
  if (self != NULL)
    return self;
  self = g_object_new (CENTRAL_TYPE_TRAFFIC, NULL);
  g_signal_connect_object (service, "committed", G_CALLBACK (committed_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (service), KEY, self, g_object_unref);
  return self;
}

void
central_traffic_begin (CentralTraffic *self, SoupServerMessage *message, const char *route)
{
  Passage *passage;

  g_return_if_fail (CENTRAL_IS_TRAFFIC (self) && message != NULL);

  passage = g_new0 (Passage, 1);
  passage->traffic = g_object_ref (self);
  passage->method = known_method (soup_server_message_get_method (message));
  passage->route = route != NULL ? route : UNKNOWN_ROUTE;
  passage->number = ++self->n_begun;
  passage->start_usec = g_get_monotonic_time ();
  if (is_stream (passage))
    self->n_streams++;
  else
    self->n_open++;
  g_signal_connect_data (message, "finished", G_CALLBACK (finished_cb), passage, passage_free, 0);
}

guint
central_traffic_get_n_open (CentralTraffic *self)
{
  g_return_val_if_fail (CENTRAL_IS_TRAFFIC (self), 0);

  return self->n_open;
}

guint
central_traffic_get_n_streams (CentralTraffic *self)
{
  g_return_val_if_fail (CENTRAL_IS_TRAFFIC (self), 0);

  return self->n_streams;
}

guint64
central_traffic_get_n_commits (CentralTraffic *self)
{
  g_return_val_if_fail (CENTRAL_IS_TRAFFIC (self), 0);

  return self->n_commits;
}

GPtrArray *
central_traffic_list (CentralTraffic *self)
{
  g_autoptr (GList) keys = NULL;
  GPtrArray *counts = g_ptr_array_new ();

  g_return_val_if_fail (CENTRAL_IS_TRAFFIC (self), counts);

  keys = g_list_sort (g_hash_table_get_keys (self->counts), (GCompareFunc) strcmp);
  for (GList *l = keys; l != NULL; l = l->next)
    g_ptr_array_add (counts, g_hash_table_lookup (self->counts, l->data));
  return counts;
}

guint64
central_traffic_count_tips (CentralTraffic *self)
{
  GHashTableIter iter;
  gpointer value;
  guint64 n = 0;

  g_return_val_if_fail (CENTRAL_IS_TRAFFIC (self), 0);

  g_hash_table_iter_init (&iter, self->counts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const CentralTrafficCount *count = value;

      if (count->status == SOUP_STATUS_CREATED && g_str_has_suffix (count->route, "/tips"))
        n += count->n;
    }
  return n;
}
