/* reunion-tip.c: what somebody saw
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-tip.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _ReunionTip
{
  GObject parent_instance;

  char *id;
  char *case_id;
  char *partner;
  char *partner_tip_id;
  char *text;
  char *place;
  char *contact;
  char *near_station;
  ReunionPhoto *photo;

  gboolean has_point;
  ReunionPoint point;
  gint64 seen_usec;
  gint64 received_usec;
  ReunionTipState state;
};

static const struct
{
  const char *key;
  const char *label;
} state_names[REUNION_N_TIP_STATES] = {
  [REUNION_TIP_STATE_NEW] = { "new", N_("New") },
  [REUNION_TIP_STATE_CHECKING] = { "checking", N_("Being checked") },
  [REUNION_TIP_STATE_CREDIBLE] = { "credible", N_("Credible") },
  [REUNION_TIP_STATE_DISMISSED] = { "dismissed", N_("Dismissed") },
  [REUNION_TIP_STATE_LED] = { "led", N_("Led to the person") },
};

G_DEFINE_FINAL_TYPE (ReunionTip, reunion_tip, G_TYPE_OBJECT)

static void
set_string (char **field, const char *value)
{
  char *copy = value != NULL && *value != '\0' ? g_strdup (value) : NULL;

  g_free (*field);
  *field = copy;
}

static void
reunion_tip_finalize (GObject *object)
{
  ReunionTip *self = REUNION_TIP (object);

  g_free (self->id);
  g_free (self->case_id);
  g_free (self->partner);
  g_free (self->partner_tip_id);
  g_free (self->text);
  g_free (self->place);
  g_free (self->contact);
  g_free (self->near_station);
  g_clear_pointer (&self->photo, reunion_photo_unref);
  G_OBJECT_CLASS (reunion_tip_parent_class)->finalize (object);
}

static void
reunion_tip_class_init (ReunionTipClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reunion_tip_finalize;
}

static void
reunion_tip_init (ReunionTip *self)
{
}

ReunionTip *
reunion_tip_new (const char *id, const char *case_id)
{
  ReunionTip *self;

  g_return_val_if_fail (id != NULL && case_id != NULL, NULL);

  self = g_object_new (REUNION_TYPE_TIP, NULL);
  self->id = g_strdup (id);
  self->case_id = g_strdup (case_id);
  return self;
}

void
reunion_tip_set_origin (ReunionTip *self, const char *partner, const char *partner_tip_id)
{
  g_return_if_fail (REUNION_IS_TIP (self));
  set_string (&self->partner, partner);
  set_string (&self->partner_tip_id, partner_tip_id);
}

gboolean
reunion_tip_get_point (ReunionTip *self, ReunionPoint *point)
{
  g_return_val_if_fail (REUNION_IS_TIP (self) && point != NULL, FALSE);

  if (self->has_point)
    *point = self->point;
  return self->has_point;
}

void
reunion_tip_set_point (ReunionTip *self, ReunionPoint point)
{
  g_return_if_fail (REUNION_IS_TIP (self) && reunion_point_is_valid (point));
  self->point = point;
  self->has_point = TRUE;
}

const char *
reunion_tip_get_id (ReunionTip *self)
{
  g_return_val_if_fail (REUNION_IS_TIP (self), NULL);
  return self->id;
}

const char *
reunion_tip_get_case_id (ReunionTip *self)
{
  g_return_val_if_fail (REUNION_IS_TIP (self), NULL);
  return self->case_id;
}

const char *
reunion_tip_get_partner (ReunionTip *self)
{
  g_return_val_if_fail (REUNION_IS_TIP (self), NULL);
  return self->partner;
}

const char *
reunion_tip_get_partner_tip_id (ReunionTip *self)
{
  g_return_val_if_fail (REUNION_IS_TIP (self), NULL);
  return self->partner_tip_id;
}

const char *
reunion_tip_get_text (ReunionTip *self)
{
  g_return_val_if_fail (REUNION_IS_TIP (self), NULL);
  return self->text;
}

void
reunion_tip_set_text (ReunionTip *self, const char *text)
{
  g_return_if_fail (REUNION_IS_TIP (self));
  set_string (&self->text, text);
}

const char *
reunion_tip_get_place (ReunionTip *self)
{
  g_return_val_if_fail (REUNION_IS_TIP (self), NULL);
  return self->place;
}

void
reunion_tip_set_place (ReunionTip *self, const char *place)
{
  g_return_if_fail (REUNION_IS_TIP (self));
  set_string (&self->place, place);
}

const char *
reunion_tip_get_contact (ReunionTip *self)
{
  g_return_val_if_fail (REUNION_IS_TIP (self), NULL);
  return self->contact;
}

void
reunion_tip_set_contact (ReunionTip *self, const char *contact)
{
  g_return_if_fail (REUNION_IS_TIP (self));
  set_string (&self->contact, contact);
}

ReunionPhoto *
reunion_tip_get_photo (ReunionTip *self)
{
  g_return_val_if_fail (REUNION_IS_TIP (self), NULL);
  return self->photo;
}

void
reunion_tip_set_photo (ReunionTip *self, ReunionPhoto *photo)
{
  ReunionPhoto *old;

  g_return_if_fail (REUNION_IS_TIP (self));

  old = self->photo;
  self->photo = photo != NULL ? reunion_photo_ref (photo) : NULL;
  g_clear_pointer (&old, reunion_photo_unref);
}

const char *
reunion_tip_get_near_station (ReunionTip *self)
{
  g_return_val_if_fail (REUNION_IS_TIP (self), NULL);
  return self->near_station;
}

void
reunion_tip_set_near_station (ReunionTip *self, const char *station)
{
  g_return_if_fail (REUNION_IS_TIP (self));
  set_string (&self->near_station, station);
}

gint64
reunion_tip_get_seen_usec (ReunionTip *self)
{
  g_return_val_if_fail (REUNION_IS_TIP (self), 0);
  return self->seen_usec;
}

void
reunion_tip_set_seen_usec (ReunionTip *self, gint64 usec)
{
  g_return_if_fail (REUNION_IS_TIP (self));
  self->seen_usec = usec;
}

gint64
reunion_tip_get_received_usec (ReunionTip *self)
{
  g_return_val_if_fail (REUNION_IS_TIP (self), 0);
  return self->received_usec;
}

void
reunion_tip_set_received_usec (ReunionTip *self, gint64 usec)
{
  g_return_if_fail (REUNION_IS_TIP (self));
  self->received_usec = usec;
}

ReunionTipState
reunion_tip_get_state (ReunionTip *self)
{
  g_return_val_if_fail (REUNION_IS_TIP (self), REUNION_TIP_STATE_NEW);
  return self->state;
}

void
reunion_tip_set_state (ReunionTip *self, ReunionTipState state)
{
  g_return_if_fail (REUNION_IS_TIP (self));
  self->state = state;
}

const char *
reunion_tip_state_to_key (ReunionTipState state)
{
  g_return_val_if_fail (state < REUNION_N_TIP_STATES, NULL);
  return state_names[state].key;
}

gboolean
reunion_tip_state_from_key (const char *key, ReunionTipState *state)
{
  g_return_val_if_fail (key != NULL && state != NULL, FALSE);

  for (gsize i = 0; i < REUNION_N_TIP_STATES; i++)
    if (strcmp (state_names[i].key, key) == 0)
      {
        *state = (ReunionTipState) i;
        return TRUE;
      }
  return FALSE;
}

const char *
reunion_tip_state_get_label (ReunionTipState state)
{
  g_return_val_if_fail (state < REUNION_N_TIP_STATES, NULL);
  return _(state_names[state].label);
}
