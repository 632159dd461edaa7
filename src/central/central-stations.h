/* central-stations.h: stations, and how a PC of one is enrolled
 *
 * An administrator makes a code, reads it out over the telephone, and the desk spends
 * it: once, within 72 hours, and only the last that was made for a station. What it
 * gets is a credential that says which station the PC belongs to. Of both only the
 * SHA-256 is stored; the credential is worked out from the code and the
 * Idempotency-Key, so that an answer that was lost can be asked for again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-request.h"
#include "reunion-central-stations.h"

G_BEGIN_DECLS

#define CENTRAL_ENROLMENT_USEC (72 * G_TIME_SPAN_HOUR)

/* The station whose credential this is; NULL without error for none. Transfer full. */
ReunionStation *
central_stations_find_credential (CentralService *service, const char *credential, GError **error);

/* The routes. */
void central_stations_handle_list (CentralRequest *request);
void central_stations_handle_create (CentralRequest *request);
void central_stations_handle_enrolment (CentralRequest *request);
void central_stations_handle_enrol (CentralRequest *request);

G_END_DECLS
