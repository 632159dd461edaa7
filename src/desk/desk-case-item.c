/* desk-case-item.c: one row of the list of cases
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-case-item.h"

struct _DeskCaseItem
{
  GObject parent_instance;

  ReunionCase *case_;
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
      g_value_set_object (value, self->case_);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
desk_case_item_finalize (GObject *object)
{
  g_clear_object (&DESK_CASE_ITEM (object)->case_);
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
desk_case_item_new (ReunionCase *case_)
{
  DeskCaseItem *self = g_object_new (DESK_TYPE_CASE_ITEM, NULL);

  self->case_ = g_object_ref (case_);
  return self;
}

ReunionCase *
desk_case_item_get_case (DeskCaseItem *self)
{
  g_return_val_if_fail (DESK_IS_CASE_ITEM (self), NULL);

  return self->case_;
}

const char *
desk_case_item_get_id (DeskCaseItem *self)
{
  g_return_val_if_fail (DESK_IS_CASE_ITEM (self), NULL);

  return reunion_case_get_id (self->case_);
}

void
desk_case_item_set_case (DeskCaseItem *self, ReunionCase *case_)
{
  g_return_if_fail (DESK_IS_CASE_ITEM (self) && REUNION_IS_CASE (case_));

  if (g_set_object (&self->case_, case_))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CASE]);
}
