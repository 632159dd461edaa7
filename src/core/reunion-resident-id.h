/* reunion-resident-id.h: the resident identity number of GB 11643
 *
 * Six digits of region (GB/T 2260), eight of birth date, three of sequence
 * (odd for males), one check character by ISO 7064 MOD 11-2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define REUNION_RESIDENT_ID_ERROR (reunion_resident_id_error_quark ())
GQuark reunion_resident_id_error_quark (void);

/**
 * ReunionResidentIdError:
 * @REUNION_RESIDENT_ID_ERROR_LENGTH: not 18 characters
 * @REUNION_RESIDENT_ID_ERROR_CHARACTER: something other than digits, or X last
 * @REUNION_RESIDENT_ID_ERROR_REGION: no province has these first two digits
 * @REUNION_RESIDENT_ID_ERROR_DATE: no such day, or a day still to come
 * @REUNION_RESIDENT_ID_ERROR_CHECK: the check character does not fit
 */
typedef enum
{
  REUNION_RESIDENT_ID_ERROR_LENGTH,
  REUNION_RESIDENT_ID_ERROR_CHARACTER,
  REUNION_RESIDENT_ID_ERROR_REGION,
  REUNION_RESIDENT_ID_ERROR_DATE,
  REUNION_RESIDENT_ID_ERROR_CHECK,
} ReunionResidentIdError;

/**
 * ReunionResidentId:
 * @number: the number in its normal form, X upper case, ended by a zero byte
 * @region: first six digits, ended by a zero byte
 * @birth_date: YYYY-MM-DD, ended by a zero byte
 * @is_male: the 17th digit is odd
 */
typedef struct
{
  char number[19];
  char region[7];
  char birth_date[11];
  gboolean is_male;
} ReunionResidentId;

/* Takes @text, valid UTF-8, apart; spaces and hyphens between the digits, full-width digits
 * and a small x are forgiven. A birth date after @today_usec (microseconds
 * since the epoch, taken in China's time) is refused. */
gboolean reunion_resident_id_parse (const char *text,
                                    gint64 today_usec,
                                    ReunionResidentId *id,
                                    GError **error);

/* The check character for the first 17 digits of @digits: '0'..'9' or 'X'. */
char reunion_resident_id_check_character (const char *digits);

G_END_DECLS
