/* desk-reach-panel.c: what the circle of a case reaches, stage by stage
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-reach-panel.h"

#include "desk-reach-model.h"
#include "desk-reach-source.h"
#include "desk-widgets.h"

#include "reunion-time.h"

#include <glib/gi18n-lib.h>

struct _DeskReachPanel
{
  GtkWidget parent_instance;

  DeskSession *session;
  ReunionCase *case_;

  GPtrArray *reaches; /* ReunionReach by stage, NULL while there is none */
  ReunionPoint point; /* what they were made for */
  guint chosen;       /* stage that was chosen, counted from 1; 0 to follow the clock */
  guint shown;        /* stage whose texts stand there, the same */
  gboolean is_setting;

  GtkWidget *box;
  GtkLabel *empty_label;
  GtkWidget *reach_box;
  GtkBox *stage_box;
  GtkLabel *when_label;
  GtkLabel *headline_label;
  GtkLabel *extent_label;
  GtkLabel *outside_label;
  GtkExpander *expander;
  GtkBox *province_box;
};

enum
{
  PROP_0,
  PROP_EXPANDED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DeskReachPanel, desk_reach_panel, GTK_TYPE_WIDGET)

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
  gtk_label_set_label (label, text != NULL ? text : "");
}

static gint64
get_elapsed_usec (DeskReachPanel *self)
{
  if (self->case_ == NULL)
    return -1;
  return reunion_case_get_elapsed_usec (self->case_, desk_session_get_now_usec (self->session));
}

static guint
get_current_stage (DeskReachPanel *self)
{
  return reunion_policy_stage_at (desk_session_get_policy (self->session), get_elapsed_usec (self))
      ->id;
}

/* --- the provinces --------------------------------------------------------------- */

static void
add_province (DeskReachPanel *self, const ReunionReach *reach, guint number)
{
  const ReunionReachArea *province = &g_array_index (reach->provinces, ReunionReachArea, number);
  g_autofree char *share = desk_reach_model_format_share (reunion_reach_area_get_share (province));
  g_autofree char *prefectures = desk_reach_model_format_prefectures (reach, number);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name_label = gtk_label_new (desk_reach_model_get_name (province));
  GtkWidget *share_label = gtk_label_new (share);

  gtk_label_set_xalign (GTK_LABEL (name_label), 0.0f);
  gtk_widget_set_hexpand (name_label, TRUE);
  gtk_widget_add_css_class (name_label, "heading");
  gtk_widget_add_css_class (share_label, "numeric");
  gtk_box_append (GTK_BOX (heading), name_label);
  gtk_box_append (GTK_BOX (heading), share_label);
  gtk_box_append (GTK_BOX (lines), heading);
  if (prefectures != NULL)
    {
      GtkWidget *label = gtk_label_new (prefectures);

      gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_widget_add_css_class (label, "caption");
      gtk_box_append (GTK_BOX (lines), label);
    }
  gtk_box_append (self->province_box, lines);
}

static void
fill_provinces (DeskReachPanel *self, const ReunionReach *reach)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->province_box))) != NULL)
    gtk_box_remove (self->province_box, child);
  /* Nobody reads what is folded away. */
  if (!gtk_expander_get_expanded (self->expander))
    return;
  for (guint i = 0; i < reach->provinces->len; i++)
    add_province (self, reach, i);
}

/* --- the stages ------------------------------------------------------------------- */

static void
show_when (DeskReachPanel *self)
{
  const ReunionStage *stage
      = reunion_policy_get_stage (desk_session_get_policy (self->session), self->shown - 1);
  gint64 elapsed_usec = get_elapsed_usec (self);
  g_autofree char *wait = NULL;
  g_autofree char *text = NULL;

  if (elapsed_usec >= 0 && elapsed_usec < stage->after_usec)
    {
      wait = reunion_time_format_elapsed (stage->after_usec - elapsed_usec);
      /* Translators: radius of a circle, time until it grows so far */
      text = g_strdup_printf (_("Within %.0f km, in %s"), stage->radius_km, wait);
    }
  else if (elapsed_usec >= 0 && stage->id == get_current_stage (self))
    /* Translators: radius of the circle at this moment */
    text = g_strdup_printf (_("Within %.0f km, the circle now"), stage->radius_km);
  else
    /* Translators: radius of a circle */
    text = g_strdup_printf (_("Within %.0f km"), stage->radius_km);
  gtk_label_set_label (self->when_label, text);
}

static void
show_stage (DeskReachPanel *self, guint stage)
{
  const ReunionReach *reach = g_ptr_array_index (self->reaches, stage - 1);
  g_autofree char *headline = desk_reach_model_format_headline (reach);
  g_autofree char *extent = desk_reach_model_format_extent (reach);
  g_autofree char *outside = desk_reach_model_format_outside (reach);
  guint number = 1;

  self->shown = stage;
  self->is_setting = TRUE;
  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->stage_box));
       button != NULL; button = gtk_widget_get_next_sibling (button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), number++ == stage);
  self->is_setting = FALSE;
  set_text (self->headline_label, headline);
  set_text (self->extent_label, extent);
  set_text (self->outside_label, outside);
  gtk_widget_set_visible (GTK_WIDGET (self->expander), reach->provinces->len > 0);
  fill_provinces (self, reach);
  show_when (self);
}

static void
stage_toggled_cb (DeskReachPanel *self, GtkToggleButton *button)
{
  if (self->is_setting || self->reaches == NULL || !gtk_toggle_button_get_active (button))
    return;
  self->chosen = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "stage"));
  show_stage (self, self->chosen);
}

static void
make_stages (DeskReachPanel *self)
{
  ReunionPolicy *policy = desk_session_get_policy (self->session);
  GtkToggleButton *group = NULL;

  self->is_setting = TRUE;
  for (gsize i = 0; i < reunion_policy_get_n_stages (policy); i++)
    {
      const ReunionStage *stage = reunion_policy_get_stage (policy, i);
      /* Translators: a radius */
      g_autofree char *text = g_strdup_printf (_("%.0f km"), stage->radius_km);
      GtkWidget *button = gtk_toggle_button_new_with_label (text);

      g_object_set_data (G_OBJECT (button), "stage", GUINT_TO_POINTER (stage->id));
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), group);
      group = group != NULL ? group : GTK_TOGGLE_BUTTON (button);
      g_signal_connect_object (button, "toggled", G_CALLBACK (stage_toggled_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (self->stage_box, button);
    }
  self->is_setting = FALSE;
}

/* --- what is reached ---------------------------------------------------------------- */

static void
show_nothing (DeskReachPanel *self, const char *why)
{
  g_clear_pointer (&self->reaches, g_ptr_array_unref);
  gtk_widget_set_visible (self->reach_box, FALSE);
  set_text (self->empty_label, why);
}

static void
show_point (DeskReachPanel *self, ReunionPoint point)
{
  DeskReachSource *source = desk_reach_source_get (self->session);
  ReunionReachIndex *index = desk_reach_source_get_index (source);
  ReunionPolicy *policy = desk_session_get_policy (self->session);
  gsize n_stages = reunion_policy_get_n_stages (policy);
  g_autofree double *radii_km = g_new0 (double, n_stages);

  if (index == NULL)
    {
      show_nothing (self, desk_reach_source_is_ready (source)
                              ? _("Without a base map it can’t be told.")
                              : _("Reading the map…"));
      return;
    }
  if (self->reaches == NULL || point.lat_deg != self->point.lat_deg
      || point.lon_deg != self->point.lon_deg)
    {
      for (gsize i = 0; i < n_stages; i++)
        radii_km[i] = reunion_policy_get_stage (policy, i)->radius_km;
      g_clear_pointer (&self->reaches, g_ptr_array_unref);
      self->reaches = reunion_reach_index_compute (index, point, radii_km, n_stages);
      self->point = point;
      self->shown = 0;
    }
  set_text (self->empty_label, NULL);
  gtk_widget_set_visible (self->reach_box, TRUE);
  if (self->shown == 0 || (self->chosen == 0 && self->shown != get_current_stage (self)))
    show_stage (self, self->chosen > 0 ? self->chosen : get_current_stage (self));
  else
    show_when (self);
}

static void
update (DeskReachPanel *self)
{
  ReunionPoint point;

  if (self->session == NULL)
    return;
  if (self->case_ == NULL
      || !reunion_report_get_point (reunion_case_get_report (self->case_), &point))
    show_nothing (self, _("Set the point on the map first."));
  else
    show_point (self, point);
}

static void
tick_cb (DeskReachPanel *self)
{
  if (self->reaches != NULL && self->case_ != NULL)
    show_point (self, self->point);
}

static void
expanded_cb (DeskReachPanel *self)
{
  if (self->reaches != NULL && self->shown > 0)
    fill_provinces (self, g_ptr_array_index (self->reaches, self->shown - 1));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPANDED]);
}

static void
desk_reach_panel_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  DeskReachPanel *self = DESK_REACH_PANEL (object);

  if (property_id == PROP_EXPANDED)
    g_value_set_boolean (value, gtk_expander_get_expanded (self->expander));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
desk_reach_panel_set_property (GObject *object,
                               guint property_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  DeskReachPanel *self = DESK_REACH_PANEL (object);

  if (property_id == PROP_EXPANDED)
    gtk_expander_set_expanded (self->expander, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
desk_reach_panel_dispose (GObject *object)
{
  DeskReachPanel *self = DESK_REACH_PANEL (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->reaches, g_ptr_array_unref);
  g_clear_object (&self->case_);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (desk_reach_panel_parent_class)->dispose (object);
}

static void
desk_reach_panel_class_init (DeskReachPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = desk_reach_panel_dispose;
  object_class->get_property = desk_reach_panel_get_property;
  object_class->set_property = desk_reach_panel_set_property;
  properties[PROP_EXPANDED]
      = g_param_spec_boolean ("expanded", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class, DESK_RESOURCES "desk-reach-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskReachPanel, box);
  gtk_widget_class_bind_template_child (widget_class, DeskReachPanel, empty_label);
  gtk_widget_class_bind_template_child (widget_class, DeskReachPanel, reach_box);
  gtk_widget_class_bind_template_child (widget_class, DeskReachPanel, stage_box);
  gtk_widget_class_bind_template_child (widget_class, DeskReachPanel, when_label);
  gtk_widget_class_bind_template_child (widget_class, DeskReachPanel, headline_label);
  gtk_widget_class_bind_template_child (widget_class, DeskReachPanel, extent_label);
  gtk_widget_class_bind_template_child (widget_class, DeskReachPanel, outside_label);
  gtk_widget_class_bind_template_child (widget_class, DeskReachPanel, expander);
  gtk_widget_class_bind_template_child (widget_class, DeskReachPanel, province_box);
}

static void
desk_reach_panel_init (DeskReachPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->expander, "notify::expanded", G_CALLBACK (expanded_cb), self,
                           G_CONNECT_SWAPPED);
}

void
desk_reach_panel_set_session (DeskReachPanel *self, DeskSession *session)
{
  g_return_if_fail (DESK_IS_REACH_PANEL (self) && self->session == NULL);

  self->session = g_object_ref (session);
  make_stages (self);
  g_signal_connect_object (session, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk_reach_source_get (session), "ready", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

void
desk_reach_panel_set_case (DeskReachPanel *self, ReunionCase *case_)
{
  gboolean is_same;

  g_return_if_fail (DESK_IS_REACH_PANEL (self) && self->session != NULL);

  is_same = self->case_ != NULL && case_ != NULL
            && g_strcmp0 (reunion_case_get_id (self->case_), reunion_case_get_id (case_)) == 0;
  if (!is_same)
    self->chosen = self->shown = 0;
  g_set_object (&self->case_, case_);
  update (self);
}

void
desk_reach_panel_preview (DeskReachPanel *self, ReunionPoint point)
{
  g_return_if_fail (DESK_IS_REACH_PANEL (self) && self->session != NULL);
  g_return_if_fail (reunion_point_is_valid (point));

  show_point (self, point);
}
