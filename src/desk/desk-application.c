/* desk-application.c: reunion-station, from its options to its window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-application.h"

#include "desk-options.h"
#include "desk-session.h"
#include "desk-upgrade.h"
#include "desk-window-actions.h"
#include "reunion-map-view.h"

#include <glib-unix.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>

#define EXIT_FAILED 1
#define EXIT_USAGE 2

struct _DeskApplication
{
  AdwApplication parent_instance;

  DeskOptions *options;
  DeskSession *session;
  int status; /* what the program ends with */
  guint signal_ids[2];
  GCancellable *opening; /* NULL but while the store is readied */
};

G_DEFINE_FINAL_TYPE (DeskApplication, desk_application, ADW_TYPE_APPLICATION)

static int
complain (int status, const char *sentence)
{
  g_printerr ("reunion-station: %s\n", sentence);
  return status;
}

static int
desk_application_handle_local_options (GApplication *application, GVariantDict *values)
{
  DeskApplication *self = DESK_APPLICATION (application);
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (values, "version"))
    {
      printf ("reunion-station %s\n", REUNION_VERSION);
      return 0;
    }
  self->options = desk_options_read (values, &error);
  if (self->options == NULL)
    return complain (EXIT_USAGE, error->message);
  if (self->options->is_own_instance)
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  return -1;
}

static char *
find_base_map (void)
{
  const char *const paths[] = { PKGDATADIR "/basemap/basemap.sqlite", NULL };

  return reunion_map_view_find_base_map (paths);
}

/* Two desks on one folder would write over each other's drafts. The lock ends
 * with the program, however it ends. */
static gboolean
lock_data_dir (DeskApplication *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->options->data_dir, "station.lock", NULL);
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  /* Where no lock can be had, the store says what is wrong with the folder. */
  if (fd < 0 || flock (fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
    return TRUE;
  close (fd);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
               _("Another program holds %s. Close it and try again."), self->options->data_dir);
  return FALSE;
}

static char *
make_store_path (DeskApplication *self)
{
  return g_build_filename (self->options->data_dir, "station.sqlite", NULL);
}

static gboolean
open_session (DeskApplication *self, GError **error)
{
  g_autofree char *path = make_store_path (self);
  g_autofree char *base_map = find_base_map ();
  g_autoptr (ReunionStationStore) store = NULL;
  g_autoptr (ReunionClient) client = NULL;
  g_autoptr (ReunionSync) sync = NULL;

  store = reunion_station_store_new (path, error);
  if (store == NULL)
    return FALSE;
  client = reunion_client_new (self->options->service);
  sync = reunion_sync_new (store, client);
  self->session = desk_session_new (store, sync, base_map);
  return TRUE;
}

static gboolean
quit_cb (gpointer user_data)
{
  DeskApplication *self = user_data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  /* As if the window were closed: what is being typed is kept. Told from outside,
   * the program ends whatever the window asks. */
  if (window != NULL)
    gtk_window_close (window);
  g_application_quit (G_APPLICATION (self));
  return G_SOURCE_CONTINUE;
}

static void
quit_action_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  if (window != NULL)
    gtk_window_close (window);
  else
    g_application_quit (G_APPLICATION (user_data));
}

static void
desk_application_startup (GApplication *application)
{
  DeskApplication *self = DESK_APPLICATION (application);
  const GActionEntry actions[] = { { .name = "quit", .activate = quit_action_cb } };

  if (!gtk_init_check ())
    exit (complain (EXIT_FAILED, _("There is no display to open a window on. Start it in a desktop "
                                   "session.")));
  G_APPLICATION_CLASS (desk_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name ("org.reunion.Station");
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit",
                                         (const char *[]){ "<Control>q", NULL });
  desk_window_actions_set_keys (GTK_APPLICATION (self));
  self->signal_ids[0] = g_unix_signal_add (SIGTERM, quit_cb, self);
  self->signal_ids[1] = g_unix_signal_add (SIGINT, quit_cb, self);
}

/* A window that can't come up still says why, where there is somebody to read. */
static void
show_failure (DeskApplication *self, const char *sentence)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (self));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_status_page_new ();

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), page);
  gtk_widget_set_vexpand (page, TRUE);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "dialog-error-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("Reunion Can't Open Its Files"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), sentence);
  gtk_window_set_title (GTK_WINDOW (window), _("Reunion"));
  gtk_window_set_default_size (GTK_WINDOW (window), 720, 480);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}

static void
fail (DeskApplication *self, const GError *error)
{
  self->status = complain (EXIT_FAILED, error->message);
  show_failure (self, error->message);
}

static void
open_window (DeskApplication *self)
{
  g_autoptr (GError) error = NULL;
  GtkWindow *window;

  if (!open_session (self, &error))
    {
      fail (self, error);
      return;
    }
  if (self->options->account != NULL)
    desk_session_sign_in (self->session, self->options->account, self->options->password);
  window = GTK_WINDOW (desk_window_new (ADW_APPLICATION (self), self->session));
  desk_window_actions_add (DESK_WINDOW (window));
  gtk_window_present (window);
}

static void
readied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskApplication) self = user_data;
  gboolean is_ended = g_cancellable_is_cancelled (self->opening);
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->opening);
  if (desk_upgrade_finish (result, &error) && !is_ended)
    open_window (self);
  else if (!is_ended)
    fail (self, error);
  g_application_release (G_APPLICATION (self));
}

static void
desk_application_activate (GApplication *application)
{
  DeskApplication *self = DESK_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (window != NULL)
    {
      gtk_window_present (window);
      return;
    }
  if (self->opening != NULL)
    return;
  if (!lock_data_dir (self, &error))
    {
      fail (self, error);
      return;
    }
  path = make_store_path (self);
  self->opening = g_cancellable_new ();
  g_application_hold (application);
  desk_upgrade_async (GTK_APPLICATION (self), path, self->opening, readied_cb, g_object_ref (self));
}

static void
desk_application_shutdown (GApplication *application)
{
  DeskApplication *self = DESK_APPLICATION (application);

  for (gsize i = 0; i < G_N_ELEMENTS (self->signal_ids); i++)
    g_clear_handle_id (&self->signal_ids[i], g_source_remove);
  /* The thread ends between two transactions. */
  g_cancellable_cancel (self->opening);
  while (self->opening != NULL)
    g_main_context_iteration (NULL, TRUE);
  if (self->session != NULL)
    g_object_run_dispose (G_OBJECT (self->session));
  g_clear_object (&self->session);

  G_APPLICATION_CLASS (desk_application_parent_class)->shutdown (application);
}

static void
desk_application_finalize (GObject *object)
{
  g_clear_pointer (&DESK_APPLICATION (object)->options, desk_options_free);

  G_OBJECT_CLASS (desk_application_parent_class)->finalize (object);
}

static void
desk_application_class_init (DeskApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_application_finalize;
  application_class->handle_local_options = desk_application_handle_local_options;
  application_class->startup = desk_application_startup;
  application_class->activate = desk_application_activate;
  application_class->shutdown = desk_application_shutdown;
}

static void
desk_application_init (DeskApplication *self)
{
  desk_options_add_to (G_APPLICATION (self));
}

DeskApplication *
desk_application_new (void)
{
  return g_object_new (DESK_TYPE_APPLICATION, "application-id", "org.reunion.Station",
                       "resource-base-path", "/org/reunion/Station", NULL);
}

int
desk_application_run (DeskApplication *self, int argc, char *argv[])
{
  int status;

  g_return_val_if_fail (DESK_IS_APPLICATION (self), EXIT_FAILED);

  status = g_application_run (G_APPLICATION (self), argc, argv);
  return status != 0 ? status : self->status;
}
