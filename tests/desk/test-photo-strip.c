/* test-photo-strip.c: the photos of a report: pasted, ordered, turned
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-crop-view.h"
#include "desk-photo-editor.h"
#include "desk-photo-maker.h"
#include "desk-photo-paste.h"
#include "desk-photo-strip.h"
#include "desk-test-utils.h"
#include "test-helpers.h"

#include <adwaita.h>
#include <glib/gstdio.h>

typedef struct
{
  DeskTest *desk;
  ReunionCase *case_;
  DeskPhotoStrip *strip;
  GtkWidget *entry;
  GtkWidget *window;
  guint n_changed;
} Fixture;

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  fixture->desk = desk_test_new ();
  fixture->case_ = reunion_case_new ("c-1");
  fixture->strip = g_object_new (DESK_TYPE_PHOTO_STRIP, NULL);
  fixture->entry = gtk_entry_new ();
  g_signal_connect_swapped (fixture->strip, "changed", G_CALLBACK (count_cb), &fixture->n_changed);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->strip));
  gtk_box_append (GTK_BOX (box), fixture->entry);
  fixture->window = desk_test_show (box);
  desk_photo_strip_take_paste (fixture->strip, box);
  desk_photo_strip_set_case (fixture->strip, fixture->desk->session, fixture->case_);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  desk_test_close (fixture->window);
  g_object_unref (fixture->case_);
  desk_test_free (fixture->desk);
}

/* --- pictures --------------------------------------------------------------------------- */

/* A board of squares in @color and black; blurred it is one colour. */
static GdkPixbuf *
make_picture (int width, int height, guint32 color, gboolean is_sharp)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);

  gdk_pixbuf_fill (pixbuf, color);
  for (int y = 0; is_sharp && y + 20 <= height; y += 40)
    for (int x = 0; x + 20 <= width; x += 40)
      {
        g_autoptr (GdkPixbuf) square = gdk_pixbuf_new_subpixbuf (pixbuf, x, y, 20, 20);

        gdk_pixbuf_fill (square, 0x000000ff);
      }
  return pixbuf;
}

static char *
make_file (Fixture *fixture, const char *name, GdkPixbuf *pixbuf)
{
  char *path = g_build_filename (fixture->desk->base->folder->folder, name, NULL);

  g_assert_true (gdk_pixbuf_save (pixbuf, path, "png", NULL, NULL));
  return path;
}

static void
add_picture (Fixture *fixture, const char *name, GdkPixbuf *pixbuf)
{
  g_autofree char *path = make_file (fixture, name, pixbuf);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  guint n_before = fixture->n_changed;

  desk_photo_strip_add_file (fixture->strip, file);
  sync_test_wait (fixture->n_changed > n_before);
}

/* Widths of the photos, in order. */
static void
expect_widths (Fixture *fixture, const char *what, const char *expected)
{
  g_autoptr (GString) widths = g_string_new (NULL);

  for (guint i = 0; i < reunion_case_get_n_photos (fixture->case_); i++)
    g_string_append_printf (
        widths, "%s%u", i > 0 ? " " : "",
        reunion_photo_get_width_px (reunion_case_get_photo (fixture->case_, i)));
  test_expect_string (what, expected, widths->str);
}

/* --- the clipboard, held by another program ----------------------------------------------- */

static GdkClipboard *
get_clipboard (Fixture *fixture)
{
  return gtk_widget_get_clipboard (fixture->window);
}

/* xclip gives the file's bytes as of @type until something else is copied. */
static void
copy (Fixture *fixture, const char *type, const char *path)
{
  const char *const argv[] = { "xclip", "-selection", "clipboard", "-t", type, "-i", path, NULL };
  g_autoptr (GError) error = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  sync_test_wait (gdk_content_formats_contain_mime_type (
      gdk_clipboard_get_formats (get_clipboard (fixture)), type));
}

/* As Ctrl+V does it. Whether the strip took it. */
static gboolean
press_ctrl_v (Fixture *fixture)
{
  GtkWidget *box = gtk_window_get_child (GTK_WINDOW (fixture->window));
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (box);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      g_autoptr (GtkShortcut) shortcut = NULL;

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;
      shortcut = g_list_model_get_item (G_LIST_MODEL (controller), 0);
      return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, box, NULL);
    }
  g_assert_not_reached ();
}

static void
paste (Fixture *fixture)
{
  guint n_before = fixture->n_changed;

  g_assert_true (press_ctrl_v (fixture));
  sync_test_wait (fixture->n_changed > n_before);
}

static void
test_paste_picture (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GdkPixbuf) picture = make_picture (500, 600, 0xff0000ff, TRUE);
  g_autoptr (GdkPixbuf) other = make_picture (480, 600, 0xff0000ff, TRUE);
  g_autoptr (GdkTexture) texture = gdk_texture_new_for_pixbuf (other);
  g_autofree char *path = make_file (fixture, "picture.png", picture);

  copy (fixture, "image/png", path);
  paste (fixture);
  expect_widths (fixture, "from another program", "500");

  /* The same once more. */
  g_assert_true (press_ctrl_v (fixture));
  sync_test_wait (desk_test_sees (fixture->window, "This photo is there already."));
  expect_widths (fixture, "the same again", "500");

  /* What this program itself has copied. */
  gdk_clipboard_set_texture (get_clipboard (fixture), texture);
  paste (fixture);
  expect_widths (fixture, "of its own", "500 480");
}

static void
test_paste_files (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GdkPixbuf) first = make_picture (1500, 1600, 0x00ff00ff, TRUE);
  g_autoptr (GdkPixbuf) second = make_picture (510, 600, 0x00ff00ff, TRUE);
  char *paths[2]
      = { make_file (fixture, "first.png", first), make_file (fixture, "second.png", second) };
  g_autofree char *uris = g_strdup_printf ("file://%s\r\nfile://%s\r\n", paths[0], paths[1]);
  g_autofree char *list = g_build_filename (fixture->desk->base->folder->folder, "list.txt", NULL);

  g_assert_true (g_file_set_contents (list, uris, -1, NULL));
  copy (fixture, "text/uri-list", list);
  paste (fixture);
  sync_test_wait (reunion_case_get_n_photos (fixture->case_) == 2);
  expect_widths (fixture, "in their order", "1500 510");
  g_free (paths[0]);
  g_free (paths[1]);
}

/* A picture that is none, and one that is none and says it is huge. */
static void
test_paste_bad (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->desk->base->folder->folder, "bad.png", NULL);

  g_assert_true (g_file_set_contents (path, "No picture at all", -1, NULL));
  copy (fixture, "image/png", path);
  g_assert_true (press_ctrl_v (fixture));
  sync_test_wait (desk_test_sees (fixture->window, "“Pasted picture” is not a picture"));
  test_expect_int ("photos", 0, reunion_case_get_n_photos (fixture->case_));
}

/* Text goes into an entry that has the focus, and is no photo anywhere else. */
static void
test_paste_text (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GdkPixbuf) picture = make_picture (500, 600, 0x0000ffff, TRUE);
  g_autofree char *path = make_file (fixture, "picture.png", picture);
  GtkWidget *button = desk_test_find (fixture->window, GTK_TYPE_BUTTON, "Paste");
  GdkClipboard *clipboard = get_clipboard (fixture);

  gdk_clipboard_set_text (clipboard, "王小明");
  gtk_widget_grab_focus (fixture->entry);
  g_assert_false (press_ctrl_v (fixture));
  g_assert_false (desk_photo_paste_has_photo (clipboard));
  gtk_widget_grab_focus (button);
  g_assert_false (press_ctrl_v (fixture));

  /* The button says why nothing happens. */
  g_signal_emit_by_name (button, "clicked");
  sync_test_wait (desk_test_sees (fixture->window, "There is no picture on the clipboard."));

  /* A picture is of no use to an entry. */
  copy (fixture, "image/png", path);
  gtk_widget_grab_focus (fixture->entry);
  paste (fixture);
  expect_widths (fixture, "with the focus on an entry", "500");
}

/* --- order, advice ------------------------------------------------------------------------- */

static void
add_three (Fixture *fixture)
{
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GdkPixbuf) picture = make_picture (500 + i, 600, 0xff00ffff, TRUE);
      g_autofree char *name = g_strdup_printf ("%d.png", i);

      add_picture (fixture, name, picture);
    }
}

static void
press (GtkWidget *root, GType type, const char *label)
{
  GtkWidget *button = desk_test_find (root, type, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static void
test_lead (Fixture *fixture, gconstpointer data)
{
  add_three (fixture);
  expect_widths (fixture, "as added", "500 501 502");
  press (fixture->window, GTK_TYPE_BUTTON, "Make Lead");
  expect_widths (fixture, "the second leads", "501 500 502");
  test_expect_int ("changes", 4, fixture->n_changed);
}

static void
test_advice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GdkPixbuf) sharp = make_picture (500, 600, 0xffffffff, TRUE);
  g_autoptr (GdkPixbuf) blurred = make_picture (501, 600, 0xffffffff, FALSE);
  g_autoptr (GdkPixbuf) small = make_picture (300, 310, 0xffffffff, TRUE);

  add_picture (fixture, "sharp.png", sharp);
  add_picture (fixture, "blurred.png", blurred);
  add_picture (fixture, "small.png", small);
  sync_test_wait (desk_test_sees (fixture->window, "Photo 2 looks blurred"));
  g_assert_true (desk_test_sees (fixture->window, "Photo 3 has 300 × 310 pixels only."));
  g_assert_false (desk_test_sees (fixture->window, "Photo 1 "));
  /* Advice refuses nothing. */
  expect_widths (fixture, "all are kept", "500 501 300");
  reunion_case_remove_photo (fixture->case_, 0);
  desk_photo_strip_set_case (fixture->strip, fixture->desk->session, fixture->case_);
  sync_test_wait (desk_test_sees (fixture->window, "Photo 1 looks blurred"));
}

/* --- the editor ----------------------------------------------------------------------------- */

static void
edited_cb (ReunionPhoto **kept, ReunionPhoto *photo)
{
  *kept = reunion_photo_ref (photo);
}

static GtkWidget *
open_editor (Fixture *fixture, ReunionPhoto **edited)
{
  g_autoptr (GdkPixbuf) picture = make_picture (600, 800, 0xff8800ff, TRUE);
  g_autoptr (GdkTexture) texture = gdk_texture_new_for_pixbuf (picture);
  g_autoptr (GBytes) content = NULL;
  GtkWidget *editor;

  reunion_photo_unref (desk_photo_make (picture, &content));
  editor = desk_photo_editor_new (GTK_WINDOW (fixture->window), content, texture);
  g_signal_connect_swapped (editor, "edited", G_CALLBACK (edited_cb), edited);
  g_object_add_weak_pointer (G_OBJECT (editor), (gpointer *) &fixture->entry);
  fixture->entry = editor;
  gtk_window_present (GTK_WINDOW (editor));
  sync_test_wait (gtk_widget_get_mapped (editor));
  return editor;
}

static void
test_editor (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionPhoto) edited = NULL;
  GtkWidget *editor = open_editor (fixture, &edited);

  g_assert_true (desk_test_sees (editor, "600 × 800 pixels"));
  press (editor, GTK_TYPE_BUTTON, "Turn Left");
  g_assert_true (desk_test_sees (editor, "800 × 600 pixels"));
  press (editor, GTK_TYPE_BUTTON, "_Done");
  sync_test_wait (edited != NULL && fixture->entry == NULL);
  test_expect_int ("width", 800, reunion_photo_get_width_px (edited));
  test_expect_int ("height", 600, reunion_photo_get_height_px (edited));
}

/* Done without a change, and Cancel with one, give nothing. */
static void
test_editor_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionPhoto) edited = NULL;
  GtkWidget *editor = open_editor (fixture, &edited);

  press (editor, GTK_TYPE_BUTTON, "Turn Right");
  press (editor, GTK_TYPE_BUTTON, "Reset");
  press (editor, GTK_TYPE_BUTTON, "_Done");
  sync_test_wait (fixture->entry == NULL);
  editor = open_editor (fixture, &edited);
  press (editor, GTK_TYPE_BUTTON, "Turn Right");
  gtk_window_close (GTK_WINDOW (editor));
  sync_test_wait (fixture->entry == NULL);
  g_assert_null (edited);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/photo-strip/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("paste-picture", test_paste_picture);
  ADD ("paste-files", test_paste_files);
  ADD ("paste-bad", test_paste_bad);
  ADD ("paste-text", test_paste_text);
  ADD ("lead", test_lead);
  ADD ("advice", test_advice);
  ADD ("editor", test_editor);
  ADD ("editor-nothing", test_editor_nothing);
  return g_test_run ();
}
