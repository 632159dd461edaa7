/* desk-test-utils.c: a desk with its store and a service on the loopback
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-test-utils.h"

#include <adwaita.h>
#include <string.h>

static void
open_session (DeskTest *self)
{
  self->sync = reunion_sync_new (self->base->store, self->base->client);
  self->session = desk_session_new (self->base->store, self->sync, NULL);
}

static void
close_session (DeskTest *self)
{
  g_object_run_dispose (G_OBJECT (self->session));
  g_clear_object (&self->session);
  g_clear_object (&self->sync);
}

DeskTest *
desk_test_new (void)
{
  DeskTest *self = g_new0 (DeskTest, 1);

  self->base = sync_test_new ();
  open_session (self);
  return self;
}

void
desk_test_free (DeskTest *self)
{
  close_session (self);
  sync_test_free (self->base);
  g_free (self);
}

void
desk_test_restart (DeskTest *self)
{
  close_session (self);
  sync_test_iterate_for_a_while ();
  g_clear_object (&self->base->store);
  g_clear_object (&self->base->client);
  self->base->store = store_test_open_station (self->base->folder);
  self->base->client = reunion_client_new (sync_test_server_get_url (self->base->server));
  open_session (self);
}

DeskSession *
desk_test_open_session (StoreTestFolder *folder)
{
  g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
  g_autoptr (ReunionClient) client = reunion_client_new ("http://127.0.0.1:9");
  g_autoptr (ReunionSync) sync = reunion_sync_new (store, client);

  return desk_session_new (store, sync, NULL);
}

gboolean
desk_test_bytes_hold (const void *bytes, gsize length, const char *text)
{
  const char *p = bytes;
  gsize text_length = strlen (text);

  for (gsize i = 0; i + text_length <= length; i++)
    if (memcmp (p + i, text, text_length) == 0)
      return TRUE;
  return FALSE;
}

gboolean
desk_test_files_hold (DeskTest *self, const char *text)
{
  g_autoptr (GDir) folder = g_dir_open (self->base->folder->folder, 0, NULL);
  gboolean holds = FALSE;
  const char *name;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->base->folder->folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      holds |= desk_test_bytes_hold (bytes, length, text);
    }
  return holds;
}

static const char *
get_text (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    return gtk_button_get_label (GTK_BUTTON (widget));
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_label (GTK_LABEL (widget));
  if (ADW_IS_PREFERENCES_ROW (widget))
    return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
  return NULL;
}

/* Whether @shown is @text, but for its mnemonic: "_Name", "姓名(_A)". */
static gboolean
fits (const char *shown, const char *text)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *plain = NULL;
  gsize length;

  if (shown == NULL || text == NULL)
    return shown == text;
  parts = g_strsplit (shown, "_", -1);
  plain = g_strjoinv ("", parts);
  length = strlen (text);
  return strcmp (shown, text) == 0 || strcmp (plain, text) == 0
         || (g_str_has_prefix (plain, text) && strlen (plain) == length + strlen ("(A)")
             && plain[length] == '(' && g_str_has_suffix (plain, ")"));
}

GtkWidget *
desk_test_find (GtkWidget *root, GType type, const char *text)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && (text == NULL || fits (get_text (root), text)))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = desk_test_find (child, type, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
desk_test_find_row (GtkWidget *form, ReunionField field)
{
  GtkWidget *row = desk_test_find (form, ADW_TYPE_PREFERENCES_ROW, reunion_field_get_label (field));

  g_assert_nonnull (row);
  return row;
}

gboolean
desk_test_sees (GtkWidget *root, const char *part)
{
  if (!gtk_widget_get_mapped (root))
    return FALSE;
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_label (GTK_LABEL (root)), part) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (desk_test_sees (child, part))
      return TRUE;
  return FALSE;
}

void
desk_test_type (GtkWidget *row, const char *text)
{
  GtkWidget *view = desk_test_find (row, GTK_TYPE_TEXT_VIEW, NULL);
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  if (view == NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (row), text);
      return;
    }
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, text, -1);
  gtk_text_buffer_end_user_action (buffer);
}

GtkWidget *
desk_test_show (GtkWidget *child)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 480, 700);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  sync_test_wait (gtk_widget_get_mapped (child) && gtk_widget_get_width (child) > 0);
  return window;
}

void
desk_test_close (GtkWidget *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
