/* test-crop.c: how a photo is turned, and which part of it is kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-crop.h"
#include "desk-photo-maker.h"
#include "test-helpers.h"

#define WIDTH_PX 600
#define HEIGHT_PX 400

static void
expect_frame (const DeskCrop *crop, const char *what, const char *expected)
{
  g_autofree char *frame = g_strdup_printf (
      "%dx%d at %d,%d of %dx%d", crop->width_px, crop->height_px, crop->x_px, crop->y_px,
      desk_crop_get_turned_width_px (crop), desk_crop_get_turned_height_px (crop));

  test_expect_string (what, expected, frame);
}

static void
frame_part (DeskCrop *crop, int x_px, int y_px, int width_px, int height_px)
{
  desk_crop_init (crop, WIDTH_PX, HEIGHT_PX);
  crop->x_px = x_px;
  crop->y_px = y_px;
  crop->width_px = width_px;
  crop->height_px = height_px;
}

static void
test_turn (void)
{
  DeskCrop crop;

  desk_crop_init (&crop, WIDTH_PX, HEIGHT_PX);
  g_assert_true (desk_crop_is_whole (&crop));
  desk_crop_turn (&crop, TRUE);
  expect_frame (&crop, "the whole", "400x600 at 0,0 of 400x600");
  g_assert_false (desk_crop_is_whole (&crop));

  frame_part (&crop, 10, 20, 100, 50);
  g_assert_false (desk_crop_is_whole (&crop));
  desk_crop_turn (&crop, TRUE);
  expect_frame (&crop, "a quarter", "50x100 at 330,10 of 400x600");
  desk_crop_turn (&crop, TRUE);
  expect_frame (&crop, "a half", "100x50 at 490,330 of 600x400");
  desk_crop_turn (&crop, TRUE);
  expect_frame (&crop, "three quarters", "50x100 at 20,490 of 400x600");
  desk_crop_turn (&crop, TRUE);
  expect_frame (&crop, "all round", "100x50 at 10,20 of 600x400");
  test_expect_int ("quarters", 0, crop.n_quarters);
  desk_crop_turn (&crop, FALSE);
  expect_frame (&crop, "back", "50x100 at 20,490 of 400x600");
  test_expect_int ("quarters", 3, crop.n_quarters);
}

static void
test_move (void)
{
  static const struct
  {
    int x_px, y_px;
    const char *expected;
  } cases[] = {
    { 0, 0, "100x50 at 10,20 of 600x400" },       { 5, -5, "100x50 at 15,15 of 600x400" },
    { -11, -21, "100x50 at 0,0 of 600x400" },     { 490, 330, "100x50 at 500,350 of 600x400" },
    { 491, 331, "100x50 at 500,350 of 600x400" }, { -9999, 9999, "100x50 at 0,350 of 600x400" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskCrop crop;
      g_autofree char *what = g_strdup_printf ("by %d, %d", cases[i].x_px, cases[i].y_px);

      frame_part (&crop, 10, 20, 100, 50);
      desk_crop_move (&crop, cases[i].x_px, cases[i].y_px);
      expect_frame (&crop, what, cases[i].expected);
    }
}

static void
test_resize (void)
{
  static const struct
  {
    DeskCropEdges edges;
    int x_px, y_px;
    const char *expected;
  } cases[] = {
    { DESK_CROP_NO_EDGE, 9, 9, "100x80 at 50,60 of 600x400" },
    { DESK_CROP_LEFT, 10, 99, "90x80 at 60,60 of 600x400" },
    { DESK_CROP_LEFT, -60, 0, "150x80 at 0,60 of 600x400" },
    { DESK_CROP_LEFT, 999, 0, "40x80 at 110,60 of 600x400" },
    { DESK_CROP_RIGHT, 10, 99, "110x80 at 50,60 of 600x400" },
    { DESK_CROP_RIGHT, 999, 0, "550x80 at 50,60 of 600x400" },
    { DESK_CROP_RIGHT, -999, 0, "40x80 at 50,60 of 600x400" },
    { DESK_CROP_TOP, 99, -999, "100x140 at 50,0 of 600x400" },
    { DESK_CROP_TOP, 0, 999, "100x40 at 50,100 of 600x400" },
    { DESK_CROP_BOTTOM, 0, 999, "100x340 at 50,60 of 600x400" },
    { DESK_CROP_BOTTOM, 0, -999, "100x40 at 50,60 of 600x400" },
    { DESK_CROP_LEFT | DESK_CROP_TOP, 5, 6, "95x74 at 55,66 of 600x400" },
    { DESK_CROP_RIGHT | DESK_CROP_BOTTOM, 5, 6, "105x86 at 50,60 of 600x400" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskCrop crop;
      g_autofree char *what = g_strdup_printf ("edges %d by %d, %d", (int) cases[i].edges,
                                               cases[i].x_px, cases[i].y_px);

      frame_part (&crop, 50, 60, 100, 80);
      desk_crop_resize (&crop, cases[i].edges, cases[i].x_px, cases[i].y_px);
      expect_frame (&crop, what, cases[i].expected);
    }
}

/* A photo smaller than the smallest frame is kept as it is. */
static void
test_tiny (void)
{
  DeskCrop crop;

  desk_crop_init (&crop, 7, 1);
  desk_crop_resize (&crop, DESK_CROP_RIGHT | DESK_CROP_BOTTOM, -5, -5);
  expect_frame (&crop, "high edges", "7x1 at 0,0 of 7x1");
  desk_crop_resize (&crop, DESK_CROP_LEFT | DESK_CROP_TOP, 5, 5);
  expect_frame (&crop, "low edges", "7x1 at 0,0 of 7x1");
  desk_crop_turn (&crop, FALSE);
  desk_crop_move (&crop, 3, 3);
  expect_frame (&crop, "turned", "1x7 at 0,0 of 1x7");
}

static void
test_find_edges (void)
{
  static const struct
  {
    double x_px, y_px;
    DeskCropEdges expected;
  } cases[] = {
    { 100, 100, DESK_CROP_NO_EDGE },
    { 50, 100, DESK_CROP_LEFT },
    { 42, 100, DESK_CROP_LEFT },
    { 41, 100, DESK_CROP_NO_EDGE },
    { 150, 100, DESK_CROP_RIGHT },
    { 100, 60, DESK_CROP_TOP },
    { 100, 145, DESK_CROP_BOTTOM },
    { 48, 58, DESK_CROP_LEFT | DESK_CROP_TOP },
    { 152, 141, DESK_CROP_RIGHT | DESK_CROP_BOTTOM },
    { 50, 300, DESK_CROP_NO_EDGE },
  };
  DeskCrop crop;

  frame_part (&crop, 50, 60, 100, 80);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *what = g_strdup_printf ("at %g, %g", cases[i].x_px, cases[i].y_px);

      test_expect_int (what, cases[i].expected,
                       desk_crop_find_edges (&crop, cases[i].x_px, cases[i].y_px, 8.0));
    }
  g_assert_true (desk_crop_contains (&crop, 100, 100));
  g_assert_false (desk_crop_contains (&crop, 49, 100));
  /* Within reach of both ends: the nearer. */
  crop.width_px = 10;
  test_expect_int ("near the right", DESK_CROP_RIGHT, desk_crop_find_edges (&crop, 58, 100, 8.0));
}

/* --- on pixels ------------------------------------------------------------------- */

/* Red, green, blue and white, clockwise from the first corner. */
static GBytes *
make_quarters (void)
{
  static const guint32 colours[] = { 0xff0000ff, 0x00ff00ff, 0xffffffff, 0x0000ffff };
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, WIDTH_PX, HEIGHT_PX);
  GBytes *bytes = NULL;

  for (int i = 0; i < 4; i++)
    {
      g_autoptr (GdkPixbuf) quarter = gdk_pixbuf_new_subpixbuf (
          pixbuf, i % 2 * WIDTH_PX / 2, i / 2 * HEIGHT_PX / 2, WIDTH_PX / 2, HEIGHT_PX / 2);

      gdk_pixbuf_fill (quarter, colours[i]);
    }
  reunion_photo_unref (desk_photo_make (pixbuf, &bytes));
  return bytes;
}

static char
name_pixel (GdkPixbuf *pixbuf, int x, int y)
{
  const guchar *pixel = gdk_pixbuf_read_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf)
                        + x * gdk_pixbuf_get_n_channels (pixbuf);
  guint bits = (pixel[0] > 128 ? 4u : 0u) + (pixel[1] > 128 ? 2u : 0u) + (pixel[2] > 128 ? 1u : 0u);

  return "kbg?r??w"[bits];
}

/* Size, and the colours in the corners, clockwise from the first. */
static void
expect_pixels (GBytes *content, const DeskCrop *crop, const char *expected)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ReunionPhoto) photo = desk_photo_make_cropped (content, crop, &bytes);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autofree char *seen = NULL;
  int right, bottom;

  g_assert_nonnull (photo);
  stream = g_memory_input_stream_new_from_bytes (bytes);
  pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, NULL);
  g_assert_nonnull (pixbuf);
  right = gdk_pixbuf_get_width (pixbuf) - 1;
  bottom = gdk_pixbuf_get_height (pixbuf) - 1;
  seen = g_strdup_printf ("%ux%u %c%c%c%c", reunion_photo_get_width_px (photo),
                          reunion_photo_get_height_px (photo), name_pixel (pixbuf, 0, 0),
                          name_pixel (pixbuf, right, 0), name_pixel (pixbuf, right, bottom),
                          name_pixel (pixbuf, 0, bottom));
  test_expect_string ("pixels", expected, seen);
}

static void
test_pixels (void)
{
  g_autoptr (GBytes) content = make_quarters ();
  g_autoptr (GBytes) none = g_bytes_new_static ("no photo", 8);
  g_autoptr (GBytes) bytes = NULL;
  DeskCrop crop;

  desk_crop_init (&crop, WIDTH_PX, HEIGHT_PX);
  expect_pixels (content, &crop, "600x400 rgbw");
  desk_crop_turn (&crop, TRUE);
  expect_pixels (content, &crop, "400x600 wrgb");
  desk_crop_turn (&crop, TRUE);
  expect_pixels (content, &crop, "600x400 bwrg");
  desk_crop_turn (&crop, TRUE);
  expect_pixels (content, &crop, "400x600 gbwr");

  frame_part (&crop, 350, 50, 200, 300);
  expect_pixels (content, &crop, "200x300 ggbb");
  desk_crop_turn (&crop, TRUE);
  expect_pixels (content, &crop, "300x200 bggb");

  desk_crop_init (&crop, WIDTH_PX + 1, HEIGHT_PX);
  g_assert_null (desk_photo_make_cropped (content, &crop, &bytes));
  g_assert_null (desk_photo_make_cropped (none, &crop, &bytes));
  test_expect_int ("no photo is not blurred", REUNION_SHARPNESS_SHARP, desk_photo_measure (none));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crop/turn", test_turn);
  g_test_add_func ("/crop/move", test_move);
  g_test_add_func ("/crop/resize", test_resize);
  g_test_add_func ("/crop/tiny", test_tiny);
  g_test_add_func ("/crop/find-edges", test_find_edges);
  g_test_add_func ("/crop/pixels", test_pixels);
  return g_test_run ();
}
