/* tip-sight.c: tests of who is told of a tip, and of photos of partners
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-receiver.h"
#include "reunion-central-places.h"

#include <string.h>

/* The station of the case, in Guizhou, and the one in Hebei. */
#define STATION "520524-01"
#define OTHER_STATION "131102-03"

static void
place_station (CentralFixture *fixture, const char *code, double lat_deg, double lon_deg)
{
  GError *error = NULL;

  reunion_central_store_set_station_point (fixture->store, code, (ReunionPoint){ lat_deg, lon_deg },
                                           &error);
  g_assert_no_error (error);
}

/* The tip of that id in the feed of @who; NULL when it is not there. Transfer full. */
static JsonObject *
find_tip (CentralFixture *fixture, const char *who, const char *tip_id)
{
  g_autoptr (JsonObject) page
      = central_fixture_expect (fixture, 200, who, "GET", "/v1/changes?limit=1000", NULL);
  JsonArray *changes = json_object_get_array_member (page, "changes");

  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);
      JsonObject *tip = json_object_has_member (change, "tip")
                            ? json_object_get_object_member (change, "tip")
                            : NULL;

      if (tip != NULL && strcmp (json_object_get_string_member (tip, "id"), tip_id) == 0)
        return json_object_ref (tip);
    }
  return NULL;
}

/* The answer's id. Transfer full. */
static char *
send_tip (CentralFixture *fixture,
          const CentralReceiver *partner,
          const char *tip_id,
          const char *case_id,
          const char *members)
{
  g_autofree char *body
      = g_strdup_printf ("{\"tip_id\":\"%s\",\"case_id\":\"%s\"%s}", tip_id, case_id, members);
  g_autoptr (CentralAnswer) answer = central_receiver_send_tip (partner, fixture, body);

  central_answer_expect (answer, 201, members);
  return g_strdup (json_object_get_string_member (answer->object, "id"));
}

static void
test_nearer_station (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *members;
    const char *near_station;
  } rows[] = {
    /* At the place of loss, on the way, and where the other station is. */
    { ",\"text\":\"a\",\"latitude\":26.67,\"longitude\":105.77", NULL },
    { ",\"text\":\"a\",\"latitude\":26.56,\"longitude\":106.7", NULL },
    { ",\"text\":\"a\",\"latitude\":37.74,\"longitude\":115.70", OTHER_STATION },
    { ",\"text\":\"a\",\"latitude\":36.0,\"longitude\":114.0", OTHER_STATION },
    /* A thousand kilometres from everybody; in words alone. */
    { ",\"text\":\"a\",\"latitude\":39.5,\"longitude\":75.9", NULL },
    { ",\"text\":\"a\",\"place\":\"衡水\"", NULL },
  };
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 600);

  place_station (fixture, OTHER_STATION, 37.742, 115.703);
  /* Where the own station stands is not known at first: then the place of loss counts. */
  for (int is_placed = 0; is_placed < 2; is_placed++)
    {
      if (is_placed)
        place_station (fixture, STATION, 26.667, 105.77);
      for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
        {
          g_autofree char *tip_id = g_strdup_printf ("t-%d-%zu", is_placed, i);
          g_autofree char *kept = send_tip (fixture, partner, tip_id, id, rows[i].members);
          g_autoptr (JsonObject) own = find_tip (fixture, OFFICER, kept);
          g_autoptr (JsonObject) reviewer = find_tip (fixture, REVIEWER, kept);
          g_autoptr (JsonObject) other = find_tip (fixture, OTHER_OFFICER, kept);
          g_autoptr (JsonObject) other_reviewer = find_tip (fixture, OTHER_REVIEWER, kept);
          g_autoptr (JsonObject) administrator = find_tip (fixture, ADMINISTRATOR, kept);

          g_test_message ("%s", rows[i].members);
          g_assert_nonnull (own);
          g_assert_nonnull (reviewer);
          g_assert_cmpstr (json_object_get_string_member_with_default (own, "near_station", NULL),
                           ==, rows[i].near_station);
          g_assert_true ((other != NULL) == (rows[i].near_station != NULL));
          g_assert_true ((other_reviewer != NULL) == (rows[i].near_station != NULL));
          g_assert_null (administrator);
        }
    }
}

/* The other station sees the notice and that tip: nothing more of the case, and it may
 * say what became of the tip. */
static void
test_other_station (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *near = NULL;
  g_autofree char *far = NULL;
  g_autofree char *near_path = NULL;
  g_autofree char *far_path = NULL;
  g_autoptr (JsonObject) seen = NULL;
  g_autoptr (JsonObject) marked = NULL;
  g_autoptr (JsonObject) refused = NULL;
  g_autoptr (JsonObject) own = NULL;
  g_autoptr (JsonObject) closed = NULL;
  g_autoptr (JsonObject) after = NULL;

  place_station (fixture, OTHER_STATION, 37.742, 115.703);
  near = send_tip (fixture, partner, "near", id,
                   ",\"text\":\"a\",\"latitude\":37.74,\"longitude\":115.70");
  far = send_tip (fixture, partner, "far", id, ",\"text\":\"b\"");
  seen = central_fixture_get_case (fixture, 200, OTHER_OFFICER, id);
  g_assert_false (
      json_object_has_member (json_object_get_object_member (seen, "report"), "guardian_name"));
  near_path = g_strdup_printf ("/v1/tips/%s/state", near);
  far_path = g_strdup_printf ("/v1/tips/%s/state", far);
  marked = central_fixture_expect (fixture, 200, OTHER_OFFICER, "POST", near_path,
                                   "{\"state\":\"checking\"}");
  refused = central_fixture_expect (fixture, 404, OTHER_OFFICER, "POST", far_path,
                                    "{\"state\":\"checking\"}");
  own = find_tip (fixture, OFFICER, near);
  g_assert_cmpstr (json_object_get_string_member (own, "state"), ==, "checking");
  g_assert_cmpstr (json_object_get_string_member (own, "near_station"), ==, OTHER_STATION);
  closed = central_fixture_close (fixture, 200, OFFICER, id, "lost");
  after = central_fixture_get_case (fixture, 200, OTHER_OFFICER, id);
  g_assert_cmpstr (json_object_get_string_member (after, "state"), ==, "closed");
}

/* The nearest by boxes is the nearest of all. */
static void
test_nearest (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  ReunionPoint stations[300];
  GError *error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (stations); i++)
    {
      g_autofree char *code = g_strdup_printf ("s-%03zu", i);

      /* Some lie beside the antimeridian or near a pole. */
      stations[i] = (ReunionPoint){ g_rand_double_range (rand, i % 10 == 0 ? -89 : 18, 53),
                                    g_rand_double_range (rand, i % 10 == 0 ? -180 : 74, 135) };
      reunion_central_store_put_station (fixture->store, code, "派出所", NULL, &error);
      g_assert_no_error (error);
      place_station (fixture, code, stations[i].lat_deg, stations[i].lon_deg);
    }
  for (int i = 0; i < 300; i++)
    {
      ReunionPoint point
          = { g_rand_double_range (rand, i % 5 == 0 ? -90 : 18, i % 5 == 0 ? 90 : 53),
              g_rand_double_range (rand, i % 5 == 0 ? -180 : 74, i % 5 == 0 ? 180 : 135) };
      double best_km = 1000, found_km;
      g_autofree char *expected = NULL;
      g_autofree char *found = NULL;

      for (gsize j = 0; j < G_N_ELEMENTS (stations); j++)
        {
          double km = reunion_geodesy_distance_km (point, stations[j]);

          if (km < best_km)
            {
              best_km = km;
              g_free (expected);
              expected = g_strdup_printf ("s-%03zu", j);
            }
        }
      found = reunion_central_store_find_nearest_station (fixture->store, point, 1000, &found_km,
                                                          &error);
      g_assert_no_error (error);
      g_test_message ("%g, %g", point.lat_deg, point.lon_deg);
      g_assert_cmpstr (found, ==, expected);
      if (found != NULL)
        g_assert_cmpfloat (found_km, ==, best_km);
    }
}

/* --- photos of partners ----------------------------------------------------------------- */

static void
test_partner_photo (CentralFixture *fixture, gconstpointer data)
{
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 600);
  g_autofree char *path = g_build_filename (g_getenv ("REUNION_SOURCE_ROOT"), "data", "sample",
                                            "portraits", "zhijin-boy.jpg", NULL);
  g_autofree char *photo = NULL;
  g_autofree char *encoded = NULL;
  g_autofree char *body = NULL;
  g_autofree char *other_body = NULL;
  g_autoptr (CentralAnswer) first = NULL;
  g_autoptr (CentralAnswer) second = NULL;
  g_autoptr (JsonObject) tip = NULL;
  JsonObject *object;
  gsize length;

  g_assert_true (g_file_get_contents (path, &photo, &length, NULL));
  encoded = g_base64_encode ((guchar *) photo, length);
  body = g_strdup_printf ("{\"tip_id\":\"p-1\",\"case_id\":\"%s\",\"photo\":\"%s\"}", id, encoded);
  first = central_receiver_send_tip (partner, fixture, body);
  central_answer_expect (first, 201, "photo");
  second = central_receiver_send_tip (partner, fixture, body);
  central_answer_expect (second, 200, "photo again");
  g_assert_cmpstr (first->body, ==, second->body);
  tip = find_tip (fixture, OFFICER, json_object_get_string_member (first->object, "id"));
  object = json_object_get_object_member (tip, "photo");
  g_assert_cmpstr (json_object_get_string_member (object, "media_type"), ==, "image/jpeg");
  g_assert_cmpint (central_fixture_count (fixture, "SELECT count(*) FROM photos WHERE sha256 = $1",
                                          json_object_get_string_member (object, "sha256")),
                   ==, 1);
}

static void
test_partner_no_photo (CentralFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *photo;
    guint status;
  } rows[] = {
    { "\"R0lGODlhAQABAAAAADs=\"", 415 },
    { "\"/9j/2P/Y/9j/2P/Y\"", 415 },
    { "\"!!!!\"", 422 },
    { "{}", 400 },
    { "7", 400 },
    { "[]", 400 },
    { "null", 201 },
    { "\"\"", 201 },
  };
  g_autoptr (CentralReceiver) partner
      = central_receiver_new (fixture, "map", REUNION_DATUM_WGS84, TRUE);
  g_autofree char *id = central_fixture_publish (fixture, 600);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = g_strdup_printf (
          "{\"tip_id\":\"p-%zu\",\"case_id\":\"%s\",\"text\":\"a\",\"photo\":%s}", i, id,
          rows[i].photo);
      g_autoptr (CentralAnswer) answer = central_receiver_send_tip (partner, fixture, body);

      central_answer_expect (answer, rows[i].status, rows[i].photo);
    }
  g_assert_cmpint (central_fixture_count (fixture, "SELECT count(*) FROM tips", NULL), ==, 2);
}

int
main (int argc, char *argv[])
{
  central_test_init (&argc, &argv);
  central_test_add ("/central/tip-sight/nearer-station", test_nearer_station);
  central_test_add ("/central/tip-sight/other-station", test_other_station);
  central_test_add ("/central/tip-sight/nearest", test_nearest);
  central_test_add ("/central/tip-sight/partner-photo", test_partner_photo);
  central_test_add ("/central/tip-sight/partner-no-photo", test_partner_no_photo);
  return g_test_run ();
}
