/* test-sharpness.c: how sharp a photo is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-sharpness.h"
#include "test-helpers.h"

#include <string.h>

#define SIDE_PX 60

static void
expect_measure (const char *what, double expected, double got)
{
  if (ABS (expected - got) > 1e-6 * MAX (1.0, expected))
    test_fail ("%s: expected %f, came %f", what, expected, got);
}

/* Worked out by hand: the answer of one point is -4 v in its middle, v beside. */
static void
test_measure (void)
{
  static const guint8 flat[25] = { 0 };
  static const guint8 point[25] = { [12] = 10 };
  static const guint8 slope[25] = { 0,  9,  18, 27, 36, 0,  9,  18, 27, 36, 0,  9, 18,
                                    27, 36, 0,  9,  18, 27, 36, 0,  9,  18, 27, 36 };
  guint8 board[25], wide[5 * 64];

  for (guint i = 0; i < 25; i++)
    board[i] = i % 2 == 0 ? 255 : 0;
  memset (wide, 200, sizeof wide);
  for (guint y = 0; y < 5; y++)
    memcpy (wide + y * 64, point + y * 5, 5);
  expect_measure ("one colour", 0.0, reunion_sharpness_measure (flat, 5, 5, 5));
  expect_measure ("a slope", 0.0, reunion_sharpness_measure (slope, 5, 5, 5));
  expect_measure ("a point", 2000.0 / 9.0, reunion_sharpness_measure (point, 5, 5, 5));
  expect_measure ("rows with more after them", 2000.0 / 9.0,
                  reunion_sharpness_measure (wide, 5, 5, 64));
  /* Five of -1020 and four of 1020. */
  expect_measure ("a chess board", 1020.0 * 1020.0 * (1.0 - 1.0 / 81.0),
                  reunion_sharpness_measure (board, 5, 5, 5));
  expect_measure ("too small", 0.0, reunion_sharpness_measure (board, 2, 12, 2));
  expect_measure ("too flat", 0.0, reunion_sharpness_measure (board, 12, 2, 12));
}

static void
test_judge (void)
{
  static const struct
  {
    double variance;
    ReunionSharpness expected;
  } cases[] = {
    { 0.0, REUNION_SHARPNESS_BLURRED }, { 14.99, REUNION_SHARPNESS_BLURRED },
    { 15.0, REUNION_SHARPNESS_SOFT },   { 49.99, REUNION_SHARPNESS_SOFT },
    { 50.0, REUNION_SHARPNESS_SHARP },  { 1e6, REUNION_SHARPNESS_SHARP },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *what = g_strdup_printf ("a variance of %.2f", cases[i].variance);

      test_expect_int (what, cases[i].expected, reunion_sharpness_judge (cases[i].variance));
    }
}

/* The mean of each pixel and its eight neighbours, the edge going on outside. */
static void
blur (guint8 *pixels)
{
  guint8 before[SIDE_PX * SIDE_PX];

  memcpy (before, pixels, sizeof before);
  for (int y = 0; y < SIDE_PX; y++)
    for (int x = 0; x < SIDE_PX; x++)
      {
        guint sum = 0;

        for (int i = 0; i < 9; i++)
          sum += before[CLAMP (y + i / 3 - 1, 0, SIDE_PX - 1) * SIDE_PX
                        + CLAMP (x + i % 3 - 1, 0, SIDE_PX - 1)];
        pixels[y * SIDE_PX + x] = (guint8) (sum / 9);
      }
}

/* Every blur makes it less, whatever is on the photo. */
static void
test_blur (void)
{
  guint8 pixels[SIDE_PX * SIDE_PX];
  double before, after;

  for (guint i = 0; i < G_N_ELEMENTS (pixels); i++)
    pixels[i] = (i / SIDE_PX / 20 + i % SIDE_PX / 20) % 2 == 0 ? 170 : 80;
  before = reunion_sharpness_measure (pixels, SIDE_PX, SIDE_PX, SIDE_PX);
  test_expect_int ("sharp", REUNION_SHARPNESS_SHARP, reunion_sharpness_judge (before));
  for (guint i = 0; i < 8; i++)
    {
      blur (pixels);
      after = reunion_sharpness_measure (pixels, SIDE_PX, SIDE_PX, SIDE_PX);
      if (after >= before)
        test_fail ("blurred %u times: expected less than %f, came %f", i + 1, before, after);
      before = after;
    }
  test_expect_int ("blurred", REUNION_SHARPNESS_BLURRED, reunion_sharpness_judge (before));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sharpness/measure", test_measure);
  g_test_add_func ("/sharpness/judge", test_judge);
  g_test_add_func ("/sharpness/blur", test_blur);
  return g_test_run ();
}
