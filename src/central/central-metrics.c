/* central-metrics.c: figures for Prometheus, in its text format 0.0.4
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-metrics.h"

#include "central-traffic.h"
#include "reunion-central-expiry.h"
#include "reunion-central-gauges.h"

#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define TOKEN_KEY "central-metrics-token"
#define MEDIA_TYPE "text/plain; version=0.0.4; charset=utf-8"

static void
begin (GString *text, const char *name, const char *type, const char *help)
{
  g_string_append_printf (text, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

/* One value without labels. */
static void
put (GString *text, const char *name, const char *type, const char *help, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  begin (text, name, type, help);
  g_string_append_printf (text, "%s %s\n", name, g_ascii_dtostr (number, sizeof number, value));
}

/* Transfer full. */
static char *
escape_label (const char *value)
{
  g_autoptr (GString) text = g_string_new (value);

  g_string_replace (text, "\\", "\\\\", 0);
  g_string_replace (text, "\"", "\\\"", 0);
  g_string_replace (text, "\n", "\\n", 0);
  return g_strdup (text->str);
}

static void
put_requests (GString *text, CentralTraffic *traffic)
{
  g_autoptr (GPtrArray) counts = central_traffic_list (traffic);
  char bound[G_ASCII_DTOSTR_BUF_SIZE];

  begin (text, "reunion_requests_total", "counter", "Requests answered, by route and status.");
  for (guint i = 0; i < counts->len; i++)
    {
      const CentralTrafficCount *count = counts->pdata[i];

      g_string_append_printf (
          text,
          "reunion_requests_total{method=\"%s\",route=\"%s\",status=\"%u\"} %" G_GUINT64_FORMAT
          "\n",
          count->method, count->route, count->status, count->n);
    }
  begin (text, "reunion_request_seconds", "histogram",
         "From the headers of a request to the end of its answer; streams left out.");
  for (guint i = 0; i < counts->len;)
    {
      const CentralTrafficCount *first = counts->pdata[i];
      CentralTrafficCount sum = { 0 };

      /* Statuses of one route follow each other. */
      for (; i < counts->len; i++)
        {
          const CentralTrafficCount *count = counts->pdata[i];

          if (strcmp (count->route, first->route) != 0
              || strcmp (count->method, first->method) != 0)
            break;
          sum.n += count->n;
          sum.sum_s += count->sum_s;
          for (guint j = 0; j < CENTRAL_N_BUCKETS; j++)
            sum.buckets[j] += count->buckets[j];
        }
      for (guint j = 0, n = 0; j < CENTRAL_N_BUCKETS; j++)
        {
          n += (guint) sum.buckets[j];
          g_string_append_printf (
              text, "reunion_request_seconds_bucket{method=\"%s\",route=\"%s\",le=\"%s\"} %u\n",
              first->method, first->route,
              g_ascii_formatd (bound, sizeof bound, "%.4g", central_traffic_bounds_s[j]), n);
        }
      g_string_append_printf (text,
                              "reunion_request_seconds_bucket{method=\"%s\",route=\"%s\",le=\"+Inf"
                              "\"} %" G_GUINT64_FORMAT "\n",
                              first->method, first->route, sum.n);
      g_string_append_printf (text, "reunion_request_seconds_sum{method=\"%s\",route=\"%s\"} %s\n",
                              first->method, first->route,
                              g_ascii_dtostr (bound, sizeof bound, sum.sum_s));
      g_string_append_printf (
          text, "reunion_request_seconds_count{method=\"%s\",route=\"%s\"} %" G_GUINT64_FORMAT "\n",
          first->method, first->route, sum.n);
    }
}

static void
put_queues (GString *text, ReunionCentralStore *store, gint64 now_usec)
{
  g_autoptr (GPtrArray) queues = reunion_central_store_list_queues (store, NULL);
  static const struct
  {
    const char *name;
    const char *help;
  } gauges[] = {
    { "reunion_deliveries_waiting", "Messages that wait for a partner." },
    { "reunion_deliveries_dead", "Messages that no further attempt is made for." },
    { "reunion_delivery_oldest_seconds", "How long the oldest of the waiting ones waits." },
  };

  for (gsize i = 0; queues != NULL && i < G_N_ELEMENTS (gauges); i++)
    {
      begin (text, gauges[i].name, "gauge", gauges[i].help);
      for (guint j = 0; j < queues->len; j++)
        {
          const ReunionQueueGauge *queue = queues->pdata[j];
          g_autofree char *partner = escape_label (queue->partner);
          gint64 oldest_s = queue->oldest_usec > 0
                                ? MAX (0, now_usec - queue->oldest_usec) / G_TIME_SPAN_SECOND
                                : 0;
          gint64 values[] = { queue->n_waiting, queue->n_dead, oldest_s };

          g_string_append_printf (text, "%s{partner=\"%s\"} %" G_GINT64_FORMAT "\n", gauges[i].name,
                                  partner, values[i]);
        }
    }
}

static void
put_cases (GString *text, ReunionCentralStore *store)
{
  g_autoptr (GHashTable) counts = reunion_central_store_count_by_state (store, NULL);

  begin (text, "reunion_cases", "gauge", "Cases, by their state.");
  for (guint i = 0; counts != NULL && i < REUNION_N_CASE_STATES; i++)
    {
      const char *key = reunion_case_state_to_key (i);
      const gint64 *count = g_hash_table_lookup (counts, key);

      g_string_append_printf (text, "reunion_cases{state=\"%s\"} %" G_GINT64_FORMAT "\n", key,
                              count != NULL ? *count : 0);
    }
}

static double
lag_s (gint64 due_usec, gint64 now_usec)
{
  return due_usec >= 0 && due_usec < now_usec ? (double) (now_usec - due_usec) / G_USEC_PER_SEC
                                              : 0.0;
}

static double
get_resident_bytes (void)
{
  g_autofree char *text = NULL;
  const char *second;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL)
      || (second = strchr (text, ' ')) == NULL)
    return 0.0;
  return (double) g_ascii_strtoull (second, NULL, 10) * (double) sysconf (_SC_PAGESIZE);
}

char *
central_metrics_to_text (CentralService *service)
{
  GString *text = g_string_new (NULL);
  ReunionCentralStore *store;
  CentralTraffic *traffic;
  gint64 now_usec;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service), g_string_free (text, FALSE));

  store = central_service_get_store (service);
  traffic = central_traffic_get (service);
  now_usec = central_service_get_now_usec (service);
  put_requests (text, traffic);
  put (text, "reunion_requests_open", "gauge", "Requests under way.",
       central_traffic_get_n_open (traffic));
  put (text, "reunion_event_streams", "gauge", "Event streams open.",
       central_traffic_get_n_streams (traffic));
  put (text, "reunion_tips_total", "counter", "New tips taken.",
       (double) central_traffic_count_tips (traffic));
  put (text, "reunion_commits_total", "counter", "Transactions with news in them.",
       (double) central_traffic_get_n_commits (traffic));
  put_queues (text, store, now_usec);
  put_cases (text, store);
  put (text, "reunion_escalation_lag_seconds", "gauge", "How late the next growth of a circle is.",
       lag_s (reunion_central_store_get_next_change_usec (store), now_usec));
  put (text, "reunion_expiry_lag_seconds", "gauge", "How late the next erasure is.",
       lag_s (reunion_central_store_get_next_expiry_usec (store), now_usec));
  put (text, "reunion_store_bytes", "gauge", "Size of the store.",
       (double) reunion_central_store_get_size_bytes (store));
  put (text, "process_resident_memory_bytes", "gauge", "Memory that the process has in use.",
       get_resident_bytes ());
  return g_string_free (text, FALSE);
}

void
central_metrics_set_token (CentralService *service, const char *token)
{
  g_return_if_fail (CENTRAL_IS_SERVICE (service));

  g_object_set_data_full (G_OBJECT (service), TOKEN_KEY, g_strdup (token), g_free);
}

/* A proxy on this machine calls from it, whoever it calls for. */
static gboolean
is_local (CentralRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  GSocketAddress *address = soup_server_message_get_remote_address (request->message);

  return G_IS_INET_SOCKET_ADDRESS (address)
         && g_inet_address_get_is_loopback (
             g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)))
         && soup_message_headers_get_list (headers, "X-Forwarded-For") == NULL
         && soup_message_headers_get_list (headers, "Forwarded") == NULL
         && soup_message_headers_get_list (headers, "Via") == NULL;
}

static gboolean
bears_token (CentralRequest *request)
{
  const char *token = g_object_get_data (G_OBJECT (request->service), TOKEN_KEY);
  const char *authorization = soup_message_headers_get_one (
      soup_server_message_get_request_headers (request->message), "Authorization");

  return token != NULL && authorization != NULL
         && g_ascii_strncasecmp (authorization, "Bearer ", 7) == 0
         && strlen (authorization + 7) == strlen (token)
         && sodium_memcmp (authorization + 7, token, strlen (token)) == 0;
}

void
central_metrics_handle_get (CentralRequest *request)
{
  g_autofree char *text = NULL;

  if (!bears_token (request)
      && (g_object_get_data (G_OBJECT (request->service), TOKEN_KEY) != NULL
          || !is_local (request)))
    {
      central_request_refuse (request->message, SOUP_STATUS_FORBIDDEN,
                              "The figures are for this machine, or for who bears the token of "
                              "--metrics-token.");
      return;
    }
  text = central_metrics_to_text (request->service);
  soup_message_headers_replace (soup_server_message_get_response_headers (request->message),
                                "Cache-Control", "no-store");
  soup_server_message_set_status (request->message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (request->message, MEDIA_TYPE, SOUP_MEMORY_COPY, text,
                                    strlen (text));
}
