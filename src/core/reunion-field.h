/* reunion-field.h: every field of a report, in one table
 *
 * The form, the store, the wire codec, the publishing standard and the notice
 * all walk this table; what may leave the police is decided here and nowhere
 * else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  /* the person */
  REUNION_FIELD_PERSON_KIND,
  REUNION_FIELD_NAME,
  REUNION_FIELD_OTHER_NAMES,
  REUNION_FIELD_SEX,
  REUNION_FIELD_RESIDENT_ID,
  REUNION_FIELD_BIRTH_DATE,
  REUNION_FIELD_AGE_YEARS,
  REUNION_FIELD_HEIGHT_CM,
  REUNION_FIELD_WEIGHT_KG,
  REUNION_FIELD_BUILD,
  REUNION_FIELD_HAIR,
  REUNION_FIELD_FACE,
  REUNION_FIELD_MARKS,
  REUNION_FIELD_CLOTHING,
  REUNION_FIELD_SHOES,
  REUNION_FIELD_CARRIED,
  REUNION_FIELD_LANGUAGE,
  REUNION_FIELD_ETHNIC_GROUP,
  REUNION_FIELD_MEDICAL,
  REUNION_FIELD_MEDICAL_VITAL,
  REUNION_FIELD_MENTAL_STATE,
  REUNION_FIELD_HOME_ADDRESS,
  REUNION_FIELD_PHOTO_ABSENT_REASON,
  /* the event */
  REUNION_FIELD_LAST_SEEN_EARLIEST,
  REUNION_FIELD_LAST_SEEN,
  REUNION_FIELD_PLACE,
  REUNION_FIELD_REGION,
  REUNION_FIELD_LATITUDE,
  REUNION_FIELD_LONGITUDE,
  REUNION_FIELD_KIND,
  REUNION_FIELD_CIRCUMSTANCES,
  REUNION_FIELD_VEHICLE,
  REUNION_FIELD_COMPANION,
  /* the guardian */
  REUNION_FIELD_GUARDIAN_NAME,
  REUNION_FIELD_GUARDIAN_RELATION,
  REUNION_FIELD_GUARDIAN_PHONE,
  REUNION_FIELD_CONSENT,
  REUNION_FIELD_CONSENT_OVERRIDE,
  /* the police */
  REUNION_FIELD_CASE_NUMBER,
  REUNION_FIELD_CONTACT_PHONE,
  REUNION_FIELD_SECOND_LOOK,
  REUNION_FIELD_INTERNAL_NOTES,
} ReunionField;

#define REUNION_N_FIELDS (REUNION_FIELD_INTERNAL_NOTES + 1)

/**
 * ReunionFieldKind:
 * @REUNION_FIELD_KIND_TEXT: one line of UTF-8
 * @REUNION_FIELD_KIND_LONG_TEXT: UTF-8 with line breaks
 * @REUNION_FIELD_KIND_CHOICE: text, one of reunion_field_get_choices()
 * @REUNION_FIELD_KIND_DATE: text, YYYY-MM-DD in the Gregorian calendar
 * @REUNION_FIELD_KIND_TIME: integer, microseconds since 1970-01-01T00:00:00Z
 * @REUNION_FIELD_KIND_INTEGER: integer in the unit that the field's name bears
 * @REUNION_FIELD_KIND_FLAG: integer, 0 or 1
 * @REUNION_FIELD_KIND_DEGREES: real, WGS-84 degrees
 */
typedef enum
{
  REUNION_FIELD_KIND_TEXT,
  REUNION_FIELD_KIND_LONG_TEXT,
  REUNION_FIELD_KIND_CHOICE,
  REUNION_FIELD_KIND_DATE,
  REUNION_FIELD_KIND_TIME,
  REUNION_FIELD_KIND_INTEGER,
  REUNION_FIELD_KIND_FLAG,
  REUNION_FIELD_KIND_DEGREES,
} ReunionFieldKind;

/**
 * ReunionAudience:
 * @REUNION_AUDIENCE_PUBLIC: goes into the public notice
 * @REUNION_AUDIENCE_PUBLIC_IF_VITAL: goes out only when
 *   REUNION_FIELD_MEDICAL_VITAL is set
 * @REUNION_AUDIENCE_POLICE: never leaves the police
 */
typedef enum
{
  REUNION_AUDIENCE_PUBLIC,
  REUNION_AUDIENCE_PUBLIC_IF_VITAL,
  REUNION_AUDIENCE_POLICE,
} ReunionAudience;

typedef enum
{
  REUNION_FIELD_GROUP_PERSON,
  REUNION_FIELD_GROUP_EVENT,
  REUNION_FIELD_GROUP_GUARDIAN,
  REUNION_FIELD_GROUP_POLICE,
} ReunionFieldGroup;

/**
 * ReunionFieldInfo:
 * @field: the row's own number
 * @key: name on the wire and in the store; never changes once released
 * @label: English name, to be passed through gettext; see
 *   reunion_field_get_label()
 * @max: longest text in characters, or largest integer; 0 where the kind
 *   itself sets the bound
 */
typedef struct
{
  ReunionField field;
  const char *key;
  ReunionFieldKind kind;
  ReunionFieldGroup group;
  ReunionAudience audience;
  const char *label;
  gint64 max;
} ReunionFieldInfo;

/**
 * ReunionChoice:
 * @key: name on the wire and in the store
 * @label: English name, to be passed through gettext
 */
typedef struct
{
  const char *key;
  const char *label;
} ReunionChoice;

/* Transfer none, never NULL. */
const ReunionFieldInfo *reunion_field_get_info (ReunionField field);
/* The translated label; transfer none. */
const char *reunion_field_get_label (ReunionField field);
/* FALSE, and @field untouched, when no field has that key. */
gboolean reunion_field_from_key (const char *key, ReunionField *field);
gboolean reunion_field_is_text (ReunionField field);

/* The choices of a CHOICE field, ended by a NULL key; NULL for other kinds.
 * Transfer none. */
const ReunionChoice *reunion_field_get_choices (ReunionField field);
/* The translated label of @key among the choices of @field; @key itself when
 * it is not among them, NULL for NULL. Transfer none. */
const char *reunion_field_get_choice_label (ReunionField field, const char *key);

G_END_DECLS
