/* reunion-phone.h: telephone numbers as China's numbering plan has them
 *
 * Eleven digits from 13 to 19 for a mobile; an area code from 0 and seven or
 * eight digits for a line on land; ten from 400 or 800; three to six for a
 * public service such as 110 or 12345. Numbers of other countries begin with a
 * plus sign (ITU-T E.164: at most fifteen digits).
 * Source: MIIT, Telecommunications Network Numbering Plan (2017 edition).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define REUNION_PHONE_ERROR (reunion_phone_error_quark ())
GQuark reunion_phone_error_quark (void);

/**
 * ReunionPhoneError:
 * @REUNION_PHONE_ERROR_CHARACTER: something that no telephone number holds
 * @REUNION_PHONE_ERROR_LENGTH: too many digits, or too few
 * @REUNION_PHONE_ERROR_AREA: a line on land without its area code, or with one
 *   that there is not
 */
typedef enum
{
  REUNION_PHONE_ERROR_CHARACTER,
  REUNION_PHONE_ERROR_LENGTH,
  REUNION_PHONE_ERROR_AREA,
} ReunionPhoneError;

/* @text in its normal form: "13812345678", "0857-7621234", "0857-7621234-801",
 * "400-123-4567", "110", "+8613812345678" becomes "13812345678". Spaces,
 * hyphens, brackets, full-width digits and the prefixes +86 and 0086 are
 * forgiven. Transfer full; NULL with a sentence in @error. */
char *reunion_phone_normalise (const char *text, GError **error);

G_END_DECLS
