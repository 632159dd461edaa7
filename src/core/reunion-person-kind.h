/* reunion-person-kind.h: what a report says and asks by who is missing, in one table
 *
 * A child has a guardian who decides; an adult with dementia a family that decides
 * for them; every other adult decides alone, and may have left of their own will.
 * The form, the publishing standard, the notice and the poster all ask here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-standard.h"

G_BEGIN_DECLS

typedef enum
{
  REUNION_PERSON_KIND_CHILD,
  REUNION_PERSON_KIND_OLDER,
  REUNION_PERSON_KIND_DEMENTIA,
  REUNION_PERSON_KIND_FAMILY,
} ReunionPersonKind;

#define REUNION_N_PERSON_KINDS (REUNION_PERSON_KIND_FAMILY + 1)

/* Ends a list of fields. */
#define REUNION_PERSON_KIND_END REUNION_N_FIELDS

/**
 * ReunionOwnWill:
 * @REUNION_OWN_WILL_NONE: the person can't decide alone whether to be looked for
 * @REUNION_OWN_WILL_IF_LEFT: may have left of their own will when the loss is said
 *   to be that, or a family dispute
 * @REUNION_OWN_WILL_UNLESS_DANGER: as long as the loss is not said to be one that
 *   nobody chooses: getting lost, an abduction, drowning
 */
typedef enum
{
  REUNION_OWN_WILL_NONE,
  REUNION_OWN_WILL_IF_LEFT,
  REUNION_OWN_WILL_UNLESS_DANGER,
} ReunionOwnWill;

/**
 * ReunionPublicWords:
 * @title: at the head of a poster
 * @headline: holds one %s, for the name
 * @sentence: what to do on meeting the person
 *
 * In Chinese, then in English: the order of ReunionLanguage.
 */
typedef struct
{
  const char *title[2];
  const char *headline[2];
  const char *sentence[2];
} ReunionPublicWords;

/**
 * ReunionPersonKindInfo:
 * @key: name on the wire and in the store
 * @group_title: of those who answer for the person; to be passed through gettext
 * @fold_title: of what folds away below it; to be passed through gettext
 * @shown: what the form shows at once, in the order of the conversation, ended by
 *   REUNION_PERSON_KIND_END; every other entry folds away
 * @min_age_years: youngest that the kind can be true of
 * @max_age_years: oldest
 * @own_will: whether the person may have left of their own will
 */
typedef struct
{
  const char *key;
  const char *group_title;
  const char *fold_title;
  const ReunionField *shown;
  int min_age_years;
  int max_age_years;
  ReunionOwnWill own_will;
} ReunionPersonKindInfo;

/* Transfer none, never NULL. */
const ReunionPersonKindInfo *reunion_person_kind_get_info (ReunionPersonKind kind);
/* A child unless the report says otherwise. */
ReunionPersonKind reunion_person_kind_of (ReunionReport *report);

/* The translated name of @field where this kind is missing. Transfer none. */
const char *reunion_person_kind_get_field_label (ReunionPersonKind kind, ReunionField field);
/* What to enter there, translated; NULL where the kind makes no difference.
 * Transfer none. */
const char *reunion_person_kind_get_field_hint (ReunionPersonKind kind, ReunionField field);

/* Whether the standard ever asks for @item of this kind. */
gboolean reunion_person_kind_has_item (ReunionPersonKind kind, ReunionStandardItem item);
/* Translated words for an item of the standard; NULL where the kind makes no
 * difference. Transfer none. */
const char *reunion_person_kind_get_item_label (ReunionPersonKind kind, ReunionStandardItem item);
const char *reunion_person_kind_get_item_sentence (ReunionPersonKind kind,
                                                   ReunionStandardItem item);

/* What is wrong with the age for this kind, and what to do; NULL when nothing is, or
 * for the -1 of an age that is not known. Transfer full. */
char *reunion_person_kind_check_age (ReunionPersonKind kind, int age_years);
/* Whether the person may have left of their own will: an adult's notice then needs
 * the family's request and a reason. */
gboolean reunion_person_kind_may_have_left (ReunionReport *report);

/* The words that the public gets. A diagnosis is not to be read from them: but where
 * medical needs are marked as vital (@is_vital), an adult with dementia gets the words
 * of any other person of that age (@age_years, -1 when not known). Transfer none. */
const ReunionPublicWords *
reunion_person_kind_get_words (ReunionPersonKind kind, int age_years, gboolean is_vital);

G_END_DECLS
