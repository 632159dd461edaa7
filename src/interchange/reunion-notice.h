/* reunion-notice.h: the public notice
 *
 * The one place where the words of a notice are made: the desk's preview, the
 * poster, the webhook, the feed and the public page all say what stands here.
 * Only name, sex, age, photo, build, clothing, marks, time and place, and the
 * contact go out; the field table decides.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-case.h"
#include "reunion-datum.h"

G_BEGIN_DECLS

typedef enum
{
  REUNION_LANGUAGE_ZH,
  REUNION_LANGUAGE_EN,
} ReunionLanguage;

#define REUNION_N_LANGUAGES (REUNION_LANGUAGE_EN + 1)

/**
 * ReunionNoticeLine:
 * @label: such as "Clothing"
 * @value: such as "blue jacket"
 */
typedef struct
{
  char *label;
  char *value;
} ReunionNoticeLine;

/**
 * ReunionNotice:
 * @language: in which it is written
 * @title: in large letters at the head of a poster
 * @headline: one line that says who is missing
 * @name: who is missing, alone; or the words for a name that is not known
 * @lines: ReunionNoticeLine, in the order in which people look for them
 * @contact: phone number to call; NULL while none is entered
 */
typedef struct
{
  ReunionLanguage language;
  const char *title;
  char *headline;
  char *name;
  GPtrArray *lines;
  char *contact;
} ReunionNotice;

/* @zone is the zone in which the time of loss is written. Transfer full. */
ReunionNotice *reunion_notice_new (ReunionCase *case_, ReunionLanguage language, GTimeZone *zone);
void reunion_notice_free (ReunionNotice *self);
/* Headline, lines and contact as plain text. Transfer full. */
char *reunion_notice_to_text (const ReunionNotice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionNotice, reunion_notice_free)

/* What stands in the place of a notice that was withdrawn: a line, and what follows
 * it. They say nothing of the person, nor how it ended. Transfer none. */
const char *reunion_notice_get_ended_headline (ReunionLanguage language);
const char *reunion_notice_get_ended_text (ReunionLanguage language);

/* "zh", "en": language tags. Transfer none. */
const char *reunion_language_to_tag (ReunionLanguage language);

typedef enum
{
  REUNION_PUSH_PUBLISHED,
  REUNION_PUSH_ESCALATED,
  REUNION_PUSH_UPDATED,
  REUNION_PUSH_WITHDRAWN,
} ReunionPushKind;

/**
 * ReunionPush:
 * @kind: what happened to the notice
 * @id: id of this message, the same at every attempt
 * @sent_usec: when it was made, microseconds since the epoch
 * @stage: the stage that it is for; NULL for REUNION_PUSH_WITHDRAWN
 * @told_radius_km: radius within which people were told before; 0 when none
 *   were. The newly covered ring lies between it and the stage's radius
 * @datum: in which the partner reads coordinates
 *
 * One message to a partner.
 */
typedef struct
{
  ReunionPushKind kind;
  const char *id;
  gint64 sent_usec;
  const ReunionStage *stage;
  double told_radius_km;
  ReunionDatum datum;
} ReunionPush;

/* "notice.published" and so on. Transfer none. */
const char *reunion_push_kind_to_key (ReunionPushKind kind);
gboolean reunion_push_kind_from_key (const char *key, ReunionPushKind *kind);

/* The body of the webhook. Holds nothing private whatever @case_ holds; a
 * withdrawal names the case and nothing of the person. Transfer full. */
char *reunion_push_to_json (const ReunionPush *push, ReunionCase *case_);

G_END_DECLS
