/* central-receiver.h: a partner's end, on a real port
 *
 * Checks the signatures with libsodium, so that the service's own code does
 * not vouch for itself, and misbehaves as it is told.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-fixture.h"
#include "reunion-datum.h"

G_BEGIN_DECLS

typedef enum
{
  CENTRAL_RECEIVER_TAKE,
  CENTRAL_RECEIVER_STATUS,
  CENTRAL_RECEIVER_GARBAGE,
  CENTRAL_RECEIVER_DROP,
  CENTRAL_RECEIVER_HANG,
  CENTRAL_RECEIVER_REDIRECT,
} CentralReceiverMode;

/**
 * CentralReceiver:
 * @status: what CENTRAL_RECEIVER_STATUS answers
 * @n_attempts: requests that came, whatever became of them
 * @n_unsigned: those whose signature did not fit
 * @n_redirected: requests for where CENTRAL_RECEIVER_REDIRECT points to
 * @messages: JsonObject, those that were taken
 * @ids: webhook-id of each attempt
 * @bodies: bytes of each attempt, as text
 */
typedef struct
{
  char *id;
  char *url;
  guint8 key[32];
  guint port;
  SoupServer *soup;
  CentralReceiverMode mode;
  guint status;
  guint n_attempts;
  guint n_unsigned;
  guint n_redirected;
  GPtrArray *messages;
  GPtrArray *ids;
  GPtrArray *bodies;
} CentralReceiver;

/* Listens, and is put down as a partner of the service. */
CentralReceiver *central_receiver_new (CentralFixture *fixture,
                                       const char *id,
                                       ReunionDatum datum,
                                       gboolean accepts_ring);
void central_receiver_free (CentralReceiver *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CentralReceiver, central_receiver_free)

/* Nobody listens at the port any more; or again. */
void central_receiver_go_down (CentralReceiver *self);
void central_receiver_come_up (CentralReceiver *self);

/* Messages of @kind taken; at @stage, or at any when it is 0. */
guint central_receiver_count (const CentralReceiver *self, const char *kind, guint stage);
/* The last one of @kind; fails when there is none. Transfer none. */
JsonObject *central_receiver_get_last (const CentralReceiver *self, const char *kind);
double central_receiver_get_radius_km (JsonObject *message);
double central_receiver_get_told_radius_km (JsonObject *message);
/* Fails when a private value or a bad signature came in. */
void central_receiver_check (const CentralReceiver *self);

/* A tip's message, signed as this partner at @timestamp_s. Transfer full. */
SoupMessage *central_receiver_sign_tip (const CentralReceiver *self,
                                        CentralFixture *fixture,
                                        const char *body,
                                        gint64 timestamp_s);
/* Sends it, signed now. */
CentralAnswer *
central_receiver_send_tip (const CentralReceiver *self, CentralFixture *fixture, const char *body);

G_END_DECLS
