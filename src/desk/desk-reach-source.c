/* desk-reach-source.c: what circles reach, read once for all pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-reach-source.h"

struct _DeskReachSource
{
  GObject parent_instance;

  ReunionReachIndex *index;
  gboolean is_ready;
};

enum
{
  SIGNAL_READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskReachSource, desk_reach_source, G_TYPE_OBJECT)

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskReachSource) self = user_data;
  g_autoptr (GError) error = NULL;

  self->index = reunion_reach_index_new_finish (result, &error);
  /* The map says so itself. */
  if (self->index == NULL)
    g_debug ("%s", error->message);
  self->is_ready = TRUE;
  g_signal_emit (self, signals[SIGNAL_READY], 0);
}

static void
desk_reach_source_finalize (GObject *object)
{
  DeskReachSource *self = DESK_REACH_SOURCE (object);

  g_clear_object (&self->index);

  G_OBJECT_CLASS (desk_reach_source_parent_class)->finalize (object);
}

static void
desk_reach_source_class_init (DeskReachSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_reach_source_finalize;
  signals[SIGNAL_READY] = g_signal_new ("ready", DESK_TYPE_REACH_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_reach_source_init (DeskReachSource *self)
{
}

DeskReachSource *
desk_reach_source_get (DeskSession *session)
{
  DeskReachSource *self;
  const char *path;

  g_return_val_if_fail (DESK_IS_SESSION (session), NULL);

  self = g_object_get_data (G_OBJECT (session), "desk-reach-source");
  if (self != NULL)
    return self;
  self = g_object_new (DESK_TYPE_REACH_SOURCE, NULL);
  g_object_set_data_full (G_OBJECT (session), "desk-reach-source", self, g_object_unref);
  path = desk_session_get_base_map_path (session);
  if (path != NULL)
    reunion_reach_index_new_async (path, NULL, loaded_cb, g_object_ref (self));
  else
    self->is_ready = TRUE;
  return self;
}

gboolean
desk_reach_source_is_ready (DeskReachSource *self)
{
  g_return_val_if_fail (DESK_IS_REACH_SOURCE (self), FALSE);

  return self->is_ready;
}

ReunionReachIndex *
desk_reach_source_get_index (DeskReachSource *self)
{
  g_return_val_if_fail (DESK_IS_REACH_SOURCE (self), NULL);

  return self->index;
}
