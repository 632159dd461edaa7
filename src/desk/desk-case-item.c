/* desk-case-item.c: one row of the list of cases
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-case-item.h"

#include "reunion-db.h"

struct _DeskCaseItem
{
  GObject parent_instance;

  ReunionStationStore *store;
  char *id;
  ReunionCase *case_; /* NULL until somebody looks */
};

enum
{
  PROP_0,
  PROP_CASE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DeskCaseItem, desk_case_item, G_TYPE_OBJECT)

static void
desk_case_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DeskCaseItem *self = DESK_CASE_ITEM (object);

  switch (id)
    {
    case PROP_CASE:
      g_value_set_object (value, desk_case_item_get_case (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
desk_case_item_finalize (GObject *object)
{
  DeskCaseItem *self = DESK_CASE_ITEM (object);

  g_clear_object (&self->case_);
  g_clear_object (&self->store);
  g_free (self->id);
  G_OBJECT_CLASS (desk_case_item_parent_class)->finalize (object);
}

static void
desk_case_item_class_init (DeskCaseItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = desk_case_item_get_property;
  object_class->finalize = desk_case_item_finalize;
  properties[PROP_CASE] = g_param_spec_object ("case", NULL, NULL, REUNION_TYPE_CASE,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
desk_case_item_init (DeskCaseItem *self)
{
}

DeskCaseItem *
desk_case_item_new (ReunionStationStore *store, const char *case_id)
{
  DeskCaseItem *self;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (store) && case_id != NULL, NULL);

  self = g_object_new (DESK_TYPE_CASE_ITEM, NULL);
  self->store = g_object_ref (store);
  self->id = g_strdup (case_id);
  return self;
}

const char *
desk_case_item_get_id (DeskCaseItem *self)
{
  g_return_val_if_fail (DESK_IS_CASE_ITEM (self), NULL);

  return self->id;
}

ReunionCase *
desk_case_item_get_case (DeskCaseItem *self)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (DESK_IS_CASE_ITEM (self), NULL);

  if (self->case_ != NULL)
    return self->case_;
  self->case_ = reunion_station_store_get_case (self->store, self->id, &error);
  if (self->case_ != NULL)
    return self->case_;
  if (!g_error_matches (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_NOT_FOUND))
    g_warning ("A case in the store can't be read: %s", error->message);
  self->case_ = reunion_case_new (self->id);
  return self->case_;
}

void
desk_case_item_refresh (DeskCaseItem *self)
{
  g_return_if_fail (DESK_IS_CASE_ITEM (self));

  g_clear_object (&self->case_);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CASE]);
}
