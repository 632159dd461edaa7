/* test-reach-panel.c: what the circle of a case reaches, in a real window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-reach-panel.h"
#include "desk-reach-source.h"
#include "desk-test-utils.h"
#include "desk-tip-travel.h"

#include <adwaita.h>

typedef struct
{
  DeskTest *desk;
  DeskSession *session;
  ReunionCase *case_;
  DeskReachPanel *panel;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_getenv ("REUNION_SOURCE_ROOT"), "data", "basemap",
                                            "basemap.sqlite", NULL);
  DeskReachSource *source;

  fixture->desk = desk_test_new ();
  fixture->session = desk_session_new (desk_session_get_store (fixture->desk->session),
                                       desk_session_get_sync (fixture->desk->session),
                                       data != NULL ? NULL : path);
  fixture->case_ = reunion_case_new ("case-1");
  fixture->panel = g_object_new (DESK_TYPE_REACH_PANEL, "expanded", TRUE, NULL);
  desk_reach_panel_set_session (fixture->panel, fixture->session);
  fixture->window = desk_test_show (GTK_WIDGET (fixture->panel));
  source = desk_reach_source_get (fixture->session);
  while (!desk_reach_source_is_ready (source))
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  desk_test_close (fixture->window);
  g_clear_object (&fixture->case_);
  g_clear_object (&fixture->session);
  g_clear_pointer (&fixture->desk, desk_test_free);
}

static void
set_loss (Fixture *fixture, ReunionPoint point, gint64 ago_usec)
{
  ReunionReport *report = reunion_case_get_report (fixture->case_);

  reunion_report_set_point (report, point);
  reunion_report_set_int (report, REUNION_FIELD_LAST_SEEN,
                          desk_session_get_now_usec (fixture->session) - ago_usec);
}

static void
expect (Fixture *fixture, const char *part)
{
  if (!desk_test_sees (GTK_WIDGET (fixture->panel), part))
    g_error ("expected to see “%s”", part);
}

static void
test_stages (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button;

  desk_reach_panel_set_case (fixture->panel, fixture->case_);
  expect (fixture, "Set the point on the map first.");
  set_loss (fixture, (ReunionPoint){ 26.663, 105.769 }, 90 * G_TIME_SPAN_MINUTE);
  desk_reach_panel_set_case (fixture->panel, fixture->case_);
  expect (fixture, "Within 200 km, the circle now");
  expect (fixture, "At least ");
  expect (fixture, "Guizhou");
  expect (fixture, "Whole: ");
  expect (fixture, "GeoNames");
  button = desk_test_find (GTK_WIDGET (fixture->panel), GTK_TYPE_TOGGLE_BUTTON, "500 km");
  g_assert_nonnull (button);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  expect (fixture, "Within 500 km, in 1 h ");
  expect (fixture, "Sichuan");
  /* What was chosen stays chosen when the report is edited. */
  desk_reach_panel_set_case (fixture->panel, fixture->case_);
  expect (fixture, "Within 500 km, in 1 h ");
}

static void
test_moves (Fixture *fixture, gconstpointer data)
{
  set_loss (fixture, (ReunionPoint){ 26.663, 105.769 }, G_TIME_SPAN_MINUTE);
  desk_reach_panel_set_case (fixture->panel, fixture->case_);
  expect (fixture, "Guizhou");
  desk_reach_panel_preview (fixture->panel, (ReunionPoint){ 37.735, 115.694 });
  expect (fixture, "Hebei");
  g_assert_false (desk_test_sees (GTK_WIDGET (fixture->panel), "Guizhou"));
  desk_reach_panel_preview (fixture->panel, (ReunionPoint){ 20.0, 160.0 });
  expect (fixture, "No province is reached");
  expect (fixture, "All of the circle is sea or abroad.");
  desk_reach_panel_set_case (fixture->panel, fixture->case_);
  expect (fixture, "Guizhou");
}

static void
test_no_map (Fixture *fixture, gconstpointer data)
{
  set_loss (fixture, (ReunionPoint){ 26.663, 105.769 }, G_TIME_SPAN_MINUTE);
  desk_reach_panel_set_case (fixture->panel, fixture->case_);
  expect (fixture, "Without a base map it can’t be told.");
}

/* The icon tells what can't be from what can, not the colour alone. */
static void
test_tip_line (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    double away_km;
    const char *icon;
  } lines[] = {
    { 3.0, "emblem-ok-symbolic" },
    { 100.0, "emblem-ok-symbolic" },
    { 300.0, "dialog-question-symbolic" },
    { 400.0, "dialog-warning-symbolic" },
  };
  ReunionPoint lost = { 37.735, 115.694 };
  gint64 lost_usec;

  set_loss (fixture, lost, 2 * G_TIME_SPAN_HOUR);
  lost_usec = reunion_report_get_int (reunion_case_get_report (fixture->case_),
                                      REUNION_FIELD_LAST_SEEN, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (ReunionTip) tip = reunion_tip_new ("tip-1", "case-1");
      g_autoptr (GtkWidget) line = NULL;

      reunion_tip_set_point (tip, reunion_geodesy_destination (lost, 200.0, lines[i].away_km));
      reunion_tip_set_seen_usec (tip, lost_usec + G_TIME_SPAN_HOUR);
      line = g_object_ref_sink (desk_tip_travel_make_line (tip, fixture->case_));
      g_assert_cmpstr (gtk_image_get_icon_name (GTK_IMAGE (gtk_widget_get_first_child (line))), ==,
                       lines[i].icon);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/desk/reach-panel/stages", Fixture, NULL, set_up, test_stages, tear_down);
  g_test_add ("/desk/reach-panel/moves", Fixture, NULL, set_up, test_moves, tear_down);
  g_test_add ("/desk/reach-panel/no-map", Fixture, "none", set_up, test_no_map, tear_down);
  g_test_add ("/desk/reach-panel/tip-line", Fixture, NULL, set_up, test_tip_line, tear_down);
  return g_test_run ();
}
