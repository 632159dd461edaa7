/* reunion-person-kind.c: what a report says and asks by who is missing, in one table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-person-kind.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* From this age on the law on the rights of the elderly speaks of an older person. */
#define OLDER_AGE_YEARS 60
#define OLDEST_AGE_YEARS 130

#define F(id) REUNION_FIELD_##id

/* What everybody is asked about the loss. */
#define LOSS F (LAST_SEEN), F (PLACE), F (KIND), F (SECOND_LOOK), F (CIRCUMSTANCES)
/* And who answers. */
#define ANSWERS F (CONSENT), F (GUARDIAN_NAME), F (GUARDIAN_PHONE), F (CONTACT_PHONE)
#define WHO F (PERSON_KIND), F (NAME), F (SEX), F (AGE_YEARS), F (RESIDENT_ID)
#define END REUNION_PERSON_KIND_END

static const ReunionField child_shown[] = { WHO, F (CLOTHING), F (MARKS), LOSS, ANSWERS, END };
static const ReunionField older_shown[]
    = { WHO,          F (CLOTHING), F (MARKS), F (MEDICAL), F (MEDICAL_VITAL),
        F (LANGUAGE), LOSS,         ANSWERS,   END };
/* What helps whoever meets the person comes before what tells them apart. */
static const ReunionField dementia_shown[]
    = { WHO,         F (CLOTHING),      F (CARRIED), F (LANGUAGE), F (MENTAL_STATE),
        F (MEDICAL), F (MEDICAL_VITAL), F (MARKS),   LOSS,         ANSWERS,
        END };
static const ReunionField family_shown[]
    = { WHO, F (CLOTHING), F (MARKS), F (CARRIED), LOSS, F (CONSENT_OVERRIDE), ANSWERS, END };

static const ReunionPersonKindInfo kinds[REUNION_N_PERSON_KINDS] = {
  [REUNION_PERSON_KIND_CHILD] = { "child", N_("Guardian"), N_("More About the Guardian"),
                                  child_shown, 0, 17, REUNION_OWN_WILL_NONE },
  [REUNION_PERSON_KIND_OLDER] = { "older", N_("Family"), N_("More About the Family"), older_shown,
                                  50, OLDEST_AGE_YEARS, REUNION_OWN_WILL_IF_LEFT },
  [REUNION_PERSON_KIND_DEMENTIA] = { "dementia", N_("Family"), N_("More About the Family"),
                                     dementia_shown, 18, OLDEST_AGE_YEARS, REUNION_OWN_WILL_NONE },
  [REUNION_PERSON_KIND_FAMILY]
  = { "family", N_("Family"), N_("More About the Family"), family_shown, 18, OLDEST_AGE_YEARS,
      REUNION_OWN_WILL_UNLESS_DANGER },
};

#define CHILD (1u << REUNION_PERSON_KIND_CHILD)
#define OLDER (1u << REUNION_PERSON_KIND_OLDER)
#define DEMENTIA (1u << REUNION_PERSON_KIND_DEMENTIA)
#define FAMILY (1u << REUNION_PERSON_KIND_FAMILY)
#define ADULTS (OLDER | DEMENTIA | FAMILY)

/* --- the form ------------------------------------------------------------------- */

static const struct
{
  guint kinds;
  ReunionField field;
  const char *label; /* NULL: as for everybody */
  const char *hint;
} entries[] = {
  { ADULTS, F (GUARDIAN_NAME), N_("Family contact"),
    N_("Who reports, or whom to call; never goes out to the public") },
  { ADULTS, F (GUARDIAN_PHONE), N_("Family contact's phone"), NULL },
  { ADULTS, F (GUARDIAN_RELATION), NULL, N_("Son, daughter, wife, husband, carer") },
  { DEMENTIA, F (CONSENT), N_("Family agrees to publication"),
    N_("Ask who cares for the person, and note the answer in the file") },
  { OLDER | FAMILY, F (CONSENT), N_("Family asks for publication"),
    N_("An adult decides alone. When found, the person is asked before the family learns "
       "where they are") },
  { DEMENTIA, F (CONSENT_OVERRIDE), NULL,
    N_("Such as: no family can be reached, and the night is cold") },
  { OLDER | FAMILY, F (CONSENT_OVERRIDE), N_("Why the notice is needed"),
    N_("Danger to life or health, such as: needs insulin, spoke of suicide, under threat") },
  { ADULTS, F (MARKS), NULL,
    N_("Walking stick, stoop, a limp, scars, false teeth: what a stranger would notice") },
  { DEMENTIA, F (CARRIED), NULL,
    N_("ID bracelet or card, telephone, locator, keys, money, bus card") },
  { OLDER | FAMILY, F (CARRIED), NULL, N_("Bag, telephone, bank card, bus card, luggage") },
  { DEMENTIA, F (LANGUAGE), NULL,
    N_("What the person still speaks and answers to: often the dialect of childhood") },
  { DEMENTIA, F (MENTAL_STATE), NULL,
    N_("Knows own name or address? Afraid of uniforms? Places the person speaks of") },
  { DEMENTIA, F (MEDICAL), NULL,
    N_("Diagnosis and medicine; the police alone see it unless it is marked as vital") },
  { OLDER, F (MEDICAL), NULL,
    N_("Heart, diabetes, hearing, medicine; the police alone see it unless it is marked as "
       "vital") },
  { DEMENTIA, F (HOME_ADDRESS), NULL,
    N_("Earlier homes and places of work too: people walk back to them. Never goes out") },
};

/* --- the publishing standard ------------------------------------------------------ */

static const struct
{
  guint kinds;
  ReunionStandardItem item;
  const char *label;
  const char *sentence;
} items[] = {
  { DEMENTIA, REUNION_STANDARD_CONSENT, NULL,
    N_("Record the family's consent, or the reason to publish without it.") },
  { OLDER | FAMILY, REUNION_STANDARD_CONSENT, N_("Family's request"),
    N_("Record that the family asks for the notice, or why it is needed without them.") },
  { OLDER | FAMILY, REUNION_STANDARD_SECOND_LOOK, NULL,
    N_("This is a family dispute, and an adult may not want to be found: a second officer has "
       "to look at it before it is submitted.") },
};

/* Items that concern some kinds only. */
static const struct
{
  ReunionStandardItem item;
  guint kinds;
} concerns[] = {
  { REUNION_STANDARD_REASON, OLDER | FAMILY },
};

static const struct
{
  guint kinds;
  const char *too_young;
  const char *too_old;
} ages[] = {
  /* Translators: an age in years */
  { CHILD, NULL,
    N_("At %d years this is no child. Correct the age, or choose under “Who is missing” an "
       "older person, an adult with dementia or a family member.") },
  { OLDER,
    N_("At %d years this is no older person. Correct the age, or choose under “Who is missing” "
       "a child, an adult with dementia or a family member."),
    NULL },
  { DEMENTIA | FAMILY,
    N_("At %d years this is a child. Correct the age, or choose “Child” under “Who is "
       "missing”."),
    NULL },
};

/* --- the public ------------------------------------------------------------------- */

/* A notice speaks both languages whatever the locale is: these are no messages of the
 * catalogue. */
static const ReunionPublicWords child_words = {
  { "寻人启事", "MISSING" },
  { "寻人：%s", "Missing: %s" },
  { "请留在孩子附近，并拨打联系电话。", "Stay close to the child, and call the contact." },
};
static const ReunionPublicWords older_words = {
  { "寻找走失老人", "MISSING" },
  { "寻找走失老人：%s", "Missing older person: %s" },
  { "请温和交谈，陪在老人身边，并拨打联系电话。",
    "Speak calmly, stay with the person, and call the contact." },
};
static const ReunionPublicWords adult_words = {
  { "寻人启事", "MISSING" },
  { "寻人：%s", "Missing: %s" },
  { "请确认本人是否平安，并拨打联系电话；请勿在网上公开其行踪。",
    "Ask whether the person is well, call the contact, and do not post where they are." },
};
/* Only when the family wants the public to know of medical needs. */
static const ReunionPublicWords confused_words = {
  { "寻人启事", "MISSING" },
  { "寻人：%s", "Missing: %s" },
  { "可能说不清姓名和住址。请温和交谈，陪在身边，并拨打联系电话。",
    "May not know name or address. Speak calmly, stay with the person, and call the contact." },
};

#undef F

static gboolean
concerns_kind (guint which, ReunionPersonKind kind)
{
  return (which & 1u << kind) != 0;
}

/* The forms are constants of this file, each with one %d. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static char *
format_age (const char *form, int age_years)
{
  return g_strdup_printf (_(form), age_years);
}

#pragma GCC diagnostic pop

const ReunionPersonKindInfo *
reunion_person_kind_get_info (ReunionPersonKind kind)
{
  g_return_val_if_fail (kind < REUNION_N_PERSON_KINDS, &kinds[0]);

  return &kinds[kind];
}

ReunionPersonKind
reunion_person_kind_of (ReunionReport *report)
{
  const char *key;

  g_return_val_if_fail (REUNION_IS_REPORT (report), REUNION_PERSON_KIND_CHILD);

  key = reunion_report_get_text (report, REUNION_FIELD_PERSON_KIND);
  for (guint i = 0; i < REUNION_N_PERSON_KINDS; i++)
    if (g_strcmp0 (kinds[i].key, key) == 0)
      return i;
  return REUNION_PERSON_KIND_CHILD;
}

const char *
reunion_person_kind_get_field_label (ReunionPersonKind kind, ReunionField field)
{
  g_return_val_if_fail (kind < REUNION_N_PERSON_KINDS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    if (entries[i].field == field && concerns_kind (entries[i].kinds, kind)
        && entries[i].label != NULL)
      return _(entries[i].label);
  return reunion_field_get_label (field);
}

const char *
reunion_person_kind_get_field_hint (ReunionPersonKind kind, ReunionField field)
{
  g_return_val_if_fail (kind < REUNION_N_PERSON_KINDS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    if (entries[i].field == field && concerns_kind (entries[i].kinds, kind)
        && entries[i].hint != NULL)
      return _(entries[i].hint);
  return NULL;
}

gboolean
reunion_person_kind_has_item (ReunionPersonKind kind, ReunionStandardItem item)
{
  g_return_val_if_fail (kind < REUNION_N_PERSON_KINDS, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (concerns); i++)
    if (concerns[i].item == item)
      return concerns_kind (concerns[i].kinds, kind);
  return TRUE;
}

const char *
reunion_person_kind_get_item_label (ReunionPersonKind kind, ReunionStandardItem item)
{
  g_return_val_if_fail (kind < REUNION_N_PERSON_KINDS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    if (items[i].item == item && concerns_kind (items[i].kinds, kind) && items[i].label != NULL)
      return _(items[i].label);
  return NULL;
}

const char *
reunion_person_kind_get_item_sentence (ReunionPersonKind kind, ReunionStandardItem item)
{
  g_return_val_if_fail (kind < REUNION_N_PERSON_KINDS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    if (items[i].item == item && concerns_kind (items[i].kinds, kind))
      return _(items[i].sentence);
  return NULL;
}

char *
reunion_person_kind_check_age (ReunionPersonKind kind, int age_years)
{
  g_return_val_if_fail (kind < REUNION_N_PERSON_KINDS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (ages) && age_years >= 0; i++)
    if (concerns_kind (ages[i].kinds, kind))
      {
        if (age_years < kinds[kind].min_age_years)
          return format_age (ages[i].too_young, age_years);
        /* Above the oldest there is, the age itself can't be right: not the kind. */
        if (age_years > kinds[kind].max_age_years && ages[i].too_old != NULL)
          return format_age (ages[i].too_old, age_years);
      }
  return NULL;
}

gboolean
reunion_person_kind_may_have_left (ReunionReport *report)
{
  const char *loss;

  g_return_val_if_fail (REUNION_IS_REPORT (report), FALSE);

  loss = reunion_report_get_text (report, REUNION_FIELD_KIND);
  switch (kinds[reunion_person_kind_of (report)].own_will)
    {
    case REUNION_OWN_WILL_IF_LEFT:
      return g_strcmp0 (loss, "left_home") == 0 || g_strcmp0 (loss, "family_dispute") == 0;
    case REUNION_OWN_WILL_UNLESS_DANGER:
      return g_strcmp0 (loss, "lost") != 0 && g_strcmp0 (loss, "abduction") != 0
             && g_strcmp0 (loss, "drowning") != 0;
    case REUNION_OWN_WILL_NONE:
    default:
      return FALSE;
    }
}

const ReunionPublicWords *
reunion_person_kind_get_words (ReunionPersonKind kind, int age_years, gboolean is_vital)
{
  g_return_val_if_fail (kind < REUNION_N_PERSON_KINDS, &child_words);

  switch (kind)
    {
    case REUNION_PERSON_KIND_OLDER:
      return &older_words;
    case REUNION_PERSON_KIND_DEMENTIA:
      if (is_vital)
        return &confused_words;
      return age_years >= OLDER_AGE_YEARS ? &older_words : &adult_words;
    case REUNION_PERSON_KIND_FAMILY:
      return &adult_words;
    case REUNION_PERSON_KIND_CHILD:
    default:
      return &child_words;
    }
}
