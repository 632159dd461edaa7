/* reunion-field.c: every field of a report, in one table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-field.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LINE 200
#define TEXT 4000

#define ROW(id, key, kind, group, audience, label, max)                                            \
  [REUNION_FIELD_##id] = { REUNION_FIELD_##id,                                                     \
                           key,                                                                    \
                           REUNION_FIELD_KIND_##kind,                                              \
                           REUNION_FIELD_GROUP_##group,                                            \
                           REUNION_AUDIENCE_##audience,                                            \
                           label,                                                                  \
                           max }

/* clang-format off */
static const ReunionFieldInfo fields[REUNION_N_FIELDS] = {
  ROW (PERSON_KIND,         "person_kind",         CHOICE,    PERSON,   POLICE, N_("Who is missing"), 0),
  ROW (NAME,                "name",                TEXT,      PERSON,   PUBLIC, N_("Name"), LINE),
  ROW (OTHER_NAMES,         "other_names",         TEXT,      PERSON,   POLICE, N_("Other names"), LINE),
  ROW (SEX,                 "sex",                 CHOICE,    PERSON,   PUBLIC, N_("Sex"), 0),
  ROW (RESIDENT_ID,         "resident_id",         TEXT,      PERSON,   POLICE, N_("Resident ID number"), 18),
  ROW (BIRTH_DATE,          "birth_date",          DATE,      PERSON,   POLICE, N_("Date of birth"), 0),
  ROW (AGE_YEARS,           "age_years",           INTEGER,   PERSON,   PUBLIC, N_("Age"), 130),
  ROW (HEIGHT_CM,           "height_cm",           INTEGER,   PERSON,   PUBLIC, N_("Height (cm)"), 260),
  ROW (WEIGHT_KG,           "weight_kg",           INTEGER,   PERSON,   POLICE, N_("Weight (kg)"), 400),
  ROW (BUILD,               "build",               TEXT,      PERSON,   PUBLIC, N_("Build"), LINE),
  ROW (HAIR,                "hair",                TEXT,      PERSON,   POLICE, N_("Hair"), LINE),
  ROW (FACE,                "face",                TEXT,      PERSON,   POLICE, N_("Face"), LINE),
  ROW (MARKS,               "marks",               TEXT,      PERSON,   PUBLIC, N_("Marks"), LINE),
  ROW (CLOTHING,            "clothing",            TEXT,      PERSON,   PUBLIC, N_("Clothing"), LINE),
  ROW (SHOES,               "shoes",               TEXT,      PERSON,   PUBLIC, N_("Shoes"), LINE),
  ROW (CARRIED,             "carried",             TEXT,      PERSON,   POLICE, N_("Carried"), LINE),
  ROW (LANGUAGE,            "language",            TEXT,      PERSON,   POLICE, N_("Language or dialect"), LINE),
  ROW (ETHNIC_GROUP,        "ethnic_group",        TEXT,      PERSON,   POLICE, N_("Ethnic group"), LINE),
  ROW (MEDICAL,             "medical",             LONG_TEXT, PERSON,   PUBLIC_IF_VITAL, N_("Medical needs"), TEXT),
  ROW (MEDICAL_VITAL,       "medical_vital",       FLAG,      PERSON,   POLICE, N_("Medical needs are vital: tell the public"), 0),
  ROW (MENTAL_STATE,        "mental_state",        TEXT,      PERSON,   POLICE, N_("Mental state"), LINE),
  ROW (HOME_ADDRESS,        "home_address",        TEXT,      PERSON,   POLICE, N_("Home address"), LINE),
  ROW (PHOTO_ABSENT_REASON, "photo_absent_reason", TEXT,      PERSON,   POLICE, N_("Why there is no photo"), LINE),
  ROW (LAST_SEEN_EARLIEST,  "last_seen_earliest",  TIME,      EVENT,    POLICE, N_("Last seen, at the earliest"), 0),
  ROW (LAST_SEEN,           "last_seen",           TIME,      EVENT,    PUBLIC, N_("Last seen"), 0),
  ROW (PLACE,               "place",               TEXT,      EVENT,    PUBLIC, N_("Place"), LINE),
  ROW (REGION,              "region",              TEXT,      EVENT,    PUBLIC, N_("Region code"), 12),
  ROW (LATITUDE,            "latitude",            DEGREES,   EVENT,    PUBLIC, N_("Latitude"), 90),
  ROW (LONGITUDE,           "longitude",           DEGREES,   EVENT,    PUBLIC, N_("Longitude"), 180),
  ROW (KIND,                "kind",                CHOICE,    EVENT,    POLICE, N_("What kind of loss"), 0),
  ROW (CIRCUMSTANCES,       "circumstances",       LONG_TEXT, EVENT,    POLICE, N_("What happened"), TEXT),
  ROW (VEHICLE,             "vehicle",             TEXT,      EVENT,    POLICE, N_("Vehicle"), LINE),
  ROW (COMPANION,           "companion",           TEXT,      EVENT,    POLICE, N_("Companion or suspect"), LINE),
  ROW (GUARDIAN_NAME,       "guardian_name",       TEXT,      GUARDIAN, POLICE, N_("Guardian"), LINE),
  ROW (GUARDIAN_RELATION,   "guardian_relation",   TEXT,      GUARDIAN, POLICE, N_("Relation"), LINE),
  ROW (GUARDIAN_PHONE,      "guardian_phone",      TEXT,      GUARDIAN, POLICE, N_("Guardian's phone"), LINE),
  ROW (CONSENT,             "consent",             FLAG,      GUARDIAN, POLICE, N_("Guardian agrees to publication"), 0),
  ROW (CONSENT_OVERRIDE,    "consent_override",    TEXT,      GUARDIAN, POLICE, N_("Reason to publish without consent"), LINE),
  ROW (CASE_NUMBER,         "case_number",         TEXT,      POLICE,   POLICE, N_("Case number"), LINE),
  ROW (CONTACT_PHONE,       "contact_phone",       TEXT,      POLICE,   PUBLIC, N_("Contact phone"), LINE),
  ROW (SECOND_LOOK,         "second_look",         FLAG,      POLICE,   POLICE, N_("Family dispute: a second officer has looked at it"), 0),
  ROW (INTERNAL_NOTES,      "internal_notes",      LONG_TEXT, POLICE,   POLICE, N_("Internal notes"), TEXT),
};

static const ReunionChoice person_kinds[] = {
  { "child", N_("Child") },
  { "older", N_("Older person") },
  { "dementia", N_("Adult with dementia") },
  { "family", N_("Family member") },
  { NULL, NULL },
};

static const ReunionChoice sexes[] = {
  { "female", N_("Female") },
  { "male", N_("Male") },
  { NULL, NULL },
};

static const ReunionChoice kinds[] = {
  { "left_home", N_("Left home") },
  { "lost", N_("Lost") },
  { "abduction", N_("Suspected abduction") },
  { "family_dispute", N_("Family dispute") },
  { "drowning", N_("Drowning risk") },
  { "unknown", N_("Unknown") },
  { NULL, NULL },
};
/* clang-format on */

const ReunionFieldInfo *
reunion_field_get_info (ReunionField field)
{
  g_return_val_if_fail (field < REUNION_N_FIELDS, &fields[0]);

  return &fields[field];
}

const char *
reunion_field_get_label (ReunionField field)
{
  return _(reunion_field_get_info (field)->label);
}

gboolean
reunion_field_from_key (const char *key, ReunionField *field)
{
  g_return_val_if_fail (key != NULL && field != NULL, FALSE);

  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (strcmp (fields[i].key, key) == 0)
      {
        *field = fields[i].field;
        return TRUE;
      }
  return FALSE;
}

gboolean
reunion_field_is_text (ReunionField field)
{
  switch (reunion_field_get_info (field)->kind)
    {
    case REUNION_FIELD_KIND_TEXT:
    case REUNION_FIELD_KIND_LONG_TEXT:
    case REUNION_FIELD_KIND_CHOICE:
    case REUNION_FIELD_KIND_DATE:
      return TRUE;
    case REUNION_FIELD_KIND_TIME:
    case REUNION_FIELD_KIND_INTEGER:
    case REUNION_FIELD_KIND_FLAG:
    case REUNION_FIELD_KIND_DEGREES:
    default:
      return FALSE;
    }
}

const ReunionChoice *
reunion_field_get_choices (ReunionField field)
{
  switch ((int) field)
    {
    case REUNION_FIELD_PERSON_KIND:
      return person_kinds;
    case REUNION_FIELD_SEX:
      return sexes;
    case REUNION_FIELD_KIND:
      return kinds;
    default:
      return NULL;
    }
}

const char *
reunion_field_get_choice_label (ReunionField field, const char *key)
{
  const ReunionChoice *choices = reunion_field_get_choices (field);

  if (key == NULL)
    return NULL;
  for (gsize i = 0; choices != NULL && choices[i].key != NULL; i++)
    if (strcmp (choices[i].key, key) == 0)
      return _(choices[i].label);
  return key;
}
