/* reunion-standard.c: the publishing standard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-standard.h"

#include "reunion-person-kind.h"

#include <glib/gi18n-lib.h>

/* The service's clock and the desk's may differ a little. */
#define CLOCK_TOLERANCE_USEC (2 * REUNION_MINUTE_USEC)

typedef struct
{
  const char *label;
  const char *sentence;
  ReunionField field;
} Item;

static const Item items[REUNION_N_STANDARD_ITEMS] = {
  [REUNION_STANDARD_NAME]
  = { N_("Name"), N_("Enter the name, or how the person can be described."), REUNION_FIELD_NAME },
  [REUNION_STANDARD_SEX] = { N_("Sex"), N_("Choose the sex."), REUNION_FIELD_SEX },
  [REUNION_STANDARD_AGE]
  = { N_("Age"), N_("Enter the age, the date of birth or the resident ID number."),
      REUNION_FIELD_AGE_YEARS },
  [REUNION_STANDARD_PHOTO] = { N_("Photo"),
                               N_("Add a photo with a shorter side of at least 400 pixels, or "
                                  "say why there is none."),
                               REUNION_FIELD_PHOTO_ABSENT_REASON },
  [REUNION_STANDARD_TIME]
  = { N_("Time"), N_("Enter when the person was last seen."), REUNION_FIELD_LAST_SEEN },
  [REUNION_STANDARD_PLACE]
  = { N_("Place"), N_("Name the place, and mark it on the map."), REUNION_FIELD_PLACE },
  [REUNION_STANDARD_APPEARANCE]
  = { N_("Clothing or marks"), N_("Describe the clothing or a mark."), REUNION_FIELD_CLOTHING },
  [REUNION_STANDARD_CIRCUMSTANCES]
  = { N_("What happened"), N_("Say in a sentence what happened."), REUNION_FIELD_CIRCUMSTANCES },
  [REUNION_STANDARD_CONTACT]
  = { N_("Contact phone"), N_("Enter the phone number that the public can call."),
      REUNION_FIELD_CONTACT_PHONE },
  [REUNION_STANDARD_CONSENT]
  = { N_("Consent"), N_("Record the guardian's consent, or the reason to publish without it."),
      REUNION_FIELD_CONSENT },
  [REUNION_STANDARD_REASON]
  = { N_("Reason to publish"),
      N_("An adult may leave of their own will: say why the notice is needed, such as danger to "
         "life or health."),
      REUNION_FIELD_CONSENT_OVERRIDE },
  [REUNION_STANDARD_SECOND_LOOK]
  = { N_("Second look"),
      N_("This is a family dispute: a second officer has to look at it before it is submitted."),
      REUNION_FIELD_SECOND_LOOK },
  [REUNION_STANDARD_VALUES] = { N_("Entries"), N_("An entry can't be right."), REUNION_FIELD_NAME },
};

G_DEFINE_QUARK (reunion-standard-error-quark, reunion_standard_error)

static gboolean
has_usable_photo (ReunionCase *case_)
{
  for (guint i = 0; i < reunion_case_get_n_photos (case_); i++)
    if (reunion_photo_is_usable (reunion_case_get_photo (case_, i)))
      return TRUE;
  return FALSE;
}

/* The age counts that was reached on the day of loss: who has been missing for
 * thirty years is looked for as the child that was lost. */
static gboolean
check_age (ReunionReport *report, gint64 now_usec, ReunionField *field, char **sentence)
{
  int age_years = reunion_report_get_age_years (
      report, reunion_report_get_int (report, REUNION_FIELD_LAST_SEEN, now_usec));

  if (age_years < 0)
    return FALSE;
  *sentence = reunion_person_kind_check_age (reunion_person_kind_of (report), age_years);
  if (*sentence != NULL)
    *field = REUNION_FIELD_PERSON_KIND;
  return *sentence == NULL;
}

/* Who may have left of their own will is looked for when the family asks for it, and
 * for a reason; else either will do. */
static gboolean
check_consent (ReunionReport *report, char **sentence)
{
  if (reunion_report_get_flag (report, REUNION_FIELD_CONSENT))
    return TRUE;
  if (!reunion_person_kind_may_have_left (report))
    return reunion_report_has (report, REUNION_FIELD_CONSENT_OVERRIDE);
  *sentence = g_strdup (_("This adult may have left of their own will: the family has to ask for "
                          "the notice."));
  return FALSE;
}

/* A time of loss that is still to come is no time of loss. */
static gboolean
check_time (ReunionReport *report, gint64 now_usec, char **sentence)
{
  if (!reunion_report_has (report, REUNION_FIELD_LAST_SEEN))
    return FALSE;
  if (reunion_report_get_int (report, REUNION_FIELD_LAST_SEEN, 0) > now_usec + CLOCK_TOLERANCE_USEC)
    {
      *sentence = g_strdup (_("The time of loss is still to come. Correct it, or check the clock "
                              "of this PC."));
      return FALSE;
    }
  if (reunion_report_has (report, REUNION_FIELD_LAST_SEEN_EARLIEST)
      && reunion_report_get_int (report, REUNION_FIELD_LAST_SEEN_EARLIEST, 0)
             > reunion_report_get_int (report, REUNION_FIELD_LAST_SEEN, 0))
    {
      *sentence = g_strdup (_("The earliest time of loss lies after the latest. Swap them."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_values (ReunionReport *report, ReunionField *field, char **sentence)
{
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!reunion_report_check (report, i, &error))
        {
          *field = i;
          *sentence = g_strdup (error->message);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
item_holds (ReunionCase *case_,
            ReunionStandardItem item,
            gint64 now_usec,
            ReunionField *field,
            char **sentence)
{
  ReunionReport *report = reunion_case_get_report (case_);
  ReunionPoint point;

  switch (item)
    {
    case REUNION_STANDARD_NAME:
      return reunion_report_has (report, REUNION_FIELD_NAME);
    case REUNION_STANDARD_SEX:
      return reunion_report_has (report, REUNION_FIELD_SEX);
    case REUNION_STANDARD_AGE:
      return check_age (report, now_usec, field, sentence);
    case REUNION_STANDARD_PHOTO:
      return has_usable_photo (case_)
             || reunion_report_has (report, REUNION_FIELD_PHOTO_ABSENT_REASON);
    case REUNION_STANDARD_TIME:
      return check_time (report, now_usec, sentence);
    case REUNION_STANDARD_PLACE:
      return reunion_report_has (report, REUNION_FIELD_PLACE)
             && reunion_report_get_point (report, &point);
    case REUNION_STANDARD_APPEARANCE:
      return reunion_report_has (report, REUNION_FIELD_CLOTHING)
             || reunion_report_has (report, REUNION_FIELD_MARKS);
    case REUNION_STANDARD_CIRCUMSTANCES:
      return reunion_report_has (report, REUNION_FIELD_CIRCUMSTANCES);
    case REUNION_STANDARD_CONTACT:
      return reunion_report_has (report, REUNION_FIELD_CONTACT_PHONE);
    case REUNION_STANDARD_CONSENT:
      return check_consent (report, sentence);
    case REUNION_STANDARD_REASON:
      return !reunion_person_kind_may_have_left (report)
             || reunion_report_has (report, REUNION_FIELD_CONSENT_OVERRIDE);
    case REUNION_STANDARD_SECOND_LOOK:
      return g_strcmp0 (reunion_report_get_text (report, REUNION_FIELD_KIND), "family_dispute") != 0
             || reunion_report_get_flag (report, REUNION_FIELD_SECOND_LOOK);
    case REUNION_STANDARD_VALUES:
      return check_values (report, field, sentence);
    default:
      g_return_val_if_reached (FALSE);
    }
}

gboolean
reunion_standard_check_item (ReunionCase *case_,
                             ReunionStandardItem item,
                             gint64 now_usec,
                             ReunionField *field,
                             char **sentence)
{
  g_autofree char *own_sentence = NULL;
  const char *kind_sentence;
  ReunionPersonKind kind;
  ReunionField own_field;

  g_return_val_if_fail (REUNION_IS_CASE (case_) && item < REUNION_N_STANDARD_ITEMS, FALSE);

  kind = reunion_person_kind_of (reunion_case_get_report (case_));
  own_field = items[item].field;
  if (!reunion_person_kind_has_item (kind, item)
      || item_holds (case_, item, now_usec, &own_field, &own_sentence))
    return TRUE;
  if (field != NULL)
    *field = own_field;
  kind_sentence = reunion_person_kind_get_item_sentence (kind, item);
  if (sentence != NULL && own_sentence != NULL)
    *sentence = g_steal_pointer (&own_sentence);
  else if (sentence != NULL)
    *sentence = g_strdup (kind_sentence != NULL ? kind_sentence : _(items[item].sentence));
  return FALSE;
}

gboolean
reunion_standard_check (ReunionCase *case_, gint64 now_usec, GError **error)
{
  for (guint i = 0; i < REUNION_N_STANDARD_ITEMS; i++)
    {
      g_autofree char *sentence = NULL;

      if (!reunion_standard_check_item (case_, i, now_usec, NULL, &sentence))
        {
          g_set_error_literal (error, REUNION_STANDARD_ERROR, REUNION_STANDARD_ERROR_SHORT,
                               sentence);
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
reunion_standard_item_is_rare (ReunionStandardItem item)
{
  return item == REUNION_STANDARD_REASON || item == REUNION_STANDARD_SECOND_LOOK
         || item == REUNION_STANDARD_VALUES;
}

const char *
reunion_standard_item_get_label (ReunionStandardItem item)
{
  g_return_val_if_fail (item < REUNION_N_STANDARD_ITEMS, NULL);

  return _(items[item].label);
}

const char *
reunion_standard_item_get_case_label (ReunionStandardItem item, ReunionCase *case_)
{
  const char *label;

  g_return_val_if_fail (item < REUNION_N_STANDARD_ITEMS && REUNION_IS_CASE (case_), NULL);

  label = reunion_person_kind_get_item_label (
      reunion_person_kind_of (reunion_case_get_report (case_)), item);
  return label != NULL ? label : reunion_standard_item_get_label (item);
}

ReunionField
reunion_standard_item_get_field (ReunionStandardItem item)
{
  g_return_val_if_fail (item < REUNION_N_STANDARD_ITEMS, REUNION_FIELD_NAME);

  return items[item].field;
}
