/* test-poster.c: the notice on paper, and as a picture for a group chat
 *
 * What was made is looked at from outside, with the programs that printers and
 * phones might use.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-jpeg.h"
#include "reunion-poster.h"
#include "test-photos.h"
#include "test-records.h"

#include <cairo-pdf.h>
#include <glib/gstdio.h>

#define SERVICE "https://reunion.example"
#define URL SERVICE "/alerts/" TEST_CASE_ID
#define MARGIN_PT 35

/* --- the tools ----------------------------------------------------------------- */

static char *folder;

static char *
write_file (const char *name, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (folder, name, NULL);

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
  return path;
}

/* What a program prints. Transfer full. */
static char *
run_text (const char *const *command)
{
  g_autoptr (GError) error = NULL;
  char *printed = NULL;
  int status;

  if (!g_spawn_sync (folder, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &printed,
                     NULL, &status, &error)
      || !g_spawn_check_wait_status (status, &error))
    test_fail ("%s: %s", command[0], error->message);
  return printed != NULL ? printed : g_strdup ("");
}

static GBytes *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize size;

  g_file_get_contents (path, &contents, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (contents, size);
}

static guint
count (const char *text, const char *part)
{
  guint n = 0;

  for (const char *p = text; (p = strstr (p, part)) != NULL; p++)
    n++;
  return n;
}

/* Without what pdftotext makes of the end of a line. */
static char *
without_spaces (const char *text)
{
  GString *result = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)) && *p != '-')
      g_string_append_unichar (result, g_utf8_get_char (p));
  return g_string_free (result, FALSE);
}

static void
expect_holds (const char *what, const char *text, const char *part)
{
  g_autofree char *all = without_spaces (text);
  g_autofree char *wanted = without_spaces (part);

  if (strstr (all, wanted) == NULL)
    test_fail ("%s: “%s” does not stand in %s", what, part, text);
}

/* --- posters ------------------------------------------------------------------- */

static ReunionPoster *
make (ReunionCase *case_, guint n_photos, ReunionPosterLanguages languages)
{
  static const char *const names[] = { "zhijin-boy.jpg", "zhijin-boy-2.jpg", "huixian-boy.jpg" };
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);
  g_autoptr (GPtrArray) photos = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < n_photos; i++)
    {
      g_autoptr (GBytes) photo = test_photo_load (names[i]);

      g_ptr_array_add (photos, test_photo_with_metadata (photo, 1));
    }
  return reunion_poster_new (case_, photos, URL, languages, test_utc_usec (2016, 5, 20, 4, 30, 0),
                             china);
}

static GBytes *
make_pdf (const ReunionPoster *poster)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = reunion_poster_to_pdf (poster, &error);

  g_assert_no_error (error);
  return bytes;
}

static GBytes *
make_png (const ReunionPoster *poster)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = reunion_poster_to_png (poster, &error);

  g_assert_no_error (error);
  return bytes;
}

static void
get_png_size (GBytes *png, guint *width, guint *height)
{
  const guint8 *data = g_bytes_get_data (png, NULL);

  g_assert_cmpmem (data, 8, "\x89PNG\r\n\x1a\n", 8);
  *width = (guint) data[16] << 24 | (guint) data[17] << 16 | (guint) data[18] << 8 | data[19];
  *height = (guint) data[20] << 24 | (guint) data[21] << 16 | (guint) data[22] << 8 | data[23];
}

/* One A4 page whose fonts are all within. */
static void
expect_sheet (const char *what, const char *path)
{
  g_autofree char *info = run_text ((const char *[]){ "pdfinfo", path, NULL });
  g_autofree char *fonts = run_text ((const char *[]){ "pdffonts", path, NULL });
  g_auto (GStrv) lines = g_strsplit (fonts, "\n", -1);

  expect_holds (what, info, "Pages: 1\n");
  expect_holds (what, info, "(A4)");
  if (g_strv_length (lines) < 4)
    test_fail ("%s: no fonts in %s", what, fonts);
  for (guint i = 2; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) words = g_regex_split_simple (" +", lines[i], 0, 0);
      guint n_words = g_strv_length (words);

      /* emb sub uni object ID, counted from the end. */
      if (n_words < 6 || strcmp (words[n_words - 5], "yes") != 0
          || strcmp (words[n_words - 3], "yes") != 0)
        test_fail ("%s: not embedded, or without its letters' names: %s", what, lines[i]);
    }
}

/* --- what stands there, and what must not -------------------------------------- */

static void
expect_nothing_private (const char *what, GBytes *bytes, gboolean is_vital)
{
  static const char *const others[]
      = { "520524200305170016",  "2003-05-17",         "22:41",          "06:41", "QZ-officer-QZ",
          "QZ-review-reason-QZ", "QZ-closing-note-QZ", TEST_PHOTO_MARKER };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (test_bytes_hold (bytes, others[i]))
      test_fail ("%s: the private “%s” stands there", what, others[i]);
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    {
      const ReunionFieldInfo *info = reunion_field_get_info (i);
      g_autofree char *marker = test_marker (i);

      if (info->audience == REUNION_AUDIENCE_PUBLIC
          || (info->audience == REUNION_AUDIENCE_PUBLIC_IF_VITAL && is_vital))
        continue;
      if (test_bytes_hold (bytes, marker))
        test_fail ("%s: the private “%s” stands there", what, marker);
    }
}

static void
test_privacy (void)
{
  for (int languages = 0; languages <= 1; languages++)
    for (int vital = 0; vital <= 1; vital++)
      {
        g_autofree char *what = g_strdup_printf ("languages %d, vital %d", languages, vital);
        g_autoptr (ReunionCase) case_ = test_case_new_full ();
        g_autoptr (ReunionPoster) poster = NULL;
        g_autoptr (GBytes) pdf = NULL;
        g_autoptr (GBytes) png = NULL;
        g_autoptr (GBytes) words = NULL;
        g_autoptr (GBytes) plain = NULL;
        g_autofree char *path = NULL;
        g_autofree char *plain_path = g_build_filename (folder, "plain.pdf", NULL);
        g_autofree char *text = NULL;

        reunion_report_set_int (reunion_case_get_report (case_), REUNION_FIELD_MEDICAL_VITAL,
                                vital);
        poster = make (case_, 2, languages);
        pdf = make_pdf (poster);
        png = make_png (poster);
        path = write_file ("privacy.pdf", pdf);
        text = run_text ((const char *[]){ "pdftotext", path, "-", NULL });
        words = g_bytes_new (text, strlen (text));
        g_free (run_text ((const char *[]){ "qpdf", "--qdf", path, plain_path, NULL }));
        plain = read_file (plain_path);
        expect_nothing_private (what, pdf, vital);
        expect_nothing_private (what, png, vital);
        expect_nothing_private (what, words, vital);
        expect_nothing_private (what, plain, vital);
        if (strstr (text, "388") != NULL)
          test_fail ("%s: the weight stands in %s", what, text);
        for (guint i = 0; i < REUNION_N_FIELDS; i++)
          {
            const ReunionFieldInfo *info = reunion_field_get_info (i);
            g_autofree char *marker = test_marker (i);

            if ((info->kind == REUNION_FIELD_KIND_TEXT && i != REUNION_FIELD_REGION
                 && info->audience == REUNION_AUDIENCE_PUBLIC)
                || (info->audience == REUNION_AUDIENCE_PUBLIC_IF_VITAL && vital))
              expect_holds (what, text, marker);
          }
      }
}

/* --- paper --------------------------------------------------------------------- */

static void
test_sheet (void)
{
  for (int languages = 0; languages <= 1; languages++)
    for (guint n_photos = 0; n_photos <= 3; n_photos++)
      {
        g_autofree char *what = g_strdup_printf ("languages %d, photos %u", languages, n_photos);
        g_autoptr (ReunionCase) case_ = test_case_new_full ();
        g_autoptr (ReunionPoster) poster = NULL;
        g_autoptr (GBytes) pdf = NULL;
        g_autofree char *path = NULL;
        g_autofree char *text = NULL;
        g_autofree char *images = NULL;
        g_autofree char *info = NULL;

        reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_NAME, "杨晓峰");
        reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_CONTACT_PHONE,
                                 "0857-7621234");
        poster = make (case_, n_photos, languages);
        pdf = make_pdf (poster);
        path = write_file ("sheet.pdf", pdf);
        expect_sheet (what, path);
        text = run_text ((const char *[]){ "pdftotext", path, "-", NULL });
        expect_holds (what, text, "寻人启事");
        expect_holds (what, text, "杨晓峰");
        expect_holds (what, text, "0857-7621234");
        expect_holds (what, text, URL);
        test_expect_int (what, languages, strstr (text, "MISSING") != NULL);
        test_expect_int (what, languages, strstr (text, "Scan to check") != NULL);
        images = run_text ((const char *[]){ "pdfimages", "-list", path, NULL });
        test_expect_int (what, n_photos, count (images, " jpeg "));
        info = run_text ((const char *[]){ "pdfinfo", "-isodates", path, NULL });
        expect_holds (what, info, "Title: 寻人：杨晓峰");
        expect_holds (what, info, "CreationDate: 2016-05-20T04:30:00Z");
      }
}

/* The photo is in the PDF as it was coded; turned where its EXIF says so. */
static void
test_photo (void)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);
  g_autoptr (ReunionCase) case_ = test_case_new_full ();
  g_autoptr (GBytes) photo = test_photo_load ("zhijin-boy.jpg");
  g_autoptr (GBytes) stripped = reunion_jpeg_strip (photo);

  for (guint8 orientation = 1; orientation <= 8; orientation += 5)
    {
      g_autoptr (GPtrArray) photos
          = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
      g_autoptr (ReunionPoster) poster = NULL;
      g_autoptr (GBytes) pdf = NULL;
      g_autofree char *path = NULL;
      g_autofree char *images = NULL;
      g_autofree char *image = g_build_filename (folder, "image-000.jpg", NULL);

      g_ptr_array_add (photos, test_photo_with_metadata (photo, orientation));
      poster = reunion_poster_new (case_, photos, URL, REUNION_POSTER_LANGUAGES_ZH, 0, china);
      pdf = make_pdf (poster);
      path = write_file ("photo.pdf", pdf);
      images = run_text ((const char *[]){ "pdfimages", "-list", path, NULL });
      if (orientation == 1)
        {
          g_autoptr (GBytes) came = NULL;

          g_free (run_text ((const char *[]){ "pdfimages", "-j", path, "image", NULL }));
          came = read_file (image);
          if (!g_bytes_equal (stripped, came))
            test_fail ("expected the photo as it was coded, %zu bytes; came %zu",
                       g_bytes_get_size (stripped), g_bytes_get_size (came));
        }
      else
        expect_holds ("turned", images, " 800 600 ");
    }
}

static void
test_code (void)
{
  g_autoptr (ReunionCase) case_ = test_case_new_full ();
  g_autoptr (ReunionPoster) poster = make (case_, 1, REUNION_POSTER_LANGUAGES_ZH_EN);
  g_autoptr (GBytes) pdf = make_pdf (poster);
  g_autoptr (GBytes) png = make_png (poster);
  g_autofree char *pdf_path = write_file ("code.pdf", pdf);
  g_autofree char *png_path = write_file ("code.png", png);
  g_autofree char *printed = g_build_filename (folder, "printed", NULL);
  g_autofree char *printed_png = g_strconcat (printed, ".png", NULL);
  g_autofree char *on_paper = NULL;
  g_autofree char *on_screen = NULL;

  g_free (run_text ((const char *[]){ "pdftoppm", "-r", "100", "-gray", "-png", "-singlefile",
                                      pdf_path, printed, NULL }));
  on_paper = run_text ((const char *[]){ "zbarimg", "-q", "--raw", printed_png, NULL });
  on_screen = run_text ((const char *[]){ "zbarimg", "-q", "--raw", png_path, NULL });
  test_expect_string ("on paper", URL "\n", on_paper);
  test_expect_string ("on a screen", URL "\n", on_screen);
}

/* --- a screen ------------------------------------------------------------------ */

static void
test_picture (void)
{
  static const char *const chunks[] = { "tEXt", "zTXt", "iTXt", "eXIf", "tIME" };

  for (int languages = 0; languages <= 1; languages++)
    for (guint n_photos = 0; n_photos <= 3; n_photos++)
      {
        g_autoptr (ReunionCase) case_ = test_case_new_full ();
        g_autoptr (ReunionPoster) poster = make (case_, n_photos, languages);
        g_autoptr (GBytes) png = make_png (poster);
        guint width, height;

        get_png_size (png, &width, &height);
        test_expect_int ("width", REUNION_POSTER_WIDTH_PX, width);
        g_assert_cmpuint (height, >, REUNION_POSTER_WIDTH_PX);
        g_assert_cmpuint (height, <=, REUNION_POSTER_MAX_HEIGHT_PX);
        for (gsize i = 0; i < G_N_ELEMENTS (chunks); i++)
          if (test_bytes_hold (png, chunks[i]))
            test_fail ("a %s chunk in the picture", chunks[i]);
      }
}

/* The same records, the same bytes. */
static void
test_same_bytes (void)
{
  g_autoptr (ReunionCase) case_ = test_case_new_full ();
  g_autoptr (ReunionPoster) one = make (case_, 3, REUNION_POSTER_LANGUAGES_ZH_EN);
  g_autoptr (ReunionPoster) other = make (case_, 3, REUNION_POSTER_LANGUAGES_ZH_EN);
  g_autoptr (GBytes) one_pdf = make_pdf (one);
  g_autoptr (GBytes) other_pdf = make_pdf (other);
  g_autoptr (GBytes) one_png = make_png (one);
  g_autoptr (GBytes) other_png = make_png (other);

  g_assert_true (g_bytes_equal (one_pdf, other_pdf));
  g_assert_true (g_bytes_equal (one_png, other_png));
}

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* What goes to a printer is words and the photo, not one large picture. */
static void
test_recording (void)
{
  g_autoptr (ReunionCase) case_ = test_case_new_full ();
  g_autoptr (ReunionPoster) poster = make (case_, 1, REUNION_POSTER_LANGUAGES_ZH);
  g_autoptr (GError) error = NULL;
  cairo_surface_t *sheet = reunion_poster_to_recording (poster, &error);
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GBytes) printed = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = test_marker (REUNION_FIELD_NAME);
  cairo_rectangle_t extents;
  cairo_surface_t *paper;
  cairo_t *cr;

  g_assert_no_error (error);
  g_assert_true (cairo_recording_surface_get_extents (sheet, &extents));
  test_expect_near ("width", REUNION_POSTER_WIDTH_PT, extents.width, 1e-6);
  test_expect_near ("height", REUNION_POSTER_HEIGHT_PT, extents.height, 1e-6);
  paper = cairo_pdf_surface_create_for_stream (write_cb, array, REUNION_POSTER_WIDTH_PT,
                                               REUNION_POSTER_HEIGHT_PT);
  cr = cairo_create (paper);
  cairo_set_source_surface (cr, sheet, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_finish (paper);
  cairo_surface_destroy (paper);
  cairo_surface_destroy (sheet);
  printed = g_byte_array_free_to_bytes (g_steal_pointer (&array));
  path = write_file ("recording.pdf", printed);
  expect_sheet ("printed", path);
  text = run_text ((const char *[]){ "pdftotext", path, "-", NULL });
  expect_holds ("printed", text, name);
}

/* --- words that are long, and words that are short ----------------------------- */

typedef struct
{
  double x_min;
  double y_min;
  double x_max;
  double y_max;
} Box;

/* Every word within the margins, and none on another. */
static void
expect_apart (const char *what, const char *path)
{
  g_autofree char *page = run_text ((const char *[]){ "pdftotext", "-bbox", path, "-", NULL });
  g_auto (GStrv) lines = g_strsplit (page, "\n", -1);
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (Box));

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      Box box;
      double third;

      if (sscanf (lines[i], " <word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"",
                  &box.x_min, &box.y_min, &box.x_max, &box.y_max)
          != 4)
        continue;
      if (box.x_min < MARGIN_PT || box.x_max > REUNION_POSTER_WIDTH_PT - MARGIN_PT
          || box.y_min < MARGIN_PT - 15 || box.y_max > REUNION_POSTER_HEIGHT_PT - MARGIN_PT + 15)
        test_fail ("%s: out of the margins: %s", what, lines[i]);
      /* A letter's box is higher than its ink. */
      third = (box.y_max - box.y_min) / 3;
      box.y_min += third;
      box.y_max -= third;
      for (guint j = 0; j < boxes->len; j++)
        {
          const Box *other = &g_array_index (boxes, Box, j);

          if (box.x_min < other->x_max - 0.5 && other->x_min < box.x_max - 0.5
              && box.y_min < other->y_max && other->y_min < box.y_max)
            test_fail ("%s: on another word, at %g %g: %s", what, other->x_min, other->y_min,
                       lines[i]);
        }
      g_array_append_val (boxes, box);
    }
}

/* @unit again and again, @n_chars in all. */
static char *
repeat (const char *unit, glong n_chars)
{
  g_autoptr (GString) text = g_string_new (NULL);

  while (g_utf8_strlen (text->str, -1) < n_chars)
    g_string_append (text, unit);
  return g_utf8_substring (text->str, 0, n_chars);
}

static void
test_extremes (void)
{
  static const ReunionField texts[]
      = { REUNION_FIELD_NAME,  REUNION_FIELD_BUILD, REUNION_FIELD_CLOTHING,     REUNION_FIELD_SHOES,
          REUNION_FIELD_MARKS, REUNION_FIELD_PLACE, REUNION_FIELD_CONTACT_PHONE };
  static const struct
  {
    const char *unit;
    glong n_chars;
    glong n_medical;
    gboolean is_whole; /* nothing may be left out */
  } cases[] = {
    { "王", 1, 0, TRUE },
    { "右手背有烫伤疤痕，", 60, 0, TRUE },
    { "Abdulrahman Muhammad ", 100, 0, TRUE },
    { "龘靐齉爩鱻麤", 200, 0, TRUE },
    { "W", 200, 0, TRUE },
    { "右手背有烫伤疤痕，", 200, 4000, FALSE },
    { "a\n", 200, 4000, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int languages = 0; languages <= 1; languages++)
      for (guint n_photos = 0; n_photos <= 3; n_photos += 3)
        {
          g_autofree char *what
              = g_strdup_printf ("%ld of “%s”, languages %d, photos %u", cases[i].n_chars,
                                 cases[i].unit, languages, n_photos);
          g_autofree char *words = repeat (cases[i].unit, cases[i].n_chars);
          g_autofree char *medical = repeat (cases[i].unit, cases[i].n_medical);
          g_autoptr (ReunionCase) case_ = test_case_new_full ();
          g_autoptr (ReunionPoster) poster = NULL;
          g_autoptr (GBytes) pdf = NULL;
          g_autoptr (GBytes) png = NULL;
          g_autofree char *path = NULL;
          g_autofree char *text = NULL;
          guint width, height;

          for (gsize j = 0; j < G_N_ELEMENTS (texts); j++)
            reunion_report_set_text (reunion_case_get_report (case_), texts[j], words);
          reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_MEDICAL, medical);
          poster = make (case_, n_photos, languages);
          pdf = make_pdf (poster);
          png = make_png (poster);
          path = write_file ("extreme.pdf", pdf);
          expect_sheet (what, path);
          expect_apart (what, path);
          get_png_size (png, &width, &height);
          g_assert_cmpuint (height, <=, REUNION_POSTER_MAX_HEIGHT_PX);
          text = run_text ((const char *[]){ "pdftotext", path, "-", NULL });
          if (cases[i].is_whole && strstr (text, "…") != NULL)
            test_fail ("%s: something was left out of %s", what, text);
          expect_holds (what, text, "2016-05-20 11:00");
        }
}

/* A case of which nothing is known yet. */
static void
test_empty (void)
{
  g_autoptr (ReunionCase) case_ = reunion_case_new (TEST_CASE_ID);

  for (int languages = 0; languages <= 1; languages++)
    {
      g_autoptr (ReunionPoster) poster = make (case_, 0, languages);
      g_autoptr (GBytes) pdf = make_pdf (poster);
      g_autoptr (GBytes) png = make_png (poster);
      g_autofree char *path = write_file ("empty.pdf", pdf);
      g_autofree char *text = run_text ((const char *[]){ "pdftotext", path, "-", NULL });

      expect_sheet ("empty", path);
      expect_holds ("empty", text, "姓名不详");
      g_assert_cmpuint (g_bytes_get_size (png), >, 0);
    }
}

/* --- what is refused ----------------------------------------------------------- */

static void
test_errors (void)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);
  g_autoptr (ReunionCase) case_ = test_case_new_full ();
  g_autoptr (GPtrArray) photos = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autofree char *endless = repeat ("https://", 4000);
  g_autoptr (ReunionPoster) damaged = NULL;
  g_autoptr (ReunionPoster) lost = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (photos, g_bytes_new_static ("not a photo", 11));
  damaged = reunion_poster_new (case_, photos, URL, REUNION_POSTER_LANGUAGES_ZH, 0, china);
  g_assert_null (reunion_poster_to_pdf (damaged, &error));
  test_expect_error ("PDF", REUNION_POSTER_ERROR, REUNION_POSTER_ERROR_PHOTO, &error);
  g_assert_null (reunion_poster_to_png (damaged, &error));
  test_expect_error ("PNG", REUNION_POSTER_ERROR, REUNION_POSTER_ERROR_PHOTO, &error);
  g_assert_null (reunion_poster_to_recording (damaged, &error));
  test_expect_error ("print", REUNION_POSTER_ERROR, REUNION_POSTER_ERROR_PHOTO, &error);
  lost = reunion_poster_new (case_, NULL, endless, REUNION_POSTER_LANGUAGES_ZH, 0, china);
  g_assert_null (reunion_poster_to_pdf (lost, &error));
  test_expect_error ("address", REUNION_POSTER_ERROR, REUNION_POSTER_ERROR_URL, &error);
}

static void
test_url (void)
{
  g_autofree char *bare = reunion_poster_make_url (SERVICE, TEST_CASE_ID);
  g_autofree char *slash = reunion_poster_make_url (SERVICE "/", TEST_CASE_ID);

  test_expect_string ("bare", URL, bare);
  test_expect_string ("with a slash", URL, slash);
}

static void
remove_folder (void)
{
  GDir *files = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_dir_close (files);
  g_rmdir (folder);
  g_free (folder);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("reunion-poster-XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_test_add_func ("/poster/privacy", test_privacy);
  g_test_add_func ("/poster/sheet", test_sheet);
  g_test_add_func ("/poster/photo", test_photo);
  g_test_add_func ("/poster/code", test_code);
  g_test_add_func ("/poster/picture", test_picture);
  g_test_add_func ("/poster/same-bytes", test_same_bytes);
  g_test_add_func ("/poster/recording", test_recording);
  g_test_add_func ("/poster/extremes", test_extremes);
  g_test_add_func ("/poster/empty", test_empty);
  g_test_add_func ("/poster/errors", test_errors);
  g_test_add_func ("/poster/url", test_url);
  result = g_test_run ();
  remove_folder ();
  return result;
}
