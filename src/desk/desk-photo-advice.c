/* desk-photo-advice.c: what could be better about the photos of a report
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-photo-advice.h"

#include "desk-photo-maker.h"
#include "desk-widgets.h"

#include <glib/gi18n-lib.h>

struct _DeskPhotoAdvice
{
  GtkWidget parent_instance;

  DeskSession *session;
  ReunionCase *case_;
  GCancellable *cancellable;

  GtkWidget *box;
  GHashTable *sharpness; /* by hash, from 1 on; 0 while it is being measured */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskPhotoAdvice, desk_photo_advice, GTK_TYPE_WIDGET)

typedef struct
{
  DeskPhotoAdvice *advice;
  char *sha256;
} Measuring;

static void update (DeskPhotoAdvice *self);

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Measuring *measuring = user_data;
  g_autoptr (DeskPhotoAdvice) self = measuring->advice;
  g_autofree char *sha256 = measuring->sha256;
  ReunionSharpness sharpness;

  if (self->sharpness == NULL)
    return;
  if (desk_photo_measure_finish (result, &sharpness, NULL))
    {
      g_hash_table_insert (self->sharpness, g_steal_pointer (&sha256),
                           GINT_TO_POINTER (sharpness + 1));
      update (self);
    }
  else
    g_hash_table_remove (self->sharpness, sha256);
}

/* Decoded in a thread once more, whether it is new or comes from the store. */
static gboolean
is_blurred (DeskPhotoAdvice *self, const char *sha256)
{
  gpointer sharpness;
  g_autoptr (GBytes) bytes = NULL;
  Measuring *measuring;

  if (g_hash_table_lookup_extended (self->sharpness, sha256, NULL, &sharpness))
    return GPOINTER_TO_INT (sharpness) == REUNION_SHARPNESS_BLURRED + 1;
  bytes = reunion_station_store_get_photo (desk_session_get_store (self->session), sha256, NULL);
  if (bytes == NULL)
    return FALSE;
  g_hash_table_insert (self->sharpness, g_strdup (sha256), GINT_TO_POINTER (0));
  measuring = g_new0 (Measuring, 1);
  measuring->advice = g_object_ref (self);
  measuring->sha256 = g_strdup (sha256);
  desk_photo_measure_async (bytes, self->cancellable, measured_cb, measuring);
  return FALSE;
}

/* A sentence about the photo at @index; NULL when there is nothing to say. Too
 * small comes first: a small photo is seldom sharp. */
static char *
make_advice (DeskPhotoAdvice *self, guint index)
{
  ReunionPhoto *photo = reunion_case_get_photo (self->case_, index);

  if (!reunion_photo_is_usable (photo))
    return g_strdup_printf (
        /* Translators: the number of the photo, its width and height in pixels */
        _("Photo %u has %u × %u pixels only. The notice needs one with a shorter side of at "
          "least 400."),
        index + 1, reunion_photo_get_width_px (photo), reunion_photo_get_height_px (photo));
  if (is_blurred (self, reunion_photo_get_sha256 (photo)))
    return g_strdup_printf (_("Photo %u looks blurred: a sharper one is recognised more easily."),
                            index + 1);
  return NULL;
}

static GtkWidget *
make_label (const char *advice)
{
  GtkWidget *label = gtk_label_new (advice);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_widget_add_css_class (label, "desk-inline-message");
  desk_widgets_set_tone (label, "warning");
  return label;
}

static void
update (DeskPhotoAdvice *self)
{
  guint n_photos = self->case_ != NULL ? reunion_case_get_n_photos (self->case_) : 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  for (guint i = 0; i < n_photos; i++)
    {
      g_autofree char *advice = make_advice (self, i);

      if (advice != NULL)
        gtk_box_append (GTK_BOX (self->box), make_label (advice));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_first_child (self->box) != NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
desk_photo_advice_dispose (GObject *object)
{
  DeskPhotoAdvice *self = DESK_PHOTO_ADVICE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->sharpness, g_hash_table_unref);
  g_clear_object (&self->case_);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (desk_photo_advice_parent_class)->dispose (object);
}

static void
desk_photo_advice_class_init (DeskPhotoAdviceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_photo_advice_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", DESK_TYPE_PHOTO_ADVICE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
desk_photo_advice_init (DeskPhotoAdvice *self)
{
  self->cancellable = g_cancellable_new ();
  self->sharpness = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

void
desk_photo_advice_show (DeskPhotoAdvice *self, DeskSession *session, ReunionCase *case_)
{
  g_return_if_fail (DESK_IS_PHOTO_ADVICE (self));

  g_set_object (&self->session, session);
  g_set_object (&self->case_, case_);
  update (self);
}

gboolean
desk_photo_advice_is_about (DeskPhotoAdvice *self, guint index)
{
  g_autofree char *advice = NULL;

  g_return_val_if_fail (DESK_IS_PHOTO_ADVICE (self), FALSE);

  advice = self->case_ != NULL && index < reunion_case_get_n_photos (self->case_)
               ? make_advice (self, index)
               : NULL;
  return advice != NULL;
}
