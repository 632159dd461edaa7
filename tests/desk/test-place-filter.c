/* test-place-filter.c: which part of the country a list of cases is about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-place-filter.h"
#include "desk-test-utils.h"
#include "test-helpers.h"

#include <adwaita.h>

typedef struct
{
  StoreTestFolder *folder;
  DeskSession *session;
  DeskPlaceFilter *filter;
  GtkWidget *window;
  guint n_changed;
} Fixture;

static void
count_cb (guint *n)
{
  (*n)++;
}

/* @data: whether there is a base map. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionClient) client = reunion_client_new ("http://127.0.0.1:9");
  g_autoptr (ReunionStationStore) store = NULL;
  g_autoptr (ReunionSync) sync = NULL;
  g_autofree char *base_map = g_build_filename (g_getenv ("REUNION_SOURCE_ROOT"), "data", "basemap",
                                                "basemap.sqlite", NULL);

  fixture->folder = store_test_folder_new ();
  store = store_test_open_station (fixture->folder);
  sync = reunion_sync_new (store, client);
  fixture->session = desk_session_new (store, sync, GPOINTER_TO_INT (data) ? base_map : NULL);
  fixture->filter = g_object_new (DESK_TYPE_PLACE_FILTER, NULL);
  desk_place_filter_set_session (fixture->filter, fixture->session);
  g_signal_connect_swapped (fixture->filter, "changed", G_CALLBACK (count_cb), &fixture->n_changed);
  fixture->window = desk_test_show (GTK_WIDGET (fixture->filter));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  desk_test_close (fixture->window);
  g_object_unref (fixture->session);
  store_test_folder_free (fixture->folder);
}

static GtkWidget *
find (Fixture *fixture, GType type)
{
  GtkWidget *found = desk_test_find (GTK_WIDGET (fixture->filter), type, NULL);

  g_assert_nonnull (found);
  return found;
}

/* Types into the search and presses Enter. */
static void
search (Fixture *fixture, const char *text)
{
  GtkWidget *entry = find (fixture, GTK_TYPE_SEARCH_ENTRY);

  gtk_popover_popup (GTK_POPOVER (find (fixture, GTK_TYPE_POPOVER)));
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
}

static ReunionCaseQuery
ask (Fixture *fixture)
{
  ReunionCaseQuery query = { 0 };

  desk_place_filter_apply (fixture->filter, &query);
  return query;
}

/* By Chinese and by Latin name; another radius asks anew. */
static void
test_town (Fixture *fixture, gconstpointer data)
{
  const char *const names[] = { "贵阳", "guiyang" };

  g_assert_false (ask (fixture).has_circle);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      guint n_before = fixture->n_changed;
      ReunionCaseQuery query;

      search (fixture, names[i]);
      query = ask (fixture);
      test_expect_int ("changed", n_before + 1, fixture->n_changed);
      g_assert_true (query.has_circle);
      g_assert_false (query.has_box);
      test_expect_near (names[i], 26.6, query.centre.lat_deg, 0.3);
      test_expect_near (names[i], 106.7, query.centre.lon_deg, 0.3);
      test_expect_near ("radius", 50.0, query.radius_km, 1e-9);
      g_assert_true (
          g_str_has_prefix (desk_place_filter_get_label (fixture->filter), "Within 50 km of "));
    }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find (fixture, GTK_TYPE_DROP_DOWN)), 3);
  test_expect_int ("changed", 3, fixture->n_changed);
  test_expect_near ("radius", 200.0, ask (fixture).radius_km, 1e-9);
  g_assert_true (
      g_str_has_prefix (desk_place_filter_get_label (fixture->filter), "Within 200 km of "));
}

/* It goes again; and a radius alone asks for nothing. */
static void
test_cleared (Fixture *fixture, gconstpointer data)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find (fixture, GTK_TYPE_DROP_DOWN)), 4);
  test_expect_int ("changed", 0, fixture->n_changed);
  desk_place_filter_clear (fixture->filter);
  test_expect_int ("changed", 0, fixture->n_changed);
  search (fixture, "贵阳");
  desk_place_filter_clear (fixture->filter);
  test_expect_int ("changed", 2, fixture->n_changed);
  g_assert_false (ask (fixture).has_circle);
  g_assert_null (desk_place_filter_get_label (fixture->filter));
  test_expect_string ("search", "",
                      gtk_editable_get_text (GTK_EDITABLE (find (fixture, GTK_TYPE_SEARCH_ENTRY))));
}

/* Nothing that is so called: said, and nothing changes. */
static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  search (fixture, "贵阳");
  search (fixture, "Nowhereville-by-the-Void");
  sync_test_wait (desk_test_sees (GTK_WIDGET (fixture->filter),
                                  GPOINTER_TO_INT (data) ? "No town has this in its name."
                                                         : "No base map is installed"));
  test_expect_int ("changed", GPOINTER_TO_INT (data) ? 1 : 0, fixture->n_changed);
  test_expect_int ("still chosen", GPOINTER_TO_INT (data), ask (fixture).has_circle);
}

#define ADD(name, data, function)                                                                  \
  g_test_add ("/place-filter/" name, Fixture, GINT_TO_POINTER (data), set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("town", TRUE, test_town);
  ADD ("cleared", TRUE, test_cleared);
  ADD ("unknown", TRUE, test_unknown);
  ADD ("no-base-map", FALSE, test_unknown);
  return g_test_run ();
}
