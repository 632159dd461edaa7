/* reunion-tip-card.c: the card beside a tip or a cluster
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-tip-card.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "reunion-geodesy.h"
#include "reunion-time.h"

#define MARGIN_PX 8
#define OFF_PX 20

struct _ReunionTipCard
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *facts;
  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (ReunionTipCard, reunion_tip_card, GTK_TYPE_WIDGET)

static char *
format_seen (gint64 usec)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  return usec > 0 ? reunion_time_format (usec, zone) : g_strdup (_ ("Time not known"));
}

/* NULL when nothing was lost. Transfer full. */
static char *
format_distance (const ReunionTipSpot *tip, const ReunionPoint *lost)
{
  double distance_km;

  if (lost == NULL)
    return NULL;
  distance_km = reunion_geodesy_distance_km (*lost, tip->point);
  return g_strdup_printf (/* Translators: how far a tip is from the place of loss */
                          distance_km < 10.0 ? _ ("%.1f km from the place of loss")
                                             : _ ("%.0f km from the place of loss"),
                          distance_km);
}

static const char *
place_of (const ReunionTipSpot *tip)
{
  return tip->label != NULL && *tip->label != '\0' ? tip->label : _ ("Place not named");
}

/* Transfer full, NULL for nothing said. */
static char *
first_line (const char *text)
{
  g_autofree char *line = NULL;

  if (text == NULL)
    return NULL;
  line = g_strndup (text, strcspn (text, "\r\n"));
  g_strstrip (line);
  return *line != '\0' ? g_steal_pointer (&line) : NULL;
}

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
show_tip (ReunionTipCard *self, const ReunionTipSpot *tip, const ReunionPoint *lost)
{
  g_autofree char *seen = format_seen (tip->seen_usec);
  g_autofree char *distance = format_distance (tip, lost);
  g_autofree char *line = first_line (tip->text);
  g_autoptr (GString) facts = g_string_new (reunion_tip_mark_get_sign (tip->mark));

  g_string_append_printf (facts, " %s\n%s", reunion_tip_mark_get_label (tip->mark), seen);
  if (distance != NULL)
    g_string_append_printf (facts, "\n%s", distance);
  if (tip->note != NULL)
    g_string_append_printf (facts, "\n%s", tip->note);
  gtk_label_set_text (self->title, place_of (tip));
  gtk_label_set_text (self->facts, facts->str);
  show_text (self->text, line);
}

static void
show_cluster (ReunionTipCard *self,
              const ReunionTipSet *set,
              const ReunionTipHit *hit,
              const ReunionPoint *lost)
{
  const ReunionTipSpot *newest = reunion_tip_set_get (set, hit->tip);
  g_autofree char *title = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u tip", "%u tips", hit->count), hit->count);
  g_autofree char *seen = format_seen (newest->seen_usec);
  /* Translators: of several tips, when and where the newest was seen */
  g_autofree char *line = g_strdup_printf (_ ("Newest: %s, %s"), seen, place_of (newest));
  g_autoptr (GString) facts = g_string_new (NULL);

  for (guint i = 0; i < REUNION_N_TIP_MARKS; i++)
    if (hit->counts[i] > 0)
      g_string_append_printf (facts, "%s%s %u %s", facts->len > 0 ? "\n" : "",
                              reunion_tip_mark_get_sign ((ReunionTipMark) i), hit->counts[i],
                              reunion_tip_mark_get_label ((ReunionTipMark) i));
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->facts, facts->str);
  show_text (self->text, line);
}

static void
reunion_tip_card_dispose (GObject *object)
{
  ReunionTipCard *self = REUNION_TIP_CARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (reunion_tip_card_parent_class)->dispose (object);
}

static void
reunion_tip_card_class_init (ReunionTipCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reunion_tip_card_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "tip-card");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_TOOLTIP);
}

static GtkLabel *
add_label (ReunionTipCard *self, const char *style, int n_lines)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 34);
  gtk_label_set_lines (GTK_LABEL (label), n_lines);
  if (n_lines > 0)
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (self->box), label);
  return GTK_LABEL (label);
}

static void
reunion_tip_card_init (ReunionTipCard *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->title = add_label (self, "heading", 2);
  self->facts = add_label (self, NULL, -1);
  self->text = add_label (self, "caption", 2);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
reunion_tip_card_new (void)
{
  return g_object_new (REUNION_TYPE_TIP_CARD, NULL);
}

void
reunion_tip_card_set_hit (ReunionTipCard *self,
                          const ReunionTipSet *set,
                          const ReunionTipHit *hit,
                          const ReunionPoint *lost)
{
  g_return_if_fail (REUNION_IS_TIP_CARD (self) && set != NULL && hit != NULL);

  if (hit->count > 1)
    show_cluster (self, set, hit, lost);
  else
    show_tip (self, reunion_tip_set_get (set, hit->tip), lost);
}

void
reunion_tip_card_place (ReunionTipCard *self, double x, double y, int width, int height)
{
  GtkRequisition size;
  int left;
  int top;

  g_return_if_fail (REUNION_IS_TIP_CARD (self));

  /* Margins are part of what a widget asks for. */
  gtk_widget_set_margin_start (GTK_WIDGET (self), 0);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 0);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_get_preferred_size (GTK_WIDGET (self), NULL, &size);
  left = (int) round (x) - size.width / 2;
  top = (int) round (y) - OFF_PX - size.height;
  if (top < MARGIN_PX)
    top = (int) round (y) + OFF_PX;
  left = MAX (MIN (left, width - size.width - MARGIN_PX), MARGIN_PX);
  top = MAX (MIN (top, height - size.height - MARGIN_PX), MARGIN_PX);
  gtk_widget_set_margin_start (GTK_WIDGET (self), left);
  gtk_widget_set_margin_top (GTK_WIDGET (self), top);
}

char *
reunion_tip_card_describe (const ReunionTipSet *set, guint tip, const ReunionPoint *lost)
{
  const ReunionTipSpot *spot = reunion_tip_set_get (set, tip);
  g_autofree char *seen = NULL;
  g_autofree char *distance = NULL;
  guint n = reunion_tip_set_get_n (set);

  g_return_val_if_fail (spot != NULL, NULL);

  seen = format_seen (spot->seen_usec);
  distance = format_distance (spot, lost);
  if (distance != NULL)
    return g_strdup_printf (
        /* Translators: a tip, for a screen reader: its number in order of time, of how many,
         * state, place, time, distance */
        _ ("Tip %u of %u: %s, %s, %s, %s"), n - tip, n, reunion_tip_mark_get_label (spot->mark),
        place_of (spot), seen, distance);
  /* Translators: the same without a distance */
  return g_strdup_printf (_ ("Tip %u of %u: %s, %s, %s"), n - tip, n,
                          reunion_tip_mark_get_label (spot->mark), place_of (spot), seen);
}
