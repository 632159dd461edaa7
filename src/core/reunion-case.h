/* reunion-case.h: one case: the report, its photos, and where it stands
 *
 * Times are microseconds since 1970-01-01T00:00:00Z; 0 means "not yet".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-case-state.h"
#include "reunion-photo.h"
#include "reunion-policy.h"
#include "reunion-report.h"

G_BEGIN_DECLS

#define REUNION_TYPE_CASE (reunion_case_get_type ())
G_DECLARE_FINAL_TYPE (ReunionCase, reunion_case, REUNION, CASE, GObject)

/* A draft with an empty report. @id: made once, on the desk, and the same
 * everywhere from then on; a UUID. Transfer full. */
ReunionCase *reunion_case_new (const char *id);
/* Report and photos are copied too. Transfer full. */
ReunionCase *reunion_case_copy (ReunionCase *self);

const char *reunion_case_get_id (ReunionCase *self);

/* Transfer none; never NULL. */
ReunionReport *reunion_case_get_report (ReunionCase *self);
/* Takes a reference. */
void reunion_case_set_report (ReunionCase *self, ReunionReport *report);

ReunionCaseState reunion_case_get_state (ReunionCase *self);
void reunion_case_set_state (ReunionCase *self, ReunionCaseState state);
/* Takes the step in the table of states; FALSE with @error set, and nothing
 * changed, when there is none. */
gboolean
reunion_case_apply (ReunionCase *self, ReunionCaseAction action, ReunionRole role, GError **error);

/* The service's revision, raised with every change there; 0 before the case
 * has arrived. It is the entity tag of the case. */
gint64 reunion_case_get_revision (ReunionCase *self);
void reunion_case_set_revision (ReunionCase *self, gint64 revision);

/* The station that files: its code, such as "520524-01", and its name. The
 * first six digits of the code are the region, GB/T 2260. */
const char *reunion_case_get_station (ReunionCase *self);
const char *reunion_case_get_station_name (ReunionCase *self);
void reunion_case_set_station (ReunionCase *self, const char *code, const char *name);
/* Name of the officer who files. */
const char *reunion_case_get_officer (ReunionCase *self);
void reunion_case_set_officer (ReunionCase *self, const char *officer);

gint64 reunion_case_get_created_usec (ReunionCase *self);
void reunion_case_set_created_usec (ReunionCase *self, gint64 usec);
gint64 reunion_case_get_submitted_usec (ReunionCase *self);
void reunion_case_set_submitted_usec (ReunionCase *self, gint64 usec);
gint64 reunion_case_get_published_usec (ReunionCase *self);
void reunion_case_set_published_usec (ReunionCase *self, gint64 usec);
gint64 reunion_case_get_closed_usec (ReunionCase *self);
void reunion_case_set_closed_usec (ReunionCase *self, gint64 usec);
/* When what is personal in an ended case is erased everywhere, as the service set
 * it; 0 while the case is open. */
gint64 reunion_case_get_expires_usec (ReunionCase *self);
void reunion_case_set_expires_usec (ReunionCase *self, gint64 usec);

/* Number of the last stage that the service pushed; 0 before publication. */
guint reunion_case_get_stage (ReunionCase *self);
void reunion_case_set_stage (ReunionCase *self, guint stage);

/* The reviewer's reason for a return or a rejection; NULL when there is none. */
const char *reunion_case_get_review_reason (ReunionCase *self);
void reunion_case_set_review_reason (ReunionCase *self, const char *reason);

/**
 * ReunionFieldReason:
 * @field: the field that the reviewer wants mended
 * @reason: why
 */
typedef struct
{
  ReunionField field;
  const char *reason;
} ReunionFieldReason;

/* The reviewer's reasons of a return at the fields that they concern, beside
 * the overall one; NULL where there is none. The service drops them when the
 * report comes again. Copying from NULL clears them all. */
const char *reunion_case_get_field_reason (ReunionCase *self, ReunionField field);
void reunion_case_set_field_reason (ReunionCase *self, ReunionField field, const char *reason);
void reunion_case_copy_field_reasons (ReunionCase *self, ReunionCase *other);

ReunionOutcome reunion_case_get_outcome (ReunionCase *self);
void reunion_case_set_outcome (ReunionCase *self, ReunionOutcome outcome);
/* What the officer noted at closing; NULL when nothing. */
const char *reunion_case_get_closing_note (ReunionCase *self);
void reunion_case_set_closing_note (ReunionCase *self, const char *note);

/* Photos, the lead first. Transfer none. */
guint reunion_case_get_n_photos (ReunionCase *self);
ReunionPhoto *reunion_case_get_photo (ReunionCase *self, guint index);
/* Takes a reference. The same photo (same hash) twice is kept once; FALSE
 * when it was there already. */
gboolean reunion_case_add_photo (ReunionCase *self, ReunionPhoto *photo);
void reunion_case_clear_photos (ReunionCase *self);
gboolean reunion_case_has_photo (ReunionCase *self, const char *sha256);

/* Takes over what @other says, report and photos, and nothing of its course.
 * The report is shared from then on. */
void reunion_case_take_content (ReunionCase *self, ReunionCase *other);

/* The others move up: the second becomes the lead when the first goes. */
void reunion_case_remove_photo (ReunionCase *self, guint index);
/* Puts @photo in the place of that at @index. FALSE, and nothing changed, when
 * the case has it elsewhere. Takes a reference. */
gboolean reunion_case_replace_photo (ReunionCase *self, guint index, ReunionPhoto *photo);
/* Makes that at @index the first; the order of the others stays. */
void reunion_case_set_lead_photo (ReunionCase *self, guint index);

/* Time since the loss at @now_usec, never negative; for an ended case, until
 * it ended. -1 while no time of loss is entered. */
gint64 reunion_case_get_elapsed_usec (ReunionCase *self, gint64 now_usec);
/* Radius of the circle that the policy gives the case at @now_usec, whether or
 * not it is published yet; 0 when it has ended or has no time of loss. */
double reunion_case_get_radius_km (ReunionCase *self, ReunionPolicy *policy, gint64 now_usec);
/* The instant, microseconds since the epoch, at which that radius grows next;
 * -1 when it will not. */
gint64
reunion_case_get_next_change_usec (ReunionCase *self, ReunionPolicy *policy, gint64 now_usec);

/* What other stations and the public may know of it: public fields, photos
 * and course, no names of officers, no reasons. Transfer full. */
ReunionCase *reunion_case_redact (ReunionCase *self);
/* What may be kept once it has expired: its course and outcome, and of the report
 * what statistics count. Transfer full; its state is REUNION_CASE_STATE_EXPIRED. */
ReunionCase *reunion_case_get_remains (ReunionCase *self);

G_END_DECLS
