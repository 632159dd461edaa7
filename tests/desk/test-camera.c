/* test-camera.c: a photo taken with a camera, of GStreamer's test pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-camera-finder.h"
#include "desk-camera-window.h"
#include "desk-camera.h"
#include "desk-photo-strip.h"
#include "desk-test-utils.h"
#include "test-helpers.h"

#include <adwaita.h>

#define SOURCE                                                                                     \
  "videotestsrc is-live=true pattern=ball ! capsfilter caps=video/x-raw,width=640,height=480"
/* As many cameras give it. */
#define JPEG_SOURCE "videotestsrc is-live=true ! video/x-raw,width=322,height=240 ! jpegenc"

/* --- pictures -------------------------------------------------------------------- */

typedef struct
{
  guint n_frames;
  guint n_failed;
  int width;
  int height;
} Seen;

static void
frame_cb (Seen *seen, GdkTexture *texture)
{
  seen->n_frames++;
  seen->width = gdk_texture_get_width (texture);
  seen->height = gdk_texture_get_height (texture);
}

static void
failed_cb (Seen *seen)
{
  seen->n_failed++;
}

static DeskCamera *
open_camera (const char *description, Seen *seen)
{
  DeskCamera *camera;

  g_assert_true (gst_init_check (NULL, NULL, NULL));
  camera = desk_camera_new (gst_parse_bin_from_description (description, TRUE, NULL));
  g_signal_connect_swapped (camera, "frame", G_CALLBACK (frame_cb), seen);
  g_signal_connect_swapped (camera, "failed", G_CALLBACK (failed_cb), seen);
  return camera;
}

static void
test_frames (void)
{
  Seen seen = { 0, 0, 0, 0 };
  DeskCamera *camera = open_camera (SOURCE, &seen);

  sync_test_wait (seen.n_frames >= 3);
  test_expect_int ("width", 640, seen.width);
  test_expect_int ("height", 480, seen.height);
  test_expect_int ("failed", 0, (int) seen.n_failed);
  g_assert_finalize_object (camera);
}

/* 322 pixels: a row of them is no multiple of sixteen bytes. */
static void
test_jpeg (void)
{
  Seen seen = { 0, 0, 0, 0 };
  DeskCamera *camera = open_camera (JPEG_SOURCE, &seen);

  sync_test_wait (seen.n_frames >= 2);
  test_expect_int ("width", 322, seen.width);
  test_expect_int ("height", 240, seen.height);
  g_assert_finalize_object (camera);
}

/* One that is not there, one that is unplugged, one that gives what is no picture. */
static void
test_failures (void)
{
  const char *const sources[] = {
    "filesrc location=/nonexistent/camera",
    "videotestsrc num-buffers=2",
    "audiotestsrc is-live=true",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      Seen seen = { 0, 0, 0, 0 };
      DeskCamera *camera = open_camera (sources[i], &seen);

      sync_test_wait (seen.n_failed > 0);
      sync_test_iterate_for_a_while ();
      test_expect_int (sources[i], 1, (int) seen.n_failed);
      g_assert_finalize_object (camera);
    }
}

/* --- the window --------------------------------------------------------------------- */

typedef struct
{
  DeskTest *desk;
  ReunionCase *case_;
  DeskPhotoStrip *strip;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer source)
{
  if (source != NULL)
    g_setenv (DESK_CAMERA_ENV, source, TRUE);
  else
    g_unsetenv (DESK_CAMERA_ENV);
  fixture->desk = desk_test_new ();
  fixture->case_ = reunion_case_new ("c-1");
  fixture->strip = g_object_new (DESK_TYPE_PHOTO_STRIP, NULL);
  fixture->window = desk_test_show (GTK_WIDGET (fixture->strip));
  desk_photo_strip_set_case (fixture->strip, fixture->desk->session, fixture->case_);
}

static void
tear_down (Fixture *fixture, gconstpointer source)
{
  desk_test_close (fixture->window);
  g_object_unref (fixture->case_);
  desk_test_free (fixture->desk);
  g_unsetenv (DESK_CAMERA_ENV);
}

static GtkWidget *
find_camera_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (DESK_IS_CAMERA_WINDOW (window))
        return window;
    }
  return NULL;
}

static GtkWidget *
get_button (GtkWidget *root, const char *label)
{
  GtkWidget *button = desk_test_find (root, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  return button;
}

static GtkWidget *
open_window (Fixture *fixture)
{
  GtkWidget *button = get_button (GTK_WIDGET (fixture->strip), "Camera…");

  g_assert_true (gtk_widget_get_visible (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_nonnull (find_camera_window ());
  return find_camera_window ();
}

/* Taken, not liked, taken again and used. */
static void
test_taken (Fixture *fixture, gconstpointer source)
{
  GtkWidget *window = open_window (fixture);
  GtkWidget *take = get_button (window, "Take");
  ReunionPhoto *photo;

  for (guint i = 0; i < 2; i++)
    {
      if (i > 0)
        g_signal_emit_by_name (get_button (window, "Take Again"), "clicked");
      g_assert_false (gtk_widget_get_visible (get_button (window, "Use This Photo")));
      sync_test_wait (gtk_widget_get_sensitive (take));
      g_signal_emit_by_name (take, "clicked");
      g_assert_true (gtk_widget_get_visible (get_button (window, "Use This Photo")));
      test_expect_int ("photos", 0, (int) reunion_case_get_n_photos (fixture->case_));
    }
  g_signal_emit_by_name (get_button (window, "Use This Photo"), "clicked");
  sync_test_wait (reunion_case_get_n_photos (fixture->case_) == 1);
  photo = reunion_case_get_photo (fixture->case_, 0);
  test_expect_int ("width", 640, (int) reunion_photo_get_width_px (photo));
  test_expect_int ("height", 480, (int) reunion_photo_get_height_px (photo));
  sync_test_wait (find_camera_window () == NULL);
}

static void
test_closed (Fixture *fixture, gconstpointer source)
{
  GtkWidget *window = open_window (fixture);

  sync_test_wait (gtk_widget_get_sensitive (get_button (window, "Take")));
  gtk_window_close (GTK_WINDOW (window));
  sync_test_wait (find_camera_window () == NULL);
  test_expect_int ("photos", 0, (int) reunion_case_get_n_photos (fixture->case_));
}

/* A sentence, and the way to a file is still there. */
static void
test_broken (Fixture *fixture, gconstpointer source)
{
  GtkWidget *window = open_window (fixture);

  sync_test_wait (desk_test_sees (window, "choose a file instead"));
  g_assert_false (gtk_widget_get_sensitive (get_button (window, "Take")));
  gtk_window_close (GTK_WINDOW (window));
  sync_test_wait (find_camera_window () == NULL);
}

static void
test_none (Fixture *fixture, gconstpointer source)
{
  g_autoptr (DeskCameraFinder) finder = desk_camera_finder_get ();
  g_auto (GStrv) names = desk_camera_finder_list_names (finder);
  GtkWidget *button = get_button (GTK_WIDGET (fixture->strip), "Camera…");

  g_assert_true (gtk_widget_get_visible (button) == (*names != NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  adw_init ();
  g_test_add_func ("/camera/frames", test_frames);
  g_test_add_func ("/camera/jpeg", test_jpeg);
  g_test_add_func ("/camera/failures", test_failures);
  g_test_add ("/camera/taken", Fixture, SOURCE, set_up, test_taken, tear_down);
  g_test_add ("/camera/closed", Fixture, SOURCE, set_up, test_closed, tear_down);
  g_test_add ("/camera/broken", Fixture, "filesrc location=/nonexistent/camera", set_up,
              test_broken, tear_down);
  g_test_add ("/camera/none", Fixture, NULL, set_up, test_none, tear_down);
  return g_test_run ();
}
