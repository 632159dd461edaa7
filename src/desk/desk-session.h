/* desk-session.h: what every page of the desk works with
 *
 * The store, the way to the service, who is signed in, the cases that are being
 * looked at, and the second hand of the clock. Pages know the session; the
 * session knows no page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "desk-map-settings.h"
#include "reunion-place-index.h"
#include "reunion-station-search.h"
#include "reunion-sync.h"

G_BEGIN_DECLS

#define DESK_TYPE_SESSION (desk_session_get_type ())
G_DECLARE_FINAL_TYPE (DeskSession, desk_session, DESK, SESSION, GObject)

/* @base_map_path may be NULL. Takes references. Transfer full.
 *
 * DeskSession::tick (): a second has passed.
 * DeskSession::case-changed (const char *case_id): the store has written
 * something of this case, or, for NULL, of any; once for each case, when the
 * window is idle.
 * DeskSession::changed (): the store was written; emitted once for any number
 * of changes, after those.
 * DeskSession::account-changed (): somebody else is signed in, or more is
 * known of who is.
 * DeskSession::tip-received (ReunionTip *): a tip that this PC had not seen.
 * DeskSession::sync-changed (): status or problem of the sync changed. */
DeskSession *
desk_session_new (ReunionStationStore *store, ReunionSync *sync, const char *base_map_path);

/* Transfer none. */
ReunionStationStore *desk_session_get_store (DeskSession *self);
ReunionSync *desk_session_get_sync (DeskSession *self);
ReunionPolicy *desk_session_get_policy (DeskSession *self);
const char *desk_session_get_base_map_path (DeskSession *self);
DeskMapSettings *desk_session_get_map_settings (DeskSession *self);
/* NULL without a base map. */
ReunionPlaceIndex *desk_session_get_places (DeskSession *self);

/* Microseconds since the epoch. */
gint64 desk_session_get_now_usec (DeskSession *self);

/* NULL when it is not on this PC. Read once as long as nothing is written of it;
 * valid until the window is idle. */
ReunionCase *desk_session_find_case (DeskSession *self, const char *case_id);
/* How many cases are in one of @states, a mask of 1 << ReunionCaseState. */
guint desk_session_count_cases (DeskSession *self, guint states);

/* Signs in as @account. Where this PC knows the password already the desk can be
 * used at once; else as soon as the service has accepted it. */
void desk_session_sign_in (DeskSession *self, const char *account, const char *password);
void desk_session_sign_out (DeskSession *self);
/* Whether the pages may be shown to who is signed in. */
gboolean desk_session_get_is_admitted (DeskSession *self);
/* Why they may not yet: a sentence for the person who signs in; NULL while there
 * is nothing to say. Transfer full. */
char *desk_session_get_sign_in_problem (DeskSession *self);

/* Name of the account, NULL while nobody is signed in; then what is known of
 * it, "" where nothing is. */
const char *desk_session_get_account (DeskSession *self);
const char *desk_session_get_officer_name (DeskSession *self);
const char *desk_session_get_station (DeskSession *self);
const char *desk_session_get_station_name (DeskSession *self);
const char *desk_session_get_station_phone (DeskSession *self);
/* REUNION_ROLE_OFFICER while it is not known. */
ReunionRole desk_session_get_role (DeskSession *self);

G_END_DECLS
