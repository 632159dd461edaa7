/* test-time-bar.c: the map of a case, moved through time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-case-map.h"
#include "desk-test-utils.h"
#include "reunion-time.h"
#include "test-helpers.h"

#include <adwaita.h>

#define H REUNION_HOUR_USEC

typedef struct
{
  DeskTest *desk;
  ReunionCase *case_;
  gint64 loss_usec;
  DeskCaseMap *map;
  DeskTimeBar *bar;
  GtkWidget *window;
  guint n_moved;
} Fixture;

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
feed_tip (Fixture *fixture, gint64 sequence, const char *id, gint64 seen_usec)
{
  g_autoptr (ReunionTip) tip = store_test_make_tip (id, "c-1", "在车站看到他");

  reunion_tip_set_point (tip, (ReunionPoint){ 26.7, 105.8 });
  reunion_tip_set_seen_usec (tip, seen_usec);
  store_test_feed_tip (fixture->desk->base->store, sequence, tip);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  ReunionReport *report;

  fixture->desk = desk_test_new ();
  fixture->loss_usec
      = desk_session_get_now_usec (fixture->desk->session) - 100 * REUNION_MINUTE_USEC;
  fixture->case_ = reunion_case_new ("c-1");
  report = reunion_case_get_report (fixture->case_);
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN, fixture->loss_usec);
  reunion_report_set_point (report, (ReunionPoint){ 26.668, 105.7723 });
  reunion_case_set_state (fixture->case_, REUNION_CASE_STATE_PUBLISHED);
  fixture->map = g_object_new (DESK_TYPE_CASE_MAP, NULL);
  desk_case_map_set_session (fixture->map, fixture->desk->session);
  fixture->bar = desk_case_map_get_time_bar (fixture->map);
  g_signal_connect_swapped (fixture->map, "moved", G_CALLBACK (count_cb), &fixture->n_moved);
  fixture->window = desk_test_show (GTK_WIDGET (fixture->map));
  desk_case_map_set_case (fixture->map, fixture->case_, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  desk_test_close (fixture->window);
  g_object_unref (fixture->case_);
  desk_test_free (fixture->desk);
}

/* --- what is on the map ------------------------------------------------------------- */

static guint
count_rings (Fixture *fixture)
{
  GtkWidget *layer = desk_test_find (GTK_WIDGET (fixture->map), REUNION_TYPE_RING_LAYER, NULL);
  guint n = 0;

  while (reunion_ring_layer_get_shape (REUNION_RING_LAYER (layer), n) != NULL)
    n++;
  return n;
}

static guint
count_tips (Fixture *fixture)
{
  return reunion_tip_layer_get_n_tips (
      REUNION_TIP_LAYER (desk_test_find (GTK_WIDGET (fixture->map), REUNION_TYPE_TIP_LAYER, NULL)));
}

static GtkRange *
get_scale (Fixture *fixture)
{
  return GTK_RANGE (desk_test_find (GTK_WIDGET (fixture->bar), GTK_TYPE_SCALE, NULL));
}

static void
press (GtkWidget *root, const char *label)
{
  GtkWidget *button = desk_test_find (root, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static void
type_time (Fixture *fixture, const char *text)
{
  GtkWidget *button = desk_test_find (GTK_WIDGET (fixture->bar), GTK_TYPE_MENU_BUTTON, NULL);
  GtkPopover *popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));
  GtkWidget *entry;

  gtk_popover_popup (popover);
  entry = desk_test_find (GTK_WIDGET (popover), GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
}

static void
test_live (Fixture *fixture, gconstpointer data)
{
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->bar)));
  g_assert_true (desk_time_bar_get_is_live (fixture->bar));
  g_assert_true (desk_test_sees (GTK_WIDGET (fixture->bar), "200 km"));
  test_expect_int ("rings", 3, (int) count_rings (fixture));
}

/* Rings, tips and figures go together. */
static void
test_moved (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    gint64 after_usec;
    guint n_rings;
    guint n_tips;
    const char *radius;
  } rows[] = {
    { 0, 4, 0, "100 km" },     { 40 * REUNION_MINUTE_USEC, 4, 1, "100 km" },
    { H, 3, 1, "200 km" },     { 2 * H, 2, 2, "300 km" },
    { 3 * H, 1, 2, "500 km" }, { 4 * H, 1, 2, "500 km" },
  };

  feed_tip (fixture, 1, "t-1", fixture->loss_usec + H / 2);
  feed_tip (fixture, 2, "t-2", fixture->loss_usec + 3 * H / 2);
  sync_test_wait (count_tips (fixture) == 2);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      desk_time_bar_set_moment_usec (fixture->bar, fixture->loss_usec + rows[i].after_usec);
      test_expect_int ("moved", (int) i + 1, (int) fixture->n_moved);
      test_expect_int ("rings", (int) rows[i].n_rings, (int) count_rings (fixture));
      test_expect_int ("tips", (int) rows[i].n_tips, (int) count_tips (fixture));
      if (!desk_test_sees (GTK_WIDGET (fixture->bar), rows[i].radius))
        test_fail ("row %d: expected %s under the map", (int) i, rows[i].radius);
    }
  press (GTK_WIDGET (fixture->bar), "Now");
  g_assert_true (desk_time_bar_get_is_live (fixture->bar));
  test_expect_int ("rings now", 3, (int) count_rings (fixture));
}

static void
test_scale (Fixture *fixture, gconstpointer data)
{
  gboolean handled;

  g_signal_emit_by_name (get_scale (fixture), "change-value", GTK_SCROLL_START, 0.0, &handled);
  g_assert_cmpint (desk_time_bar_get_moment_usec (fixture->bar), ==, fixture->loss_usec);
  g_signal_emit_by_name (get_scale (fixture), "change-value", GTK_SCROLL_END, 1.0, &handled);
  g_assert_cmpint (desk_time_bar_get_moment_usec (fixture->bar), >, fixture->loss_usec + 5 * H - 1);
  g_assert_cmpfloat_with_epsilon (gtk_range_get_value (get_scale (fixture)), 1.0, 1e-9);
}

/* Played to its end it stays there. */
static void
test_played (Fixture *fixture, gconstpointer data)
{
  guint n_before = fixture->n_moved;

  desk_time_bar_set_moment_usec (fixture->bar, fixture->loss_usec + 4 * H + H / 2);
  /* The button beside the line. */
  press (gtk_widget_get_parent (GTK_WIDGET (get_scale (fixture))), NULL);
  sync_test_wait (count_rings (fixture) == 1 && gtk_range_get_value (get_scale (fixture)) >= 1.0);
  g_assert_cmpuint (fixture->n_moved, >, n_before + 2);
  g_assert_false (desk_time_bar_get_is_live (fixture->bar));
}

static void
test_typed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 wanted_usec = (fixture->loss_usec / REUNION_SECOND_USEC + 9000) * REUNION_SECOND_USEC;
  g_autofree char *text = reunion_time_format_exact (wanted_usec, zone);

  type_time (fixture, text);
  g_assert_cmpint (desk_time_bar_get_moment_usec (fixture->bar), ==, wanted_usec);
  type_time (fixture, "half past nonsense");
  g_assert_cmpint (desk_time_bar_get_moment_usec (fixture->bar), ==, wanted_usec);
  type_time (fixture, "2001-01-01 12:00");
  g_assert_cmpint (desk_time_bar_get_moment_usec (fixture->bar), ==, wanted_usec);
  g_assert_true (desk_test_sees (GTK_WIDGET (fixture->bar), "The line reaches from"));
}

/* The same case, edited, stays at its moment; another starts with the clock. */
static void
test_another_case (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) edited = reunion_case_copy (fixture->case_);
  g_autoptr (ReunionCase) other = reunion_case_new ("c-2");
  gint64 moment_usec = fixture->loss_usec + 4 * H;

  desk_time_bar_set_moment_usec (fixture->bar, moment_usec);
  desk_case_map_set_case (fixture->map, edited, FALSE);
  g_assert_cmpint (desk_time_bar_get_moment_usec (fixture->bar), ==, moment_usec);
  desk_case_map_set_case (fixture->map, other, FALSE);
  g_assert_true (desk_time_bar_get_is_live (fixture->bar));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->bar)));
}

/* It has no circle now, and had one. */
static void
test_ended (Fixture *fixture, gconstpointer data)
{
  reunion_case_set_state (fixture->case_, REUNION_CASE_STATE_CLOSED);
  reunion_case_set_closed_usec (fixture->case_, fixture->loss_usec + H + H / 2);
  desk_case_map_set_case (fixture->map, fixture->case_, FALSE);
  test_expect_int ("rings now", 0, (int) count_rings (fixture));
  desk_time_bar_set_moment_usec (fixture->bar, fixture->loss_usec + H / 2);
  test_expect_int ("rings then", 4, (int) count_rings (fixture));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  adw_init ();
  g_test_add ("/time-bar/live", Fixture, NULL, set_up, test_live, tear_down);
  g_test_add ("/time-bar/moved", Fixture, NULL, set_up, test_moved, tear_down);
  g_test_add ("/time-bar/scale", Fixture, NULL, set_up, test_scale, tear_down);
  g_test_add ("/time-bar/played", Fixture, NULL, set_up, test_played, tear_down);
  g_test_add ("/time-bar/typed", Fixture, NULL, set_up, test_typed, tear_down);
  g_test_add ("/time-bar/another-case", Fixture, NULL, set_up, test_another_case, tear_down);
  g_test_add ("/time-bar/ended", Fixture, NULL, set_up, test_ended, tear_down);
  return g_test_run ();
}
