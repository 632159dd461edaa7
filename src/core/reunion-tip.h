/* reunion-tip.h: what somebody saw
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "reunion-geodesy.h"
#include "reunion-photo.h"

G_BEGIN_DECLS

/**
 * ReunionTipState:
 * @REUNION_TIP_STATE_NEW: nobody has looked at it yet
 * @REUNION_TIP_STATE_CHECKING: somebody is looking into it
 * @REUNION_TIP_STATE_CREDIBLE: it may well be the person
 * @REUNION_TIP_STATE_DISMISSED: it is not
 * @REUNION_TIP_STATE_LED: it led to the person
 */
typedef enum
{
  REUNION_TIP_STATE_NEW,
  REUNION_TIP_STATE_CHECKING,
  REUNION_TIP_STATE_CREDIBLE,
  REUNION_TIP_STATE_DISMISSED,
  REUNION_TIP_STATE_LED,
} ReunionTipState;

#define REUNION_N_TIP_STATES (REUNION_TIP_STATE_LED + 1)

#define REUNION_TYPE_TIP (reunion_tip_get_type ())
G_DECLARE_FINAL_TYPE (ReunionTip, reunion_tip, REUNION, TIP, GObject)

/* @id: made by the service; @case_id: the case that it speaks of. Transfer full. */
ReunionTip *reunion_tip_new (const char *id, const char *case_id);

const char *reunion_tip_get_id (ReunionTip *self);
const char *reunion_tip_get_case_id (ReunionTip *self);

/* The partner that passed it on and the partner's own id for it, by which a
 * repeat is known. */
const char *reunion_tip_get_partner (ReunionTip *self);
const char *reunion_tip_get_partner_tip_id (ReunionTip *self);
void reunion_tip_set_origin (ReunionTip *self, const char *partner, const char *partner_tip_id);

/* What was seen, in the tipster's words; NULL when nothing was said. */
const char *reunion_tip_get_text (ReunionTip *self);
void reunion_tip_set_text (ReunionTip *self, const char *text);
/* The place in words; NULL when only a point was given. */
const char *reunion_tip_get_place (ReunionTip *self);
void reunion_tip_set_place (ReunionTip *self, const char *place);
/* How to reach the tipster; for the police alone. NULL when not left. */
const char *reunion_tip_get_contact (ReunionTip *self);
void reunion_tip_set_contact (ReunionTip *self, const char *contact);

/* What the tipster photographed, for the police alone; NULL when nothing. Transfer
 * none; set takes a reference of its own. */
ReunionPhoto *reunion_tip_get_photo (ReunionTip *self);
void reunion_tip_set_photo (ReunionTip *self, ReunionPhoto *photo);
/* Code of another station that is nearer than the one of the case, and is told of
 * the tip as well; NULL when there is none. */
const char *reunion_tip_get_near_station (ReunionTip *self);
void reunion_tip_set_near_station (ReunionTip *self, const char *station);

/* WGS-84; FALSE when the tip names no point. */
gboolean reunion_tip_get_point (ReunionTip *self, ReunionPoint *point);
void reunion_tip_set_point (ReunionTip *self, ReunionPoint point);

/* When the person was seen and when the service took the tip in: microseconds
 * since 1970-01-01T00:00:00Z. Seen is 0 when unknown. */
gint64 reunion_tip_get_seen_usec (ReunionTip *self);
void reunion_tip_set_seen_usec (ReunionTip *self, gint64 usec);
gint64 reunion_tip_get_received_usec (ReunionTip *self);
void reunion_tip_set_received_usec (ReunionTip *self, gint64 usec);

ReunionTipState reunion_tip_get_state (ReunionTip *self);
void reunion_tip_set_state (ReunionTip *self, ReunionTipState state);

/* Names on the wire and in the store; the label is translated. Transfer none. */
const char *reunion_tip_state_to_key (ReunionTipState state);
gboolean reunion_tip_state_from_key (const char *key, ReunionTipState *state);
const char *reunion_tip_state_get_label (ReunionTipState state);

G_END_DECLS
