/* reunion-standard.h: the publishing standard
 *
 * What a report needs before it can be submitted: name or description, sex,
 * age, one usable photo or the reason why none exists, time and place of loss,
 * clothing or marks, circumstances, contact phone, and the guardian's consent
 * or an officer's override with a reason. A family dispute needs a second look.
 * What an adult needs besides, and how an item is worded where no child is
 * missing, reunion-person-kind.h says.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-case.h"

G_BEGIN_DECLS

typedef enum
{
  REUNION_STANDARD_NAME,
  REUNION_STANDARD_SEX,
  REUNION_STANDARD_AGE,
  REUNION_STANDARD_PHOTO,
  REUNION_STANDARD_TIME,
  REUNION_STANDARD_PLACE,
  REUNION_STANDARD_APPEARANCE,
  REUNION_STANDARD_CIRCUMSTANCES,
  REUNION_STANDARD_CONTACT,
  REUNION_STANDARD_CONSENT,
  REUNION_STANDARD_REASON,
  REUNION_STANDARD_SECOND_LOOK,
  REUNION_STANDARD_VALUES,
} ReunionStandardItem;

#define REUNION_N_STANDARD_ITEMS (REUNION_STANDARD_VALUES + 1)

#define REUNION_STANDARD_ERROR (reunion_standard_error_quark ())
GQuark reunion_standard_error_quark (void);

/**
 * ReunionStandardError:
 * @REUNION_STANDARD_ERROR_SHORT: the report falls short of the standard
 */
typedef enum
{
  REUNION_STANDARD_ERROR_SHORT,
} ReunionStandardError;

/* Whether @item holds for @case_ at @now_usec (microseconds since the epoch);
 * an item that does not concern the case holds, and a time of loss up to two
 * minutes ahead is a difference of clocks. When it does not hold,
 * @field, if not NULL, is the field to go to, and @sentence, if not NULL, is
 * what is missing (transfer full). */
gboolean reunion_standard_check_item (ReunionCase *case_,
                                      ReunionStandardItem item,
                                      gint64 now_usec,
                                      ReunionField *field,
                                      char **sentence);

/* Whether every item holds; else the error has the first sentence. */
gboolean reunion_standard_check (ReunionCase *case_, gint64 now_usec, GError **error);

/* Whether @item is one that few cases are concerned with: it then is to be seen only
 * where it falls short. */
gboolean reunion_standard_item_is_rare (ReunionStandardItem item);
/* Short translated name of the item, for a checklist. Transfer none. */
const char *reunion_standard_item_get_label (ReunionStandardItem item);
/* The same, as it is called for the person who is missing in @case_. */
const char *reunion_standard_item_get_case_label (ReunionStandardItem item, ReunionCase *case_);
/* The field to go to for the item, whether it holds or not. */
ReunionField reunion_standard_item_get_field (ReunionStandardItem item);

G_END_DECLS
