/* desk-field-hints.c: what to enter in each field of the form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-field-hints.h"

#include <glib/gi18n-lib.h>

static const char *const hints[REUNION_N_FIELDS] = {
  [REUNION_FIELD_PERSON_KIND] = N_("A child, or another person who needs to be found"),
  [REUNION_FIELD_NAME] = N_("As on the ID card; or how the person can be described"),
  [REUNION_FIELD_OTHER_NAMES] = N_("Nickname, milk name, or a name in another language"),
  [REUNION_FIELD_SEX] = N_("The public sees this"),
  [REUNION_FIELD_RESIDENT_ID]
  = N_("18 characters; fills in the birth date, the sex and the region"),
  [REUNION_FIELD_BIRTH_DATE] = N_("Year, month and day, such as 2013-05-04"),
  [REUNION_FIELD_AGE_YEARS] = N_("In whole years"),
  [REUNION_FIELD_HEIGHT_CM] = N_("In centimetres"),
  [REUNION_FIELD_WEIGHT_KG] = N_("In kilograms"),
  [REUNION_FIELD_BUILD] = N_("Thin, middling, stout"),
  [REUNION_FIELD_HAIR] = N_("Length, colour and cut"),
  [REUNION_FIELD_FACE] = N_("Shape of the face, eyes, glasses"),
  [REUNION_FIELD_MARKS] = N_("Scars, birthmarks, a limp: what a stranger would notice"),
  [REUNION_FIELD_CLOTHING] = N_("From top to bottom, with colours"),
  [REUNION_FIELD_SHOES] = N_("Kind and colour"),
  [REUNION_FIELD_CARRIED] = N_("Bag, telephone, toy, money"),
  [REUNION_FIELD_LANGUAGE] = N_("What the person speaks and understands"),
  [REUNION_FIELD_ETHNIC_GROUP] = N_("As on the ID card"),
  [REUNION_FIELD_MEDICAL] = N_("Illness, medicine, allergies; the police alone see it unless it "
                               "is marked as vital"),
  [REUNION_FIELD_MEDICAL_VITAL]
  = N_("Only where a life depends on it: the public then sees the medical needs"),
  [REUNION_FIELD_MENTAL_STATE] = N_("Frightened, confused, in danger of self-harm"),
  [REUNION_FIELD_HOME_ADDRESS] = N_("Never goes out to the public"),
  [REUNION_FIELD_PHOTO_ABSENT_REASON] = N_("Takes the place of a photo when there is none"),
  [REUNION_FIELD_LAST_SEEN_EARLIEST]
  = N_("Where the time is not known: after this. Such as “yesterday 16:00”"),
  [REUNION_FIELD_LAST_SEEN] = N_("Such as “-40m”, “14:30”, “yesterday 16:00” or “昨天下午4点”"),
  [REUNION_FIELD_PLACE] = N_("A town, in Chinese or Latin letters, or pasted coordinates"),
  [REUNION_FIELD_REGION] = N_("Six digits of GB/T 2260, such as 520524"),
  [REUNION_FIELD_LATITUDE] = N_("Set through the place"),
  [REUNION_FIELD_LONGITUDE] = N_("Set through the place"),
  [REUNION_FIELD_KIND] = N_("A family dispute needs a second look before it is submitted"),
  [REUNION_FIELD_CIRCUMSTANCES] = N_("In a sentence or two; the police alone see it"),
  [REUNION_FIELD_VEHICLE] = N_("Kind, colour, number plate"),
  [REUNION_FIELD_COMPANION] = N_("Who may be with the person"),
  [REUNION_FIELD_GUARDIAN_NAME] = N_("Never goes out to the public"),
  [REUNION_FIELD_GUARDIAN_RELATION] = N_("Mother, father, grandparent, teacher"),
  [REUNION_FIELD_GUARDIAN_PHONE] = N_("11 digits, or area code and number"),
  [REUNION_FIELD_CONSENT] = N_("Ask, and note the answer in the file"),
  [REUNION_FIELD_CONSENT_OVERRIDE] = N_("Such as: the guardian is the suspect"),
  [REUNION_FIELD_CASE_NUMBER] = N_("The station's own number"),
  [REUNION_FIELD_CONTACT_PHONE] = N_("The number that the public calls"),
  [REUNION_FIELD_SECOND_LOOK] = N_("Custody quarrels are no alerts: a second officer has to agree"),
  [REUNION_FIELD_INTERNAL_NOTES] = N_("For the police alone"),
};

const char *
desk_field_hints_get (ReunionField field, ReunionPersonKind kind)
{
  const char *own;

  g_return_val_if_fail (field < REUNION_N_FIELDS && hints[field] != NULL, "");

  own = reunion_person_kind_get_field_hint (kind, field);
  return own != NULL ? own : _(hints[field]);
}
