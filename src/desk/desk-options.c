/* desk-options.c: the command line of reunion-station
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-options.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define DEFAULT_SERVICE "http://127.0.0.1:8700"

static const GOptionEntry entries[] = {
  { "service", 0, 0, G_OPTION_ARG_STRING, NULL,
    /* DEFAULT_SERVICE, written out: a translator sees whole sentences only. */
    N_("Address of the central service; http://127.0.0.1:8700 unless given"), N_("URL") },
  { "account", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_("Sign in as this account; goes with --password-file"), N_("NAME") },
  { "password-file", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_("File whose first line is the account's password"), N_("FILE") },
  { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_("Folder for what this PC keeps, in place of the user's own"), N_("FOLDER") },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and end"), NULL },
  { NULL },
};

void
desk_options_add_to (GApplication *application)
{
  g_application_add_main_option_entries (application, entries);
  g_application_set_option_context_summary (
      application, _("The desk of Reunion: report a missing child, follow the alert and the "
                     "public's tips."));
}

static gboolean
check_service (const char *service, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (service, G_URI_FLAGS_NONE, NULL);

  /* GUri takes a host of two words. */
  if (uri != NULL && strpbrk (service, " \t\r\n") == NULL && g_uri_get_host (uri) != NULL
      && *g_uri_get_host (uri) != '\0'
      /* Paths are put behind it. */
      && g_uri_get_query (uri) == NULL && g_uri_get_fragment (uri) == NULL
      && (g_strcmp0 (g_uri_get_scheme (uri), "http") == 0
          || g_strcmp0 (g_uri_get_scheme (uri), "https") == 0))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("--service: “%s” is no address of a service. Write it like %s."), service,
               DEFAULT_SERVICE);
  return FALSE;
}

static char *
read_password (const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = g_filename_display_name (path);
  gsize file_bytes, password_bytes;

  if (!g_file_get_contents (path, &text, &file_bytes, &local_error))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("--password-file: %s. Name a file that this user may read."),
                   local_error->message);
      return NULL;
    }
  password_bytes = strcspn (text, "\r\n");
  /* A zero byte ends no line: the file is no text. */
  if (password_bytes == 0 || (password_bytes < file_bytes && text[password_bytes] == '\0')
      || !g_utf8_validate_len (text, password_bytes, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("--password-file: the first line of “%s” holds no password."), name);
      return NULL;
    }
  text[password_bytes] = '\0';
  return g_steal_pointer (&text);
}

static gboolean
read_account (DeskOptions *self, GVariantDict *values, GError **error)
{
  g_autofree char *file = NULL;

  g_variant_dict_lookup (values, "account", "s", &self->account);
  g_variant_dict_lookup (values, "password-file", "^ay", &file);
  if ((self->account != NULL) != (file != NULL))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _("--account and --password-file go together: give both, or neither "
                             "and sign in at the window."));
      return FALSE;
    }
  if (file != NULL)
    self->password = read_password (file, error);
  return file == NULL || self->password != NULL;
}

static gboolean
make_data_dir (DeskOptions *self, GVariantDict *values, GError **error)
{
  g_autofree char *name = NULL;
  int failure;

  self->is_own_instance = g_variant_dict_lookup (values, "data-dir", "^ay", &self->data_dir);
  if (self->data_dir == NULL)
    self->data_dir = g_build_filename (g_get_user_data_dir (), "reunion", "station", NULL);
  if (g_mkdir_with_parents (self->data_dir, 0700) == 0
      && g_access (self->data_dir, R_OK | W_OK | X_OK) == 0)
    return TRUE;
  failure = errno;
  name = g_filename_display_name (self->data_dir);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("Reports can't be kept in “%s”: %s. Choose another folder with --data-dir."), name,
               g_strerror (failure));
  return FALSE;
}

void
desk_options_free (DeskOptions *self)
{
  g_free (self->service);
  g_free (self->account);
  g_free (self->password);
  g_free (self->data_dir);
  g_free (self);
}

DeskOptions *
desk_options_read (GVariantDict *values, GError **error)
{
  g_autoptr (DeskOptions) self = g_new0 (DeskOptions, 1);

  if (!g_variant_dict_lookup (values, "service", "s", &self->service))
    self->service = g_strdup (DEFAULT_SERVICE);
  if (!check_service (self->service, error) || !read_account (self, values, error)
      || !make_data_dir (self, values, error))
    return NULL;
  return g_steal_pointer (&self);
}
