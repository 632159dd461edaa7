/* desk-statistics-page.c: how many were issued, how many found, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-statistics-page.h"

#include "desk-widgets.h"

#include "reunion-region.h"
#include "reunion-statistics.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _DeskStatisticsPage
{
  GtkWidget parent_instance;

  DeskSession *session;
  GPtrArray *periods; /* ReunionStatistics */
  GPtrArray *outcome_rows;
  GPtrArray *province_rows;

  GtkStack *stack;
  GtkDropDown *period_drop;
  GtkWidget *headline_box;
  AdwPreferencesGroup *outcome_group;
  AdwPreferencesGroup *province_group;
};

G_DEFINE_FINAL_TYPE (DeskStatisticsPage, desk_statistics_page, GTK_TYPE_WIDGET)

static void
clear_rows (AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, rows->pdata[i]);
  g_ptr_array_set_size (rows, 0);
}

static void
add_headline (DeskStatisticsPage *self, const char *figure, const char *caption)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *number = gtk_label_new (figure);
  GtkWidget *text = gtk_label_new (caption);

  gtk_widget_add_css_class (number, "title-1");
  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_add_css_class (text, "dim-label");
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "desk-figure");
  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (self->headline_box), box);
}

static void
show_headlines (DeskStatisticsPage *self, const ReunionTally *tally)
{
  g_autofree char *issued = g_strdup_printf ("%'u", tally->issued);
  g_autofree char *found = g_strdup_printf ("%'u", reunion_tally_get_found (tally));
  g_autofree char *missing
      = g_strdup_printf ("%'u", tally->issued - reunion_tally_get_found (tally));
  g_autofree char *rate = g_strdup_printf ("%.2f %%", reunion_tally_get_found_percent (tally));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->headline_box)) != NULL)
    gtk_box_remove (GTK_BOX (self->headline_box), child);
  add_headline (self, issued, _("notices issued"));
  add_headline (self, found, _("found"));
  add_headline (self, rate, _("of those issued"));
  add_headline (self, missing, _("not found"));
}

/* A name, a bar, and the number that the bar stands for. */
static GtkWidget *
make_bar_row (const char *name, double share, const char *figure)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *number = gtk_label_new (figure);
  GtkWidget *bar = gtk_level_bar_new ();

  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), CLAMP (share, 0.0, 1.0));
  /* One colour: a full bar is no warning here. */
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_FULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (number, "numeric");
  gtk_grid_attach (GTK_GRID (grid), label, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), number, 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), bar, 0, 1, 2, 1);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_widget_add_css_class (grid, "desk-bar-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), grid);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static void
show_outcomes (DeskStatisticsPage *self, const ReunionTally *tally)
{
  guint most = 1;

  clear_rows (self->outcome_group, self->outcome_rows);
  for (guint i = 0; i < REUNION_N_OUTCOMES; i++)
    most = MAX (most, tally->by_outcome[i]);
  for (guint i = 1; i <= REUNION_N_OUTCOMES; i++)
    {
      /* Those not found come last. */
      ReunionOutcome outcome = i < REUNION_N_OUTCOMES ? i : REUNION_OUTCOME_NONE;
      guint count = tally->by_outcome[outcome];
      g_autofree char *figure = g_strdup_printf (
          "%'u  (%.1f %%)", count, tally->issued > 0 ? 100.0 * count / tally->issued : 0.0);
      GtkWidget *row = make_bar_row (
          outcome != REUNION_OUTCOME_NONE ? reunion_outcome_get_label (outcome) : _("Not found"),
          (double) count / most, figure);

      adw_preferences_group_add (self->outcome_group, row);
      g_ptr_array_add (self->outcome_rows, row);
    }
}

typedef struct
{
  const ReunionProvince *province;
  const ReunionTally *tally;
} Line;

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const Line *one = a;
  const Line *other = b;

  if (one->tally->issued != other->tally->issued)
    return one->tally->issued > other->tally->issued ? -1 : 1;
  return strcmp (one->province->code, other->province->code);
}

static void
show_provinces (DeskStatisticsPage *self, ReunionStatistics *statistics)
{
  gsize n_provinces;
  const ReunionProvince *provinces = reunion_province_get_all (&n_provinces);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Line));

  clear_rows (self->province_group, self->province_rows);
  for (gsize i = 0; i < n_provinces; i++)
    {
      Line line
          = { &provinces[i], reunion_statistics_get_province (statistics, provinces[i].code) };

      if (line.tally != NULL && line.tally->issued > 0)
        g_array_append_val (lines, line);
    }
  g_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);
      /* Translators: found, issued, per cent found */
      g_autofree char *figure = g_strdup_printf (
          _("%'u of %'u found  (%.1f %%)"), reunion_tally_get_found (line->tally),
          line->tally->issued, reunion_tally_get_found_percent (line->tally));
      GtkWidget *row = make_bar_row (
          reunion_province_get_label (line->province),
          (double) line->tally->issued / g_array_index (lines, Line, 0).tally->issued, figure);

      adw_preferences_group_add (self->province_group, row);
      g_ptr_array_add (self->province_rows, row);
    }
}

static void
show_period (DeskStatisticsPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->period_drop);
  ReunionStatistics *statistics;

  if (self->periods == NULL || selected >= self->periods->len)
    return;
  statistics = self->periods->pdata[selected];
  show_headlines (self, reunion_statistics_get_total (statistics));
  show_outcomes (self, reunion_statistics_get_total (statistics));
  show_provinces (self, statistics);
}

static void
period_cb (DeskStatisticsPage *self)
{
  show_period (self);
}

static char *
format_day (gint64 usec)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (usec / G_TIME_SPAN_SECOND);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d") : g_strdup ("");
}

static char *
format_period (ReunionStatistics *statistics)
{
  g_autofree char *from = format_day (reunion_statistics_get_from_usec (statistics));
  /* The end is not part of it. */
  g_autofree char *to
      = format_day (reunion_statistics_get_to_usec (statistics) - G_TIME_SPAN_SECOND);

  if (reunion_statistics_get_to_usec (statistics) == 0)
    /* Translators: a day */
    return g_strdup_printf (_("Since %s"), from);
  /* Translators: two days */
  return g_strdup_printf (_("%s to %s"), from, to);
}

static void
refresh (DeskStatisticsPage *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = gtk_drop_down_get_selected (self->period_drop);

  g_clear_pointer (&self->periods, g_ptr_array_unref);
  self->periods = reunion_station_store_list_statistics (desk_session_get_store (self->session));
  for (guint i = 0; i < self->periods->len; i++)
    {
      g_autofree char *label = format_period (self->periods->pdata[i]);

      gtk_string_list_append (labels, label);
    }
  gtk_stack_set_visible_child_name (self->stack, self->periods->len > 0 ? "figures" : "empty");
  gtk_drop_down_set_model (self->period_drop, G_LIST_MODEL (labels));
  if (selected < self->periods->len)
    gtk_drop_down_set_selected (self->period_drop, selected);
  show_period (self);
}

/* Only while somebody looks: making the rows anew is not free. */
static void
changed_cb (DeskStatisticsPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
}

static void
desk_statistics_page_dispose (GObject *object)
{
  DeskStatisticsPage *self = DESK_STATISTICS_PAGE (object);

  if (self->stack != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->stack));
  self->stack = NULL;
  g_clear_pointer (&self->periods, g_ptr_array_unref);
  g_clear_pointer (&self->outcome_rows, g_ptr_array_unref);
  g_clear_pointer (&self->province_rows, g_ptr_array_unref);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (desk_statistics_page_parent_class)->dispose (object);
}

static void
desk_statistics_page_class_init (DeskStatisticsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_statistics_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               DESK_RESOURCES "desk-statistics-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskStatisticsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskStatisticsPage, period_drop);
  gtk_widget_class_bind_template_child (widget_class, DeskStatisticsPage, headline_box);
  gtk_widget_class_bind_template_child (widget_class, DeskStatisticsPage, outcome_group);
  gtk_widget_class_bind_template_child (widget_class, DeskStatisticsPage, province_group);
  gtk_widget_class_bind_template_callback (widget_class, period_cb);
}

static void
desk_statistics_page_init (DeskStatisticsPage *self)
{
  self->outcome_rows = g_ptr_array_new ();
  self->province_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
desk_statistics_page_set_session (DeskStatisticsPage *self, DeskSession *session)
{
  g_return_if_fail (DESK_IS_STATISTICS_PAGE (self) && self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (refresh), NULL);
  refresh (self);
}
