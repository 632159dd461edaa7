/* central-traffic.h: what was asked, how it was answered, and how long it took
 *
 * A request is known by the pattern of its route ("/v1/cases/:"), by a number, its
 * method and its status. Addresses as they were asked for, headers and bodies are
 * never kept: ids, names and tokens stand in them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "central-service.h"

G_BEGIN_DECLS

#define CENTRAL_TYPE_TRAFFIC (central_traffic_get_type ())
G_DECLARE_FINAL_TYPE (CentralTraffic, central_traffic, CENTRAL, TRAFFIC, GObject)

/* That of @service; made at the first call. Transfer none. */
CentralTraffic *central_traffic_get (CentralService *service);

/* Counts @message from now until it is finished, and logs it then. @route: the
 * pattern, a string of the program; NULL for an address that there is not. */
void central_traffic_begin (CentralTraffic *self, SoupServerMessage *message, const char *route);

/* Requests that were begun and are not finished, event streams left out. */
guint central_traffic_get_n_open (CentralTraffic *self);
guint central_traffic_get_n_streams (CentralTraffic *self);
guint64 central_traffic_get_n_commits (CentralTraffic *self);

#define CENTRAL_N_BUCKETS 12
/* Upper bounds of the histogram, in seconds; what takes longer counts in the sum
 * alone. */
extern const double central_traffic_bounds_s[CENTRAL_N_BUCKETS];

/**
 * CentralTrafficCount:
 * @method, @route: strings of the program
 * @buckets: requests that took as long as the bound and longer than the one before
 */
typedef struct
{
  const char *method;
  const char *route;
  guint status;
  guint64 n;
  guint64 buckets[CENTRAL_N_BUCKETS];
  double sum_s;
} CentralTrafficCount;

/* CentralTrafficCount, by route, method and status. Transfer container. */
GPtrArray *central_traffic_list (CentralTraffic *self);

/* Of partners and of the page; those that were new. */
guint64 central_traffic_count_tips (CentralTraffic *self);

G_END_DECLS
