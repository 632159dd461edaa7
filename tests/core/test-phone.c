/* test-phone.c: telephone numbers as China's numbering plan has them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-phone.h"
#include "test-helpers.h"

#define CHARACTER REUNION_PHONE_ERROR_CHARACTER
#define LENGTH REUNION_PHONE_ERROR_LENGTH
#define AREA REUNION_PHONE_ERROR_AREA

static const struct
{
  const char *text;
  const char *number;
} valid[] = {
  { "13812345678", "13812345678" },
  { " 138 1234 5678 ", "13812345678" },
  { "138-1234-5678", "13812345678" },
  { "+86 138 1234 5678", "13812345678" },
  { "＋86 13812345678", "13812345678" },
  { "008613812345678", "13812345678" },
  { "１３８１２３４５６７８", "13812345678" },
  { "19912345678", "19912345678" },
  { "0857-7621234", "0857-7621234" },
  { "(0857) 7621234", "0857-7621234" },
  { "（0857）7621234", "0857-7621234" },
  { "08577621234", "0857-7621234" },
  { "010-85221234", "010-85221234" },
  { "01085221234", "010-85221234" },
  { "021 6234 1234", "021-62341234" },
  { "+86 10 8522 1234", "010-85221234" },
  { "+86 857 7621234", "0857-7621234" },
  { "0371-12345678", "0371-12345678" },
  { "0857-7621234 转 801", "0857-7621234-801" },
  { "0857-7621234 ext. 801", "0857-7621234-801" },
  { "0857-7621234#8", "0857-7621234-8" },
  { "400 123 4567", "400-123-4567" },
  { "8001234567", "800-123-4567" },
  { "110", "110" },
  { "12355", "12355" },
  { "95588", "95588" },
  { "+44 20 7946 0958", "+442079460958" },
};

static const struct
{
  const char *text;
  ReunionPhoneError code;
} invalid[] = {
  { "", LENGTH },
  { "-", LENGTH },
  { "1381234567", LENGTH },
  { "138123456789", LENGTH },
  { "12812345678", LENGTH },
  { "0857-762123", LENGTH },
  { "0857-762123456", LENGTH },
  { "0157-7621234", AREA },
  { "0017621234", AREA },
  { "7621234", AREA },
  { "85221234", AREA },
  { "5", LENGTH },
  { "4001234", AREA },
  { "40012345678", LENGTH },
  { "+44 1", LENGTH },
  { "+4412345678901234", LENGTH },
  { "13812345678 13912345678", LENGTH },
  { "1381234567890123456789012345", LENGTH },
  { "0857-7621234#12345678", LENGTH },
  { "mother", CHARACTER },
  { "1381234567a", CHARACTER },
  { "138\u00e912345678", CHARACTER },
  { "电话13812345678", CHARACTER },
  { "138+12345678", CHARACTER },
};

static void
test_valid (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (valid); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *number = reunion_phone_normalise (valid[i].text, &error);
      g_autoptr (GError) second_error = NULL;
      g_autofree char *again = NULL;

      if (g_strcmp0 (number, valid[i].number) != 0)
        {
          test_fail ("%s: expected %s, came %s (%s)", valid[i].text, valid[i].number, number,
                     error != NULL ? error->message : "no error");
          continue;
        }
      /* The normal form is its own. */
      again = reunion_phone_normalise (number, &second_error);
      if (g_strcmp0 (again, number) != 0)
        test_fail ("%s: read again it became %s", number, again);
    }
}

static void
test_invalid (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *number = reunion_phone_normalise (invalid[i].text, &error);

      if (number != NULL)
        test_fail ("“%s”: expected an error, came %s", invalid[i].text, number);
      else if (!g_error_matches (error, REUNION_PHONE_ERROR, (int) invalid[i].code))
        test_fail ("“%s”: expected code %d, came %d (%s)", invalid[i].text, invalid[i].code,
                   error->code, error->message);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phone/valid", test_valid);
  g_test_add_func ("/phone/invalid", test_invalid);
  return g_test_run ();
}
