/* desk-case-map.c: the map of one case: its circles by the clock, and its tips
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-case-map.h"

#include "desk-case-model.h"
#include "desk-map-picture.h"
#include "desk-map-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _DeskCaseMap
{
  GtkWidget parent_instance;

  DeskSession *session;
  ReunionCase *case_;
  ReunionMapView *view;

  double fitted_km;  /* radius that the map was last fitted to */
  char *shown_rings; /* what the layer was last told, to tell it only what is new */
  char *shown_tips;
  guint n_tips;
};

G_DEFINE_FINAL_TYPE (DeskCaseMap, desk_case_map, GTK_TYPE_WIDGET)

static void
set_rings (DeskCaseMap *self, ReunionPoint point, GPtrArray *rings)
{
  g_autofree ReunionRing *list = g_new0 (ReunionRing, rings != NULL ? rings->len : 1);
  g_autoptr (GString) told = g_string_new (NULL);

  g_string_append_printf (told, "%.9f %.9f", point.lat_deg, point.lon_deg);
  for (guint i = 0; rings != NULL && i < rings->len; i++)
    {
      const DeskRing *ring = rings->pdata[i];

      list[i] = (ReunionRing){ ring->radius_km, ring->label, ring->is_reached };
      g_string_append_printf (told, "|%g %d %s", ring->radius_km, ring->is_reached, ring->label);
    }
  if (g_strcmp0 (self->shown_rings, told->str) == 0)
    return;
  g_free (self->shown_rings);
  self->shown_rings = g_strdup (told->str);
  reunion_map_view_set_centre_and_rings (self->view, point, list, rings != NULL ? rings->len : 0);
}

static void
clear_rings (DeskCaseMap *self)
{
  if (self->shown_rings != NULL)
    reunion_map_view_clear_rings (self->view);
  g_clear_pointer (&self->shown_rings, g_free);
}

static void
update_rings (DeskCaseMap *self)
{
  ReunionPoint point;
  g_autoptr (GPtrArray) rings = NULL;

  if (self->case_ == NULL
      || !reunion_report_get_point (reunion_case_get_report (self->case_), &point))
    {
      clear_rings (self);
      return;
    }
  rings = desk_case_model_get_rings (self->case_, desk_session_get_policy (self->session),
                                     desk_session_get_now_usec (self->session));
  set_rings (self, point, rings);
}

static ReunionTipMark
mark_of (ReunionTipState state)
{
  switch (state)
    {
    case REUNION_TIP_STATE_CHECKING:
      return REUNION_TIP_MARK_CHECKING;
    case REUNION_TIP_STATE_CREDIBLE:
      return REUNION_TIP_MARK_CREDIBLE;
    case REUNION_TIP_STATE_DISMISSED:
      return REUNION_TIP_MARK_DISMISSED;
    case REUNION_TIP_STATE_LED:
      return REUNION_TIP_MARK_FOUND;
    case REUNION_TIP_STATE_NEW:
    default:
      return REUNION_TIP_MARK_NEW;
    }
}

/* Returns how many tips are on the map. */
static guint
update_tips (DeskCaseMap *self)
{
  g_autoptr (GPtrArray) tips = NULL;
  g_autoptr (GArray) spots = g_array_new (FALSE, TRUE, sizeof (ReunionTipSpot));
  g_autoptr (GString) told = g_string_new (NULL);

  if (self->case_ != NULL)
    tips = reunion_station_store_list_tips (desk_session_get_store (self->session),
                                            reunion_case_get_id (self->case_), NULL);
  for (guint i = 0; tips != NULL && i < tips->len; i++)
    {
      ReunionTip *tip = tips->pdata[i];
      ReunionTipSpot spot = { reunion_tip_get_id (tip),
                              { 0, 0 },
                              mark_of (reunion_tip_get_state (tip)),
                              reunion_tip_get_place (tip),
                              reunion_tip_get_seen_usec (tip),
                              reunion_tip_get_text (tip) };

      if (!reunion_tip_get_point (tip, &spot.point))
        continue;
      g_array_append_val (spots, spot);
      g_string_append_printf (told, "%s %d|", spot.id, spot.mark);
    }
  if (g_strcmp0 (self->shown_tips, told->str) != 0)
    {
      g_free (self->shown_tips);
      self->shown_tips = g_strdup (told->str);
      reunion_map_view_set_tips (self->view, (ReunionTipSpot *) spots->data, spots->len);
    }
  return spots->len;
}

static void
update_description (DeskCaseMap *self, guint n_tips)
{
  g_autofree char *text = desk_map_words_describe (
      self->case_, desk_session_get_policy (self->session),
      desk_session_get_now_usec (self->session), reunion_map_view_get_tip_set (self->view));

  reunion_map_view_set_description (self->view, text);
}

static void fit (DeskCaseMap *self);

/* By the second: the circle that has just grown is shown whole. */
static void
tick_cb (DeskCaseMap *self)
{
  double radius_km;

  update_rings (self);
  if (self->case_ == NULL)
    return;
  radius_km = reunion_case_get_radius_km (self->case_, desk_session_get_policy (self->session),
                                          desk_session_get_now_usec (self->session));
  if (radius_km > self->fitted_km && self->fitted_km > 0.0)
    {
      fit (self);
      update_description (self, self->n_tips);
    }
}

static void
update (DeskCaseMap *self)
{
  update_rings (self);
  self->n_tips = update_tips (self);
  update_description (self, self->n_tips);
}

static void
style_cb (DeskCaseMap *self)
{
  reunion_map_view_set_dark (self->view,
                             adw_style_manager_get_dark (adw_style_manager_get_default ()));
  reunion_map_view_set_contrast (
      self->view, adw_style_manager_get_high_contrast (adw_style_manager_get_default ()));
}

static void
picture_cb (DeskCaseMap *self)
{
  desk_map_picture_save (self->view, self->case_, desk_session_get_policy (self->session),
                         desk_session_get_now_usec (self->session));
}

static void
desk_case_map_dispose (GObject *object)
{
  DeskCaseMap *self = DESK_CASE_MAP (object);

  if (self->view != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->view));
  self->view = NULL;
  g_clear_object (&self->case_);
  g_clear_object (&self->session);
  g_clear_pointer (&self->shown_rings, g_free);
  g_clear_pointer (&self->shown_tips, g_free);

  G_OBJECT_CLASS (desk_case_map_parent_class)->dispose (object);
}

static void
desk_case_map_class_init (DeskCaseMapClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_case_map_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
desk_case_map_init (DeskCaseMap *self)
{
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

void
desk_case_map_set_session (DeskCaseMap *self, DeskSession *session)
{
  g_return_if_fail (DESK_IS_CASE_MAP (self) && self->session == NULL);

  self->session = g_object_ref (session);
  self->view = reunion_map_view_new (desk_session_get_base_map_path (session));
  gtk_widget_set_parent (GTK_WIDGET (self->view), GTK_WIDGET (self));
  g_signal_connect_object (session, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (style_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast",
                           G_CALLBACK (style_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "picture-requested", G_CALLBACK (picture_cb), self,
                           G_CONNECT_SWAPPED);
  style_cb (self);
  update (self);
}

static void
fit (DeskCaseMap *self)
{
  ReunionPolicy *policy = desk_session_get_policy (self->session);
  ReunionPoint point;
  double radius_km;

  if (!reunion_report_get_point (reunion_case_get_report (self->case_), &point))
    return;
  radius_km
      = reunion_case_get_radius_km (self->case_, policy, desk_session_get_now_usec (self->session));
  /* An ended case has no circle: the last one tells how far it had spread. */
  if (radius_km <= 0.0)
    radius_km
        = reunion_policy_get_stage (policy, reunion_policy_get_n_stages (policy) - 1)->radius_km;
  reunion_map_view_fit_circle (self->view, point, radius_km);
  self->fitted_km = radius_km;
}

void
desk_case_map_set_case (DeskCaseMap *self, ReunionCase *case_, gboolean fit_view)
{
  g_return_if_fail (DESK_IS_CASE_MAP (self) && self->session != NULL);

  if (fit_view)
    self->fitted_km = 0.0;
  g_set_object (&self->case_, case_);
  update (self);
  if (fit_view && case_ != NULL)
    fit (self);
}

void
desk_case_map_refresh (DeskCaseMap *self)
{
  g_return_if_fail (DESK_IS_CASE_MAP (self));

  update (self);
}

ReunionMapView *
desk_case_map_get_view (DeskCaseMap *self)
{
  g_return_val_if_fail (DESK_IS_CASE_MAP (self), NULL);

  return self->view;
}
