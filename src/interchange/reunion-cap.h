/* reunion-cap.h: the notice as an alert of the Common Alerting Protocol
 *
 * A message is an Alert when the notice is published, an Update when it was
 * amended or its circle has grown, and a Cancel once the search has ended. What it
 * says is the text of reunion-notice.h, once in each language; a Cancel says of
 * whom it was no more than its identifiers do.
 *
 * Category is Rescue ("rescue and recovery"), for that is what is asked of people;
 * Security, which is for law enforcement, goes beside it for an abduction alone.
 * Those bear the event code CAE of SAME too, as the one thing that is taken from
 * what the public is not told otherwise: what kind of loss it is.
 *
 * Coordinates are WGS-84, as the specification wants them.
 * Source: OASIS Common Alerting Protocol 1.2, 1 July 2010.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-case.h"

G_BEGIN_DECLS

#define REUNION_CAP_NAMESPACE "urn:oasis:names:tc:emergency:cap:1.2"
#define REUNION_CAP_MEDIA_TYPE "application/cap+xml"

/* Names of the parameters. The circle less what was told before is the ring in
 * which people are to be alerted anew: for those that can subtract. */
#define REUNION_CAP_PARAMETER_STAGE "reunion:stage"
#define REUNION_CAP_PARAMETER_RADIUS "reunion:radius-km"
#define REUNION_CAP_PARAMETER_TOLD "reunion:told-radius-km"

#define REUNION_CAP_ERROR (reunion_cap_error_quark ())
GQuark reunion_cap_error_quark (void);

/**
 * ReunionCapError:
 * @REUNION_CAP_ERROR_XML: no well-formed XML, or one with a document type
 * @REUNION_CAP_ERROR_STRUCTURE: an element is missing, unknown, or out of order
 * @REUNION_CAP_ERROR_VALUE: an element holds what it must not
 */
typedef enum
{
  REUNION_CAP_ERROR_XML,
  REUNION_CAP_ERROR_STRUCTURE,
  REUNION_CAP_ERROR_VALUE,
} ReunionCapError;

/* An earlier message. */
typedef struct
{
  char *sender;
  char *identifier;
  gint64 sent_usec;
} ReunionCapReference;

/* A name and its value, for event codes and parameters. */
typedef struct
{
  char *name;
  char *value;
} ReunionCapPair;

typedef struct
{
  double lat_deg;
  double lon_deg;
  double radius_km;
} ReunionCapCircle;

/**
 * ReunionCapResource:
 * @size: in bytes
 * @digest: SHA-1, in lower-case hexadecimal
 */
typedef struct
{
  char *description;
  char *media_type;
  gint64 size;
  char *uri;
  char *digest;
} ReunionCapResource;

/* @circles: ReunionCapCircle */
typedef struct
{
  char *description;
  GPtrArray *circles;
} ReunionCapArea;

/**
 * ReunionCapInfo:
 * @categories, @response_types: char *
 * @event_codes, @parameters: ReunionCapPair
 * @resources: ReunionCapResource
 * @areas: ReunionCapArea
 *
 * What is said, in one language. Arrays are never NULL; texts that may be missing
 * are NULL then, and times 0.
 */
typedef struct
{
  char *language;
  GPtrArray *categories;
  char *event;
  GPtrArray *response_types;
  char *urgency;
  char *severity;
  char *certainty;
  GPtrArray *event_codes;
  gint64 effective_usec;
  gint64 onset_usec;
  gint64 expires_usec;
  char *headline;
  char *description;
  char *instruction;
  char *web;
  char *contact;
  GPtrArray *parameters;
  GPtrArray *resources;
  GPtrArray *areas;
} ReunionCapInfo;

/**
 * ReunionCapAlert:
 * @offset_minutes: east of UTC, of the clock by which times are written; the
 *   reader takes it from @sent_usec
 * @references: ReunionCapReference
 * @infos: ReunionCapInfo
 *
 * Times are microseconds since the epoch and written in whole seconds.
 */
typedef struct
{
  char *identifier;
  char *sender;
  gint64 sent_usec;
  char *status;
  char *kind;
  char *scope;
  char *note;
  GPtrArray *references;
  char *incidents;
  GPtrArray *infos;
  int offset_minutes;
} ReunionCapAlert;

typedef enum
{
  REUNION_CAP_KIND_ALERT,
  REUNION_CAP_KIND_UPDATE,
  REUNION_CAP_KIND_CANCEL,
} ReunionCapKind;

typedef enum
{
  REUNION_CAP_STATUS_ACTUAL,
  REUNION_CAP_STATUS_EXERCISE,
  REUNION_CAP_STATUS_TEST,
} ReunionCapStatus;

/**
 * ReunionCapMessage:
 * @identifier, @sender: without space, comma, “<” or “&”
 * @expires_usec: until when a copy may be shown without asking again
 * @references: ReunionCapReference, every earlier message of the case; may be NULL
 * @web: the public page; NULL for none
 * @photos: ReunionCapResource without descriptions, the lead first; may be NULL
 * @stage: NULL for a cancellation
 * @told_radius_km: radius within which people were told before; 0 when none were
 *
 * What a message says beside the notice. Borrowed.
 */
typedef struct
{
  ReunionCapKind kind;
  ReunionCapStatus status;
  const char *identifier;
  const char *sender;
  gint64 sent_usec;
  gint64 expires_usec;
  GPtrArray *references;
  const char *web;
  GPtrArray *photos;
  const ReunionStage *stage;
  double told_radius_km;
} ReunionCapMessage;

/* The alert for @case_, with times by China's clock. Holds nothing private but
 * what is said above of abductions. Transfer full. */
ReunionCapAlert *reunion_cap_alert_new (const ReunionCapMessage *message, ReunionCase *case_);
void reunion_cap_alert_free (ReunionCapAlert *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionCapAlert, reunion_cap_alert_free)

/* Texts are copied. Transfer full. */
ReunionCapReference *
reunion_cap_reference_new (const char *sender, const char *identifier, gint64 sent_usec);
void reunion_cap_reference_free (ReunionCapReference *self);
ReunionCapResource *
reunion_cap_resource_new (const char *media_type, gint64 size, const char *uri, const char *digest);
void reunion_cap_resource_free (ReunionCapResource *self);

/* XML in UTF-8, with a line break at its end. Refuses what the reader would
 * refuse. Transfer full. */
char *reunion_cap_to_xml (const ReunionCapAlert *self, GError **error);
/* Takes what reunion_cap_to_xml() writes and alerts that use no other elements:
 * strict about order, number, values and times. @length -1 for a text with its
 * end. Transfer full. */
ReunionCapAlert *reunion_cap_from_xml (const char *xml, gssize length, GError **error);

/* "2026-05-15T14:30:00+08:00"; UTC is "-00:00", and never "Z". Transfer full. */
char *reunion_cap_format_time (gint64 usec, int offset_minutes);
/* FALSE, and both untouched, for anything else. */
gboolean reunion_cap_parse_time (const char *text, gint64 *usec, int *offset_minutes);

G_END_DECLS
