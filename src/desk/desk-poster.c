/* desk-poster.c: the button that makes a poster of a case
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-poster.h"

#include "desk-compat.h"
#include "desk-widgets.h"

#include "reunion-poster.h"

#include <glib/gi18n-lib.h>

/* Characters of a title that a file name takes up, and those that some file
 * system does not take. */
#define MAX_NAME_CHARS 60
#define UNFIT_CHARS "/\\:*?\"<>|"

struct _DeskPoster
{
  GtkWidget parent_instance;

  DeskSession *session;
  ReunionCase *case_;

  GtkWidget *button;

  char *languages;
};

typedef enum
{
  TARGET_PDF,
  TARGET_PICTURE,
  TARGET_PRINTER,
} Target;

/* One poster on its way out. */
typedef struct
{
  DeskPoster *owner;
  ReunionPoster *poster;
  Target target;
  GFile *file; /* NULL for TARGET_PRINTER */
} Job;

enum
{
  PROP_0,
  PROP_LANGUAGES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DeskPoster, desk_poster, GTK_TYPE_WIDGET)

static Job *
job_new (DeskPoster *owner, ReunionPoster *poster, Target target, GFile *file)
{
  Job *job = g_new0 (Job, 1);

  job->owner = g_object_ref (owner);
  job->poster = poster;
  job->target = target;
  job->file = file != NULL ? g_object_ref (file) : NULL;
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->owner);
  g_clear_pointer (&job->poster, reunion_poster_free);
  g_clear_object (&job->file);
  g_free (job);
}

/* The photos that this PC has, the lead first. NULL when the lead is to come yet:
 * a poster without it would be put up, and stay. Transfer full. */
static GPtrArray *
get_photos (DeskPoster *self, GError **error)
{
  ReunionStationStore *store = desk_session_get_store (self->session);
  g_autoptr (GPtrArray) photos = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < MIN (reunion_case_get_n_photos (self->case_), REUNION_POSTER_MAX_PHOTOS);
       i++)
    {
      GBytes *bytes = reunion_station_store_get_photo (
          store, reunion_photo_get_sha256 (reunion_case_get_photo (self->case_, i)), NULL);

      if (bytes != NULL)
        g_ptr_array_add (photos, bytes);
      else if (i == 0)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                               _("The photo has not reached this PC yet. Try again when the "
                                 "service can be reached."));
          return NULL;
        }
    }
  return g_steal_pointer (&photos);
}

/* NULL, and a toast, where the poster can't be made. Transfer full. */
static ReunionPoster *
make_poster (DeskPoster *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) photos = get_photos (self, &error);
  ReunionClient *client = reunion_sync_get_client (desk_session_get_sync (self->session));
  g_autofree char *url = NULL;

  if (photos == NULL)
    {
      desk_widgets_toast (GTK_WIDGET (self), error->message);
      return NULL;
    }
  url = reunion_poster_make_url (reunion_client_get_base_url (client),
                                 reunion_case_get_id (self->case_));
  return reunion_poster_new (self->case_, photos, url,
                             g_strcmp0 (self->languages, "zh-en") == 0
                                 ? REUNION_POSTER_LANGUAGES_ZH_EN
                                 : REUNION_POSTER_LANGUAGES_ZH,
                             desk_session_get_now_usec (self->session), zone);
}

/* --- in a thread ------------------------------------------------------------ */

static gboolean
save (const Job *job, GError **error)
{
  g_autoptr (GBytes) bytes = job->target == TARGET_PDF ? reunion_poster_to_pdf (job->poster, error)
                                                       : reunion_poster_to_png (job->poster, error);
  g_autoptr (GError) local_error = NULL;

  if (bytes == NULL)
    return FALSE;
  if (g_file_replace_contents (job->file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                               NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &local_error))
    return TRUE;
  g_set_error (error, local_error->domain, local_error->code,
               /* Translators: why a file can't be written, in the system's words */
               _("The poster could not be saved: %s. Choose another folder."),
               local_error->message);
  return FALSE;
}

static void
run_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Job *job = task_data;
  GError *error = NULL;

  if (job->target == TARGET_PRINTER)
    {
      cairo_surface_t *sheet = reunion_poster_to_recording (job->poster, &error);

      if (sheet != NULL)
        g_task_return_pointer (task, sheet, (GDestroyNotify) cairo_surface_destroy);
      else
        g_task_return_error (task, error);
    }
  else if (save (job, &error))
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_error (task, error);
}

/* --- printing ----------------------------------------------------------------- */

/* The sheet whole on whatever paper was chosen, in its middle. */
static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page_nr, gpointer sheet)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double width = gtk_print_context_get_width (context);
  double height = gtk_print_context_get_height (context);
  double scale = MIN (width / REUNION_POSTER_WIDTH_PT, height / REUNION_POSTER_HEIGHT_PT);

  cairo_translate (cr, (width - scale * REUNION_POSTER_WIDTH_PT) / 2,
                   (height - scale * REUNION_POSTER_HEIGHT_PT) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, sheet, 0, 0);
  cairo_paint (cr);
}

static void
printed_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, DeskPoster *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  /* Translators: what the printer's program says */
  sentence = g_strdup_printf (_("The poster could not be printed: %s. Check the printer, or save "
                                "the poster as PDF and print it elsewhere."),
                              error != NULL ? error->message : "");
  desk_widgets_toast (GTK_WIDGET (self), sentence);
}

static void
print (DeskPoster *self, cairo_surface_t *sheet, const char *title)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  GtkPaperSize *paper = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size (setup, paper);
  gtk_paper_size_free (paper);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_job_name (operation, title);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  /* The sheet has margins of its own. */
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb),
                         cairo_surface_reference (sheet),
                         (GClosureNotify) (void (*) (void)) cairo_surface_destroy, 0);
  g_signal_connect_object (operation, "done", G_CALLBACK (printed_cb), self, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL);
}

/* --- the course of a job -------------------------------------------------------- */

static void
ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DeskPoster *self = DESK_POSTER (source);
  const Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  cairo_surface_t *sheet = g_task_propagate_pointer (G_TASK (result), &error);

  if (error != NULL)
    desk_widgets_toast (GTK_WIDGET (self), error->message);
  else if (job->target != TARGET_PRINTER)
    {
      g_autofree char *basename = g_file_get_basename (job->file);
      g_autofree char *name = g_filename_display_name (basename);
      /* Translators: the name of a file */
      g_autofree char *sentence = g_strdup_printf (_("Saved as “%s”."), name);

      desk_widgets_toast (GTK_WIDGET (self), sentence);
    }
  else if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    print (self, sheet, reunion_poster_get_title (job->poster));
  g_clear_pointer (&sheet, cairo_surface_destroy);
}

/* Takes @job. */
static void
start (Job *job)
{
  g_autoptr (GTask) task = g_task_new (job->owner, NULL, ready_cb, NULL);

  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_in_thread);
}

static void
chosen (GFile *file, gpointer user_data)
{
  Job *asked = user_data;

  start (job_new (asked->owner, g_steal_pointer (&asked->poster), asked->target, file));
}

static char *
make_file_name (const char *title, const char *suffix)
{
  glong n_chars = MIN (g_utf8_strlen (title, -1), MAX_NAME_CHARS);
  g_autofree char *name = g_utf8_substring (title, 0, n_chars);

  return g_strconcat (g_strdelimit (name, UNFIT_CHARS, '_'), suffix, NULL);
}

static void
ask_where (DeskPoster *self, Target target)
{
  ReunionPoster *poster = make_poster (self);
  g_autofree char *name = NULL;

  if (poster == NULL)
    return;
  name = make_file_name (reunion_poster_get_title (poster), target == TARGET_PDF ? ".pdf" : ".png");
  desk_compat_choose_target (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                             _("Save the Poster"), name, chosen,
                             job_new (self, poster, target, NULL), job_free);
}

static void
save_pdf_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  ask_where (DESK_POSTER (widget), TARGET_PDF);
}

static void
save_picture_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  ask_where (DESK_POSTER (widget), TARGET_PICTURE);
}

static void
print_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  DeskPoster *self = DESK_POSTER (widget);
  ReunionPoster *poster = make_poster (self);

  if (poster != NULL)
    start (job_new (self, poster, TARGET_PRINTER, NULL));
}

static void
desk_poster_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  DeskPoster *self = DESK_POSTER (object);

  switch (prop_id)
    {
    case PROP_LANGUAGES:
      g_value_set_string (value, self->languages);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
desk_poster_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  DeskPoster *self = DESK_POSTER (object);

  switch (prop_id)
    {
    case PROP_LANGUAGES:
      g_free (self->languages);
      self->languages = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
desk_poster_dispose (GObject *object)
{
  DeskPoster *self = DESK_POSTER (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->case_);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (desk_poster_parent_class)->dispose (object);
}

static void
desk_poster_finalize (GObject *object)
{
  DeskPoster *self = DESK_POSTER (object);

  g_clear_pointer (&self->languages, g_free);

  G_OBJECT_CLASS (desk_poster_parent_class)->finalize (object);
}

static void
desk_poster_class_init (DeskPosterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = desk_poster_get_property;
  object_class->set_property = desk_poster_set_property;
  object_class->dispose = desk_poster_dispose;
  object_class->finalize = desk_poster_finalize;
  properties[PROP_LANGUAGES] = g_param_spec_string ("languages", NULL, NULL, "zh",
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_install_property_action (widget_class, "poster.languages", "languages");
  gtk_widget_class_install_action (widget_class, "poster.save-pdf", NULL, save_pdf_cb);
  gtk_widget_class_install_action (widget_class, "poster.save-picture", NULL, save_picture_cb);
  gtk_widget_class_install_action (widget_class, "poster.print", NULL, print_cb);
  gtk_widget_class_set_template_from_resource (widget_class, DESK_RESOURCES "desk-poster.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskPoster, button);
}

static void
desk_poster_init (DeskPoster *self)
{
  self->languages = g_strdup ("zh");
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
desk_poster_set_case (DeskPoster *self, DeskSession *session, ReunionCase *case_)
{
  g_return_if_fail (DESK_IS_POSTER (self) && DESK_IS_SESSION (session));

  g_set_object (&self->session, session);
  g_set_object (&self->case_, case_);
}
