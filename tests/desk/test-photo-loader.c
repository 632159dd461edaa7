/* test-photo-loader.c: pictures from disk, the good, the odd and the bad
 *
 * make-photos.py makes them, and says what is to become of each. Each is loaded
 * by a process of its own, without rights over other people's files, so that a
 * crash, a hang and the memory used are seen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-photo-loader.h"
#include "desk-test-utils.h"
#include "test-helpers.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MARKER "QZ-26.668N-105.772E-QZ"
#define LONGER_SIDE_PX 1600
#define MAX_MEMORY_KB (400 * 1024)
#define PATIENCE_MS 60000
#define NOBODY 65534

/* The sanitizer's own memory is not the loader's. */
#ifdef __SANITIZE_ADDRESS__
#define MEMORY_COUNTS FALSE
#else
#define MEMORY_COUNTS TRUE
#endif

typedef struct
{
  const char *folder;
  const char *name;
  const char *expected;
} Photo;

/* --- looking at what came out -------------------------------------------------------- */

/* What stands between the start of a JPEG and its end; NULL when nothing is
 * there that a picture can do without. */
static char *
find_needless_segment (const guchar *data, gsize length)
{
  gsize at = 2;

  if (length < 4 || data[0] != 0xff || data[1] != 0xd8)
    return g_strdup ("no start of a JPEG");
  while (at + 4 <= length)
    {
      guint code = data[at + 1];

      if (data[at] != 0xff)
        return g_strdup_printf ("no segment at %" G_GSIZE_FORMAT, at);
      /* JFIF's own, tables, frame, interval, scan. */
      if (!(code == 0xe0 || code == 0xdb || code == 0xc0 || code == 0xc2 || code == 0xc4
            || code == 0xdd || code == 0xda))
        return g_strdup_printf ("segment %02x", code);
      if (code == 0xe0 && (data[at + 2] != 0 || data[at + 3] != 16))
        return g_strdup ("a JFIF segment with more in it");
      at += 2 + (gsize) data[at + 2] * 256 + data[at + 3];
      if (code != 0xda)
        continue;
      while (at + 1 < length
             && !(data[at] == 0xff && data[at + 1] != 0
                  && !(data[at + 1] >= 0xd0 && data[at + 1] <= 0xd7)))
        at++;
      if (at + 2 == length && data[at + 1] == 0xd9)
        return NULL;
    }
  return g_strdup ("something after the end of the picture");
}

static const char *
name_first_corner (GdkPixbuf *pixbuf)
{
  const guchar *pixel = gdk_pixbuf_read_pixels (pixbuf);

  if (pixel[0] > 200 && pixel[1] > 200 && pixel[2] > 200)
    return "white";
  if (pixel[0] > 180 && pixel[1] < 80 && pixel[2] < 80)
    return "red";
  return "other";
}

/* Describes a photo as expected.tsv does; "fault …" when it is not as promised. */
static char *
describe_photo (ReunionPhoto *photo, GBytes *bytes)
{
  gsize length;
  const guchar *data = g_bytes_get_data (bytes, &length);
  g_autofree char *needless = find_needless_segment (data, length);
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, NULL);
  int width = (int) reunion_photo_get_width_px (photo);
  int height = (int) reunion_photo_get_height_px (photo);

  if (needless != NULL)
    return g_strdup_printf ("fault: %s", needless);
  if (desk_test_bytes_hold (data, length, MARKER))
    return g_strdup ("fault: the marker came out");
  if (g_strcmp0 (hash, reunion_photo_get_sha256 (photo)) != 0)
    return g_strdup ("fault: another hash");
  if (g_strcmp0 (reunion_photo_get_media_type (photo), "image/jpeg") != 0)
    return g_strdup ("fault: no JPEG");
  if (pixbuf == NULL || gdk_pixbuf_get_width (pixbuf) != width
      || gdk_pixbuf_get_height (pixbuf) != height)
    return g_strdup ("fault: other pixels than it says");
  if (MAX (width, height) > LONGER_SIDE_PX)
    return g_strdup_printf ("fault: %dx%d pixels", width, height);
  return g_strdup_printf ("photo %dx%d %s", width, height, name_first_corner (pixbuf));
}

static char *
describe_error (const GError *error, const char *name)
{
  static const char *const kinds[] = { "read", "format", "size" };

  if (error == NULL || error->domain != DESK_PHOTO_ERROR)
    return g_strdup_printf ("fault: %s", error != NULL ? error->message : "no error");
  if (!g_str_has_suffix (error->message, ".") || strstr (error->message, name) == NULL)
    return g_strdup_printf ("fault: no sentence about the file: %s", error->message);
  return g_strdup_printf ("error %s", kinds[error->code]);
}

/* --- one photo ---------------------------------------------------------------------------- */

static char *
load_and_describe (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionPhoto) photo = desk_photo_load (file, &bytes, &error);
  struct rusage usage;

  if ((photo == NULL) != (bytes == NULL) || (photo == NULL) != (error != NULL))
    return g_strdup ("fault: neither a photo nor an error");
  getrusage (RUSAGE_SELF, &usage);
  if (MEMORY_COUNTS && usage.ru_maxrss > MAX_MEMORY_KB)
    return g_strdup_printf ("fault: %ld KB of memory", usage.ru_maxrss);
  return photo != NULL ? describe_photo (photo, bytes) : describe_error (error, name);
}

static void
load_in_child (const char *path, int fd)
{
  g_autofree char *result = NULL;

  /* Nobody, or what the folder holds back would be open to the superuser. */
  if (geteuid () == 0 && seteuid (NOBODY) != 0)
    _exit (1);
  result = load_and_describe (path);
  if (write (fd, result, strlen (result)) < 0)
    _exit (1);
  _exit (0);
}

/* "hang" and "crash" are results too. */
static char *
read_result (int fd, pid_t pid)
{
  struct pollfd poll_fd = { fd, POLLIN, 0 };
  char result[512];
  gssize length = -1;
  int status;

  if (poll (&poll_fd, 1, PATIENCE_MS) == 1)
    length = read (fd, result, sizeof result);
  else
    kill (pid, SIGKILL);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  if (length < 0)
    return g_strdup ("hang");
  if (length == 0 || !WIFEXITED (status) || WEXITSTATUS (status) != 0)
    return g_strdup_printf ("crash, status %x", (guint) status);
  return g_strndup (result, (gsize) length);
}

static char *
load_apart (const char *path)
{
  g_autofree char *result = NULL;
  int fds[2];
  pid_t pid;

  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      close (fds[0]);
      load_in_child (path, fds[1]);
    }
  close (fds[1]);
  result = read_result (fds[0], pid);
  close (fds[0]);
  return g_steal_pointer (&result);
}

/* What is expected where the platform decodes HEIC, and where it does not. */
static const char *
get_expected (const char *expected)
{
  g_autoptr (GdkPixbufLoader) loader = NULL;

  if (!g_str_has_prefix (expected, "heic "))
    return expected;
  loader = gdk_pixbuf_loader_new_with_mime_type ("image/heic", NULL);
  if (loader == NULL)
    return "error format";
  gdk_pixbuf_loader_close (loader, NULL);
  return expected + strlen ("heic ");
}

static gboolean
fits (const char *result, const char *expected)
{
  g_autofree char *size = NULL;

  if (strcmp (expected, "either") == 0)
    return g_str_has_prefix (result, "photo ") || g_str_has_prefix (result, "error ");
  if (!g_str_has_suffix (expected, " any"))
    return strcmp (result, expected) == 0;
  size = g_strndup (expected, strlen (expected) - strlen ("any"));
  return g_str_has_prefix (result, size);
}

static void
test_photo (gconstpointer data)
{
  const Photo *photo = data;
  g_autofree char *path = g_build_filename (photo->folder, photo->name, NULL);
  g_autofree char *result = load_apart (path);
  const char *expected = get_expected (photo->expected);

  g_test_message ("%s: %s", photo->name, result);
  if (!fits (result, expected))
    test_fail ("%s: expected “%s”, came “%s”", photo->name, expected, result);
}

/* --- in a thread ----------------------------------------------------------------------------- */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static char *
load_async (const char *folder, const char *name, GCancellable *cancellable)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReunionPhoto) photo = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  desk_photo_load_async (file, cancellable, loaded_cb, &result);
  sync_test_wait (result != NULL);
  photo = desk_photo_load_finish (result, &bytes, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup ("cancelled");
  return photo != NULL ? describe_photo (photo, bytes) : describe_error (error, name);
}

static void
test_async (gconstpointer folder)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *photo = load_async (folder, "orientation-6.jpg", cancellable);
  g_autofree char *text = load_async (folder, "text.jpg", NULL);
  g_autofree char *pipe = load_async (folder, "pipe.jpg", NULL);
  g_autofree char *cancelled = NULL;

  test_expect_string ("a photo", "photo 480x640 red", photo);
  test_expect_string ("a text", "error format", text);
  test_expect_string ("a pipe", "error read", pipe);
  g_cancellable_cancel (cancellable);
  cancelled = load_async (folder, "plain.jpg", cancellable);
  test_expect_string ("cancelled", "cancelled", cancelled);
}

/* As it comes from the clipboard: bytes without a file. */
static void
test_content (gconstpointer folder)
{
  static const struct
  {
    const char *file, *expected;
  } cases[] = {
    { "orientation-6.jpg", "photo 480x640 red" },
    { "gps.jpg", "photo 600x450 red" },
    { "text.jpg", "error format" },
    { "bomb.png", "error size" },
    { "zero.jpg", "error format" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (folder, cases[i].file, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GBytes) content = g_file_load_bytes (file, NULL, NULL, NULL);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (ReunionPhoto) photo = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *described = NULL;

      g_assert_nonnull (content);
      desk_photo_load_content_async (content, "Pasted", NULL, loaded_cb, &result);
      sync_test_wait (result != NULL);
      photo = desk_photo_load_finish (result, &bytes, &error);
      described = photo != NULL ? describe_photo (photo, bytes) : describe_error (error, "Pasted");
      test_expect_string (cases[i].file, cases[i].expected, described);
    }
}

/* A photo that has lost its file name's encoding still has its sentence. */
static void
test_odd_names (gconstpointer folder)
{
  static const char *const names[] = { "caf\xe9.jpg", "%s%n.jpg", "<b>&.jpg", "照片 1.jpg" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_null (desk_photo_load (file, &bytes, &error));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      test_expect_error (names[i], DESK_PHOTO_ERROR, DESK_PHOTO_ERROR_READ, &error);
    }
}

/* --- the folder --------------------------------------------------------------------------------
 */

static void
make_photos (const char *folder)
{
  g_autofree char *script = g_build_filename (g_getenv ("REUNION_SOURCE_ROOT"), "tests", "desk",
                                              "make-photos.py", NULL);
  const char *const argv[] = { "python3", script, folder, NULL };
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
}

static GPtrArray *
add_photos (const char *folder)
{
  GPtrArray *photos = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = g_build_filename (folder, "expected.tsv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (list, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], "\t", 2);
      g_autofree char *test_path = g_strconcat ("/photo-loader/", parts[0], NULL);
      Photo *photo = g_new0 (Photo, 1);

      *photo = (Photo){ folder, g_intern_string (parts[0]), g_intern_string (parts[1]) };
      g_ptr_array_add (photos, photo);
      g_test_add_data_func (test_path, photo, test_photo);
    }
  return photos;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("reunion-photos-XXXXXX", NULL);
  g_autoptr (GPtrArray) photos = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  /* The module for HEIC warns of what it refuses. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  make_photos (folder);
  photos = add_photos (folder);
  g_assert_cmpint (photos->len, >=, 40);
  g_test_add_data_func ("/photo-loader/odd-names", folder, test_odd_names);
  /* Last: they leave threads behind, and those before fork. */
  g_test_add_data_func ("/photo-loader/content", folder, test_content);
  g_test_add_data_func ("/photo-loader/async", folder, test_async);
  status = g_test_run ();
  remove_folder (folder);
  return status;
}
