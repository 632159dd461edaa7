/* desk-preferences.c: the window of Preferences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-preferences.h"

#include "desk-compat.h"
#include "desk-widgets.h"

#include <glib/gi18n-lib.h>

struct _DeskPreferences
{
  AdwPreferencesWindow parent_instance;

  DeskMapSettings *settings;
  GCancellable *trial; /* while a tile is being fetched */

  GtkCheckButton *built_in_button;
  GtkCheckButton *file_button;
  GtkCheckButton *service_button;
  GtkWidget *details_group;
  AdwActionRow *file_row;
  GtkWidget *choose_button;
  GtkWidget *service_row;
  AdwComboRow *datum_row;
  GtkWidget *attribution_row;
  GtkWidget *trial_group;
  GtkWidget *trial_button;
  GtkLabel *trial_label;
  GtkPicture *trial_picture;

  gboolean is_showing; /* rows are being filled in, not edited */
};

G_DEFINE_FINAL_TYPE (DeskPreferences, desk_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static DeskMapKind
get_kind (DeskPreferences *self)
{
  if (gtk_check_button_get_active (self->file_button))
    return DESK_MAP_FILE;
  return gtk_check_button_get_active (self->service_button) ? DESK_MAP_SERVICE : DESK_MAP_BUILT_IN;
}

static void
say (DeskPreferences *self, const char *text, const char *tone)
{
  gtk_label_set_text (self->trial_label, text);
  desk_widgets_set_tone (GTK_WIDGET (self->trial_label), tone);
}

/* What the row of the file shows, and which rows there are. */
static void
show_rows (DeskPreferences *self)
{
  const DeskMapChoice *choice = desk_map_settings_get_choice (self->settings);
  DeskMapKind kind = get_kind (self);
  g_autofree char *name = NULL;
  g_autofree char *plain = NULL;

  if (*choice->file != '\0')
    {
      name = g_filename_display_basename (choice->file);
      plain = g_markup_escape_text (name, -1);
    }
  adw_action_row_set_subtitle (self->file_row, plain != NULL ? plain : _("None chosen yet"));
  gtk_widget_set_visible (self->details_group, kind != DESK_MAP_BUILT_IN);
  gtk_widget_set_visible (self->trial_group, kind != DESK_MAP_BUILT_IN);
  gtk_widget_set_visible (GTK_WIDGET (self->file_row), kind == DESK_MAP_FILE);
  gtk_widget_set_visible (self->service_row, kind == DESK_MAP_SERVICE);
  gtk_widget_set_sensitive (self->trial_button,
                            kind == DESK_MAP_FILE ? *choice->file != '\0' : TRUE);
}

static void
forget_trial (DeskPreferences *self)
{
  if (self->trial != NULL)
    g_cancellable_cancel (self->trial);
  g_clear_object (&self->trial);
  gtk_picture_set_paintable (self->trial_picture, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->trial_picture), FALSE);
  say (self, "", "dim");
}

static DeskMapChoice *
read_rows (DeskPreferences *self)
{
  DeskMapChoice *choice = desk_map_choice_copy (desk_map_settings_get_choice (self->settings));

  choice->kind = get_kind (self);
  choice->datum = (ReunionDatum) adw_combo_row_get_selected (self->datum_row);
  g_free (choice->service);
  choice->service
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->service_row))));
  g_free (choice->attribution);
  choice->attribution
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->attribution_row))));
  return choice;
}

/* An address in the open lets anybody on the way see which places are looked at. */
static void
warn_of_open_address (DeskPreferences *self, const DeskMapChoice *choice)
{
  if (choice->kind == DESK_MAP_SERVICE && g_str_has_prefix (choice->service, "http:")
      && !g_str_has_prefix (choice->service, "http://127.0.0.1")
      && !g_str_has_prefix (choice->service, "http://localhost"))
    say (self,
         _("This address is not encrypted: others on the network can see which places are looked "
           "at. Use https if the service has it."),
         "warning");
}

static void
apply (DeskPreferences *self)
{
  g_autoptr (DeskMapChoice) choice = NULL;
  g_autoptr (GError) error = NULL;
  const char *problem;

  if (self->is_showing || self->settings == NULL)
    return;
  forget_trial (self);
  choice = read_rows (self);
  if (!desk_map_settings_set_choice (self->settings, choice, &error))
    {
      say (self, error->message, "error");
      return;
    }
  show_rows (self);
  problem = desk_map_settings_get_problem (self->settings);
  if (problem != NULL)
    say (self, problem, "error");
  else
    warn_of_open_address (self, choice);
}

static void
kind_toggled_cb (DeskPreferences *self, GtkCheckButton *button)
{
  /* Each change toggles two of them. */
  if (gtk_check_button_get_active (button))
    apply (self);
}

static void
text_applied_cb (DeskPreferences *self)
{
  apply (self);
}

static void
datum_selected_cb (DeskPreferences *self)
{
  apply (self);
}

static void
file_chosen (GFile *file, gpointer user_data)
{
  DeskPreferences *self = user_data;
  g_autoptr (DeskMapChoice) choice = read_rows (self);
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (GError) error = NULL;

  forget_trial (self);
  if (path == NULL)
    {
      say (self, _("Only a file on this PC can be the map. Copy it here first."), "error");
      return;
    }
  g_free (choice->file);
  choice->file = g_steal_pointer (&path);
  if (!desk_map_settings_set_choice (self->settings, choice, &error))
    say (self, error->message, "error");
  show_rows (self);
}

static void
choose_clicked_cb (DeskPreferences *self)
{
  desk_compat_choose_map (GTK_WINDOW (self), file_chosen, g_object_ref (self), g_object_unref);
}

/* A file is opened in its own time. */
static void
settings_changed_cb (DeskPreferences *self)
{
  const char *problem = desk_map_settings_get_problem (self->settings);

  if (problem != NULL)
    say (self, problem, "error");
}

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskPreferences) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture
      = desk_map_settings_try_finish (DESK_MAP_SETTINGS (source), result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->trial);
  if (texture == NULL)
    {
      say (self, error->message, "error");
      return;
    }
  /* Translators: width and height of a picture. */
  text = g_strdup_printf (_("It works: a tile of %d × %d pixels came."),
                          gdk_texture_get_width (texture), gdk_texture_get_height (texture));
  say (self, text, "success");
  gtk_picture_set_paintable (self->trial_picture, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (GTK_WIDGET (self->trial_picture), TRUE);
}

static void
trial_clicked_cb (DeskPreferences *self)
{
  GtkWidget *const rows[] = { self->service_row, self->attribution_row };
  g_autoptr (DeskMapChoice) choice = NULL;

  /* What was typed is what is tried, and so what is used: as by Enter in each. */
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_signal_emit_by_name (gtk_editable_get_delegate (GTK_EDITABLE (rows[i])), "activate");
  forget_trial (self);
  choice = read_rows (self);
  self->trial = g_cancellable_new ();
  say (self, _("Asking for a tile…"), "dim");
  desk_map_settings_try_async (self->settings, choice, self->trial, tried_cb, g_object_ref (self));
}

static void
show_choice (DeskPreferences *self)
{
  const DeskMapChoice *choice = desk_map_settings_get_choice (self->settings);
  GtkCheckButton *const buttons[DESK_N_MAPS]
      = { self->built_in_button, self->file_button, self->service_button };

  self->is_showing = TRUE;
  gtk_check_button_set_active (buttons[choice->kind], TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->service_row), choice->service);
  gtk_editable_set_text (GTK_EDITABLE (self->attribution_row), choice->attribution);
  adw_combo_row_set_selected (self->datum_row, choice->datum);
  self->is_showing = FALSE;
  show_rows (self);
  settings_changed_cb (self);
}

static void
desk_preferences_dispose (GObject *object)
{
  DeskPreferences *self = DESK_PREFERENCES (object);

  if (self->trial != NULL)
    g_cancellable_cancel (self->trial);
  g_clear_object (&self->trial);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (desk_preferences_parent_class)->dispose (object);
}

static void
desk_preferences_class_init (DeskPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_preferences_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, DESK_RESOURCES "desk-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskPreferences, built_in_button);
  gtk_widget_class_bind_template_child (widget_class, DeskPreferences, file_button);
  gtk_widget_class_bind_template_child (widget_class, DeskPreferences, service_button);
  gtk_widget_class_bind_template_child (widget_class, DeskPreferences, details_group);
  gtk_widget_class_bind_template_child (widget_class, DeskPreferences, file_row);
  gtk_widget_class_bind_template_child (widget_class, DeskPreferences, choose_button);
  gtk_widget_class_bind_template_child (widget_class, DeskPreferences, service_row);
  gtk_widget_class_bind_template_child (widget_class, DeskPreferences, datum_row);
  gtk_widget_class_bind_template_child (widget_class, DeskPreferences, attribution_row);
  gtk_widget_class_bind_template_child (widget_class, DeskPreferences, trial_group);
  gtk_widget_class_bind_template_child (widget_class, DeskPreferences, trial_button);
  gtk_widget_class_bind_template_child (widget_class, DeskPreferences, trial_label);
  gtk_widget_class_bind_template_child (widget_class, DeskPreferences, trial_picture);
  gtk_widget_class_bind_template_callback (widget_class, kind_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, datum_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, trial_clicked_cb);
}

static void
desk_preferences_init (DeskPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

DeskPreferences *
desk_preferences_new (GtkWindow *parent, DeskMapSettings *settings)
{
  DeskPreferences *self;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (DESK_IS_MAP_SETTINGS (settings), NULL);

  self = g_object_new (DESK_TYPE_PREFERENCES, "transient-for", parent, NULL);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed", G_CALLBACK (settings_changed_cb), self,
                           G_CONNECT_SWAPPED);
  show_choice (self);
  return self;
}
