/* test-options.c: the command line of reunion-station
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-options.h"
#include "store-test-utils.h"
#include "test-helpers.h"

#include <glib/gstdio.h>

static void
insert_path (GVariantDict *values, const char *name, const char *path)
{
  if (path != NULL)
    g_variant_dict_insert (values, name, "^ay", path);
}

static char *
write_file (StoreTestFolder *folder, const char *name, const char *bytes, gssize length)
{
  char *path = g_build_filename (folder->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
  return path;
}

/* The empty folders from @path up to that of the test. */
static void
remove_folders (StoreTestFolder *folder, const char *path)
{
  g_autofree char *above = g_path_get_dirname (path);

  g_assert_cmpint (g_rmdir (path), ==, 0);
  if (strcmp (above, folder->folder) != 0)
    remove_folders (folder, above);
}

static void
test_defaults (void)
{
  g_autoptr (GVariantDict) values = g_variant_dict_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskOptions) options = desk_options_read (values, &error);
  g_autofree char *expected = g_build_filename (g_get_user_data_dir (), "reunion", "station", NULL);

  g_assert_no_error (error);
  test_expect_string ("service", "http://127.0.0.1:8700", options->service);
  test_expect_string ("account", NULL, options->account);
  test_expect_string ("password", NULL, options->password);
  test_expect_string ("data folder", expected, options->data_dir);
  g_assert_true (g_file_test (expected, G_FILE_TEST_IS_DIR));
  g_assert_false (options->is_own_instance);
}

static void
test_all_given (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autofree char *password = write_file (folder, "password", "  secret 电 \r\nsecond line\n", -1);
  g_autofree char *data_dir = g_build_filename (folder->folder, "a", "b", "c", NULL);
  g_autoptr (GVariantDict) values = g_variant_dict_new (NULL);
  g_autoptr (DeskOptions) options = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  g_variant_dict_insert (values, "service", "s", "https://reunion.example/base");
  g_variant_dict_insert (values, "account", "s", "zhang");
  insert_path (values, "password-file", password);
  insert_path (values, "data-dir", data_dir);
  options = desk_options_read (values, &error);
  g_assert_no_error (error);
  test_expect_string ("service", "https://reunion.example/base", options->service);
  test_expect_string ("account", "zhang", options->account);
  test_expect_string ("password", "  secret 电 ", options->password);
  test_expect_string ("data folder", data_dir, options->data_dir);
  g_assert_true (options->is_own_instance);
  /* What is kept there is nobody else's business. */
  g_assert_cmpint (g_stat (data_dir, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  remove_folders (folder, data_dir);
}

static void
test_service (void)
{
  static const struct
  {
    const char *service;
    gboolean fits;
  } services[] = {
    { "http://127.0.0.1:8700", TRUE },
    { "https://reunion.example", TRUE },
    { "http://[::1]:8700/", TRUE },
    { "HTTPS://reunion.example", TRUE },
    { "", FALSE },
    { "reunion.example", FALSE },
    { "127.0.0.1:8700", FALSE },
    { "http://", FALSE },
    { "http:///path", FALSE },
    { "http://:8700", FALSE },
    { "http://host:port", FALSE },
    { "http://host:99999", FALSE },
    { "ftp://reunion.example", FALSE },
    { "file:///etc/passwd", FALSE },
    { "javascript:alert(1)", FALSE },
    { "http://two words", FALSE },
    { "http://host:8700/?x=1", FALSE },
    { "http://host:8700/#y", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    {
      g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
      g_autoptr (GVariantDict) values = g_variant_dict_new (NULL);
      g_autoptr (DeskOptions) options = NULL;
      g_autoptr (GError) error = NULL;

      insert_path (values, "data-dir", folder->folder);
      g_variant_dict_insert (values, "service", "s", services[i].service);
      options = desk_options_read (values, &error);
      test_expect_int (services[i].service, services[i].fits, options != NULL);
      if (!services[i].fits)
        test_expect_error_names (services[i].service, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                                 "--service", &error);
    }
}

/* One without the other says nothing of who is to sign in. */
static void
test_half_a_sign_in (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autofree char *password = write_file (folder, "password", "secret\n", -1);

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GVariantDict) values = g_variant_dict_new (NULL);
      g_autoptr (GError) error = NULL;

      insert_path (values, "data-dir", folder->folder);
      if (i == 0)
        g_variant_dict_insert (values, "account", "s", "zhang");
      else
        insert_path (values, "password-file", password);
      g_assert_null (desk_options_read (values, &error));
      test_expect_error_names (i == 0 ? "account alone" : "password file alone", G_OPTION_ERROR,
                               G_OPTION_ERROR_BAD_VALUE, "--account", &error);
    }
}

static void
test_password_file (void)
{
  static const struct
  {
    const char *bytes; /* NULL: there is no file */
    gssize length;
    const char *expected; /* NULL: refused */
  } files[] = {
    { "secret", -1, "secret" }, { "secret\n", -1, "secret" }, { "secret\r\n", -1, "secret" },
    { " \n", -1, " " },         { "a\0b\n", 4, NULL },        { "", 0, NULL },
    { "\n", -1, NULL },         { "\nsecret\n", -1, NULL },   { "\r\n", -1, NULL },
    { "\xff\xfe\n", -1, NULL }, { "\0secret\n", 8, NULL },    { NULL, 0, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
      g_autofree char *what = g_strdup_printf ("file %" G_GSIZE_FORMAT, i);
      g_autofree char *path = g_build_filename (folder->folder, "password", NULL);
      g_autoptr (GVariantDict) values = g_variant_dict_new (NULL);
      g_autoptr (DeskOptions) options = NULL;
      g_autoptr (GError) error = NULL;

      if (files[i].bytes != NULL)
        g_assert_true (g_file_set_contents (path, files[i].bytes, files[i].length, NULL));
      g_variant_dict_insert (values, "account", "s", "zhang");
      insert_path (values, "password-file", path);
      insert_path (values, "data-dir", folder->folder);
      options = desk_options_read (values, &error);
      test_expect_string (what, files[i].expected, options != NULL ? options->password : NULL);
      if (files[i].expected == NULL)
        test_expect_error_names (what, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--password-file",
                                 &error);
    }
}

/* A file name need not be UTF-8; a sentence has to be. */
static void
test_names_not_utf8 (void)
{
  static const char *const options[] = { "password-file", "data-dir" };
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autofree char *file = write_file (folder, "f\xe9", "\n", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autoptr (GVariantDict) values = g_variant_dict_new (NULL);
      g_autoptr (GError) error = NULL;

      if (i == 0)
        g_variant_dict_insert (values, "account", "s", "zhang");
      insert_path (values, options[i], file);
      g_assert_null (desk_options_read (values, &error));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      test_expect_error_names (options[i], G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, options[i],
                               &error);
    }
}

static void
test_data_dir (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autofree char *file = write_file (folder, "file", "text", -1);
  g_autofree char *below = g_build_filename (file, "station", NULL);
  const char *const paths[] = { file, below, "/proc/reunion", "/dev/null", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GVariantDict) values = g_variant_dict_new (NULL);
      g_autoptr (DeskOptions) options = NULL;
      g_autoptr (GError) error = NULL;

      insert_path (values, "data-dir", paths[i]);
      options = desk_options_read (values, &error);
      if (options != NULL)
        test_fail ("--data-dir %s: expected to be refused", paths[i]);
      else
        test_expect_error_names (paths[i], G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--data-dir",
                                 &error);
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (StoreTestFolder) home = store_test_folder_new ();
  g_autofree char *kept = g_build_filename (home->folder, "reunion", "station", NULL);
  int status;

  /* Not G_TEST_OPTION_ISOLATE_DIRS, which leaks in GLib 2.74. */
  g_setenv ("XDG_DATA_HOME", home->folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/options/defaults", test_defaults);
  g_test_add_func ("/options/all-given", test_all_given);
  g_test_add_func ("/options/service", test_service);
  g_test_add_func ("/options/half-a-sign-in", test_half_a_sign_in);
  g_test_add_func ("/options/password-file", test_password_file);
  g_test_add_func ("/options/names-not-utf8", test_names_not_utf8);
  g_test_add_func ("/options/data-dir", test_data_dir);
  status = g_test_run ();
  remove_folders (home, kept);
  return status;
}
