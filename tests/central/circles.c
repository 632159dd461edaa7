/* circles.c: tests of which circles hold a point, against a look at every one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-fixture.h"
#include "reunion-central-circles.h"

#include <string.h>

typedef struct
{
  char *id;
  ReunionPoint centre;
  double radius_km;
} Circle;

static void
circle_free (Circle *circle)
{
  g_free (circle->id);
  g_free (circle);
}

static const struct
{
  const char *what;
  double from_lat, to_lat, from_lon, to_lon;
  guint n_cases;
} regions[] = {
  { "China", 18, 53, 73, 135, 900 },
  { "180 degrees", -20, 20, 170, 180, 150 },
  { "the other side of it", -20, 20, -180, -170, 150 },
  { "the north pole", 80, 90, -180, 180, 150 },
  { "the south pole", -90, -80, -180, 180, 150 },
  { "anywhere", -90, 90, -180, 180, 200 },
};

static const double radii_km[] = { 1, 100, 200, 300, 500, 500, 500, 3000, 11000, 19000 };

static ReunionPoint
pick_point (GRand *random_state, gsize region)
{
  return (ReunionPoint){
    .lat_deg = g_rand_double_range (random_state, regions[region].from_lat, regions[region].to_lat),
    .lon_deg = g_rand_double_range (random_state, regions[region].from_lon, regions[region].to_lon),
  };
}

static void
put_case (CentralFixture *fixture, Circle *circle, gint64 published_usec)
{
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  GError *error = NULL;

  circle->id = g_strdup (reunion_case_get_id (case_));
  reunion_report_set_point (reunion_case_get_report (case_), circle->centre);
  reunion_case_set_state (case_, REUNION_CASE_STATE_PUBLISHED);
  reunion_case_set_published_usec (case_, published_usec);
  if (!reunion_central_store_put_case (fixture->store, case_, -1, &error)
      || !reunion_central_store_put_circle (fixture->store, case_, circle->radius_km, &error))
    g_error ("%s", error->message);
}

/* Transfer full. */
static GPtrArray *
fill (CentralFixture *fixture, GRand *random_state)
{
  GPtrArray *circles = g_ptr_array_new_with_free_func ((GDestroyNotify) circle_free);

  g_assert_true (reunion_central_store_begin (fixture->store, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (regions); i++)
    for (guint j = 0; j < regions[i].n_cases; j++)
      {
        Circle *circle = g_new0 (Circle, 1);
        gsize n_radii = i == 0 ? 7 : G_N_ELEMENTS (radii_km);

        circle->centre = pick_point (random_state, i);
        circle->radius_km = radii_km[g_rand_int_range (random_state, 0, (int) n_radii)];
        put_case (fixture, circle, fixture->now_usec - (gint64) j);
        g_ptr_array_add (circles, circle);
      }
  g_assert_true (reunion_central_store_commit (fixture->store, NULL));
  return circles;
}

static void
check_point (CentralFixture *fixture, GPtrArray *circles, ReunionPoint point, guint *n_found)
{
  g_autoptr (GHashTable) expected = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) found = NULL;
  GError *error = NULL;
  guint n_alerts = 0;

  for (guint i = 0; i < circles->len; i++)
    {
      Circle *circle = circles->pdata[i];

      if (reunion_geodesy_distance_km (circle->centre, point) <= circle->radius_km)
        g_hash_table_add (expected, circle->id);
    }
  found
      = reunion_central_store_list_circles_at (fixture->store, point, G_MAXINT, &n_alerts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_alerts, ==, found->len);
  for (guint i = 0; i < found->len; i++)
    {
      const ReunionCircle *alert = found->pdata[i];

      if (!g_hash_table_remove (expected, alert->case_id))
        g_error ("%g %g: %s at %g %g with %g km was found, and does not hold it (or twice)",
                 point.lat_deg, point.lon_deg, alert->case_id, alert->centre.lat_deg,
                 alert->centre.lon_deg, alert->radius_km);
      g_assert_cmpfloat_with_epsilon (alert->distance_km,
                                      reunion_geodesy_distance_km (alert->centre, point), 1e-9);
      if (i > 0)
        g_assert_cmpint (alert->published_usec, <=,
                         ((const ReunionCircle *) found->pdata[i - 1])->published_usec);
    }
  if (g_hash_table_size (expected) > 0)
    g_error ("%g %g: %u of %u were not found", point.lat_deg, point.lon_deg,
             g_hash_table_size (expected), n_alerts + g_hash_table_size (expected));
  *n_found += n_alerts;
}

static void
test_brute_force (CentralFixture *fixture, gconstpointer data)
{
  static const ReunionPoint corners[]
      = { { 90, 0 }, { -90, 0 }, { 0, 180 }, { 0, -180 }, { 0, 0 }, { 89.999, 179.999 } };
  g_autoptr (GRand) random_state = g_rand_new_with_seed (20160515);
  g_autoptr (GPtrArray) circles = fill (fixture, random_state);
  guint n_found = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (corners); i++)
    check_point (fixture, circles, corners[i], &n_found);
  for (guint i = 0; i < 240; i++)
    check_point (fixture, circles, pick_point (random_state, i % G_N_ELEMENTS (regions)), &n_found);
  g_test_message ("%u circles found in 246 questions", n_found);
  g_assert_cmpuint (n_found, >, 1000);
}

/* At the very edge the geodesic decides. */
static void
test_edge (CentralFixture *fixture, gconstpointer data)
{
  Circle circle = { .centre = { 45.0, 100.0 }, .radius_km = 500.0 };
  GError *error = NULL;

  g_assert_true (reunion_central_store_begin (fixture->store, NULL));
  put_case (fixture, &circle, fixture->now_usec);
  g_assert_true (reunion_central_store_commit (fixture->store, NULL));
  for (guint i = 0; i < 720; i++)
    {
      gboolean is_inside = i % 2 == 0;
      ReunionPoint point
          = reunion_geodesy_destination (circle.centre, i / 2.0, is_inside ? 499.9999 : 500.0001);
      g_autoptr (GPtrArray) found
          = reunion_central_store_list_circles_at (fixture->store, point, 10, NULL, &error);

      g_assert_no_error (error);
      if (found->len != (is_inside ? 1 : 0))
        g_error ("bearing %g: expected %d, found %u", i / 2.0, is_inside, found->len);
    }
  g_free (circle.id);
}

static JsonObject *
ask (CentralFixture *fixture, double lat_deg, double lon_deg)
{
  g_autofree char *path = g_strdup_printf ("/v1/alerts?lat=%g&lon=%g", lat_deg, lon_deg);

  return central_fixture_expect (fixture, 200, NOBODY, "GET", path, NULL);
}

static guint
count (CentralFixture *fixture, double lat_deg, double lon_deg)
{
  g_autoptr (JsonObject) answer = ask (fixture, lat_deg, lon_deg);

  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (answer, "alerts")), ==,
                    json_object_get_int_member (answer, "n_alerts"));
  return (guint) json_object_get_int_member (answer, "n_alerts");
}

/* A notice is found where its circle is, as long as it is out. */
static void
test_route (CentralFixture *fixture, gconstpointer data)
{
  /* Guiyang is 120 km from Zhijin, Chengdu 470 km, Beijing 1,700 km. */
  g_autofree char *id = central_fixture_publish (fixture, 600);
  gint64 lost_usec = fixture->now_usec - 600 * G_TIME_SPAN_SECOND;
  g_autoptr (JsonObject) near = ask (fixture, 26.9, 105.9);
  g_autoptr (JsonObject) closed = NULL;
  g_autofree char *text = reunion_json_to_text (near);
  JsonObject *alert, *circle;

  alert = json_array_get_object_element (json_object_get_array_member (near, "alerts"), 0);
  g_assert_cmpstr (json_object_get_string_member (alert, "case_id"), ==, id);
  circle = json_object_get_object_member (alert, "circle");
  g_assert_cmpfloat (json_object_get_double_member (circle, "radius_km"), ==, 100);
  g_assert_cmpfloat (json_object_get_double_member (alert, "distance_km"), >, 10);
  g_assert_cmpfloat (json_object_get_double_member (alert, "distance_km"), <, 50);
  g_assert_true (json_object_has_member (alert, "notice"));
  g_assert_null (strstr (text, PRIVATE_MARK));
  g_assert_null (strstr (text, PRIVATE_PHONE));

  g_assert_cmpuint (count (fixture, 26.65, 106.63), ==, 1);
  g_assert_cmpuint (count (fixture, 26.65, 107.5), ==, 0);
  central_fixture_set_clock (fixture, lost_usec + G_TIME_SPAN_HOUR);
  g_assert_cmpuint (count (fixture, 26.65, 107.5), ==, 1);
  g_assert_cmpuint (count (fixture, 30.67, 104.07), ==, 0);
  central_fixture_set_clock (fixture, lost_usec + 3 * G_TIME_SPAN_HOUR);
  g_assert_cmpuint (count (fixture, 30.67, 104.07), ==, 1);
  g_assert_cmpuint (count (fixture, 39.9, 116.4), ==, 0);
  closed = central_fixture_close (fixture, 200, OFFICER, id, "left_home");
  g_assert_cmpuint (count (fixture, 26.65, 106.63), ==, 0);
}

static void
test_unpublished (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (ReunionCase) case_ = central_fixture_new_case (fixture, 600);
  g_autoptr (JsonObject) filed = central_fixture_file (fixture, 201, OFFICER, case_);

  g_assert_cmpuint (count (fixture, 26.65, 105.76), ==, 0);
}

static void
test_wrong_questions (CentralFixture *fixture, gconstpointer data)
{
  static const char *const paths[] = {
    "/v1/alerts",
    "/v1/alerts?lat=1",
    "/v1/alerts?lon=1",
    "/v1/alerts?lat=&lon=",
    "/v1/alerts?lat=91&lon=0",
    "/v1/alerts?lat=0&lon=180.1",
    "/v1/alerts?lat=nan&lon=0",
    "/v1/alerts?lat=inf&lon=0",
    "/v1/alerts?lat=1x&lon=0",
    "/v1/alerts?lat=1&lon=0&limit=0",
    "/v1/alerts?lat=1&lon=0&limit=101",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (JsonObject) problem
          = central_fixture_expect (fixture, 400, NOBODY, "GET", paths[i], NULL);
    }
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  central_test_add ("/central/circles/brute-force", test_brute_force);
  central_test_add ("/central/circles/edge", test_edge);
  central_test_add ("/central/circles/route", test_route);
  central_test_add ("/central/circles/unpublished", test_unpublished);
  central_test_add ("/central/circles/wrong-questions", test_wrong_questions);
  return g_test_run ();
}
