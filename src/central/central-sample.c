/* central-sample.c: a store to try things on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-sample.h"

#include "central-accounts.h"
#include "reunion-central-facts.h"
#include "reunion-central-places.h"
#include "reunion-time.h"
#include "reunion-wire.h"

#include <string.h>

typedef struct
{
  CentralService *service;
  ReunionCentralStore *store;
  const char *folder;
  const char *partner_url;
  gint64 now_usec;
} Sample;

static JsonObject *
read_object (const Sample *sample, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (sample->folder, name, NULL);
  g_autofree char *text = NULL;
  gsize length;
  JsonObject *object;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  object = reunion_json_parse (text, (gssize) length, error);
  if (object == NULL)
    g_prefix_error (error, "%s: ", path);
  return object;
}

typedef gboolean (*RowFunc) (const Sample *sample, JsonObject *row, GError **error);

static gboolean
load_rows (const Sample *sample,
           JsonObject *object,
           const char *member,
           RowFunc load,
           GError **error)
{
  JsonArray *rows = reunion_json_get_array (object, member, error);

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = reunion_json_array_get_object (rows, i, error);

      if (row == NULL || !load (sample, row, error))
        {
          g_prefix_error (error, "%s, %s %u: ", sample->folder, member, i + 1);
          return FALSE;
        }
    }
  return rows != NULL;
}

static gboolean
load_station (const Sample *sample, JsonObject *row, GError **error)
{
  const char *code, *name;
  const char *phone = NULL;
  ReunionPoint point;

  if ((code = reunion_json_get_string (row, "code", error)) == NULL
      || (name = reunion_json_get_string (row, "name", error)) == NULL
      || !reunion_json_read_string (row, "phone", &phone, error)
      || !reunion_central_store_put_station (sample->store, code, name, phone, error))
    return FALSE;
  /* Offices above the stations go nowhere to look. */
  if (!json_object_has_member (row, "latitude"))
    return TRUE;
  return reunion_json_get_double (row, "latitude", &point.lat_deg, error)
         && reunion_json_get_double (row, "longitude", &point.lon_deg, error)
         && reunion_central_store_set_station_point (sample->store, code, point, error);
}

static gboolean
load_account (const Sample *sample, JsonObject *row, GError **error)
{
  const char *account, *name, *role, *password;
  const char *station = NULL, *region = NULL;
  ReunionCentralAccount record = { 0 };
  g_autofree char *station_region = NULL;
  g_autofree char *password_hash = NULL;

  if ((account = reunion_json_get_string (row, "account", error)) == NULL
      || (name = reunion_json_get_string (row, "name", error)) == NULL
      || (role = reunion_json_get_string (row, "role", error)) == NULL
      || (password = reunion_json_get_string (row, "password", error)) == NULL
      || !reunion_json_read_string (row, "station", &station, error)
      || !reunion_json_read_string (row, "region", &region, error))
    return FALSE;
  if (!reunion_role_from_key (role, &record.role))
    {
      g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER, "“%s” is not a role.",
                   role);
      return FALSE;
    }
  station_region = g_strndup (station != NULL ? station : "", 6);
  password_hash = central_accounts_hash_password (password, TRUE);
  record.account = (char *) account;
  record.name = (char *) name;
  record.station = (char *) station;
  record.region = region != NULL ? (char *) region : station_region;
  record.password_hash = password_hash;
  return reunion_central_store_put_account (sample->store, &record, error);
}

/* A partner in a play can work the secret out for itself. */
static char *
derive_secret (const char *seed)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 key[32];
  gsize length = sizeof key;
  g_autofree char *encoded = NULL;

  g_checksum_update (checksum, (const guchar *) "reunion sample ", -1);
  g_checksum_update (checksum, (const guchar *) seed, -1);
  g_checksum_get_digest (checksum, key, &length);
  encoded = g_base64_encode (key, length);
  return g_strconcat ("whsec_", encoded, NULL);
}

static gboolean
load_partner (const Sample *sample, JsonObject *row, GError **error)
{
  const char *id, *name, *datum;
  const char *seed = NULL;
  ReunionPartner partner = { 0 };
  g_autofree char *secret = NULL;
  g_autofree char *url = NULL;

  if ((id = reunion_json_get_string (row, "id", error)) == NULL
      || (name = reunion_json_get_string (row, "name", error)) == NULL
      || (datum = reunion_json_get_string (row, "datum", error)) == NULL
      || !reunion_json_read_string (row, "secret_seed", &seed, error))
    return FALSE;
  if (!reunion_datum_from_name (datum, &partner.datum))
    {
      g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER, "“%s” is not a datum.",
                   datum);
      return FALSE;
    }
  secret = derive_secret (seed != NULL ? seed : id);
  url = sample->partner_url != NULL ? g_strconcat (sample->partner_url, id, NULL) : NULL;
  partner.id = (char *) id;
  partner.name = (char *) name;
  partner.url = url;
  partner.secret = secret;
  partner.accepts_ring = json_object_get_boolean_member_with_default (row, "accepts_ring", TRUE);
  return reunion_central_store_put_partner (sample->store, &partner, error);
}

/* A JPEG's size from its first start-of-frame marker. FALSE when there is none. */
static gboolean
measure_jpeg (GBytes *bytes, guint *width_px, guint *height_px)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  for (gsize i = 2; i + 9 < length && data[i] == 0xff;)
    {
      guint8 marker = data[i + 1];

      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          *height_px = (guint) data[i + 5] << 8 | data[i + 6];
          *width_px = (guint) data[i + 7] << 8 | data[i + 8];
          return TRUE;
        }
      i += 2 + ((gsize) data[i + 2] << 8 | data[i + 3]);
    }
  return FALSE;
}

static gboolean
load_portrait (const Sample *sample, ReunionCase *case_, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (sample->folder, "portraits", name, NULL);
  g_autofree char *sha256 = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ReunionPhoto) photo = NULL;
  char *data;
  gsize length;
  guint width_px = 0, height_px = 0;

  if (!g_file_get_contents (path, &data, &length, error))
    return FALSE;
  bytes = g_bytes_new_take (data, length);
  if (!measure_jpeg (bytes, &width_px, &height_px))
    {
      g_set_error (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID, "%s is no JPEG.", path);
      return FALSE;
    }
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  photo = reunion_photo_new (sha256, "image/jpeg", width_px, height_px);
  reunion_case_add_photo (case_, photo);
  return reunion_central_store_put_photo (sample->store, sha256, "image/jpeg", bytes, NULL, error);
}

/* Seconds after the loss as an instant; 0 when the member is missing. */
static gboolean
read_instant (JsonObject *row, const char *member, gint64 loss_usec, gint64 *usec, GError **error)
{
  gint64 seconds = -1;

  if (!reunion_json_read_int (row, member, &seconds, error))
    return FALSE;
  *usec = seconds >= 0 ? loss_usec + seconds * G_TIME_SPAN_SECOND : 0;
  return TRUE;
}

/* The sample says when things happened by the distance from now, so that it is
 * as fresh as the day on which it is tried; on the wire it is an instant. */
static JsonObject *
date_report (const Sample *sample, JsonObject *fields, gint64 *loss_usec, GError **error)
{
  g_autoptr (JsonObject) report = json_object_new ();
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;
  gint64 seconds_ago;

  if (!reunion_json_get_int (fields, "last_seen_seconds_ago", &seconds_ago, error))
    return NULL;
  *loss_usec = sample->now_usec - seconds_ago * G_TIME_SPAN_SECOND;
  json_object_iter_init (&iter, fields);
  while (json_object_iter_next (&iter, &member, &node))
    if (strcmp (member, "last_seen_seconds_ago") != 0)
      json_object_set_member (report, member, json_node_copy (node));
  reunion_json_put_time (report, reunion_field_get_info (REUNION_FIELD_LAST_SEEN)->key, *loss_usec);
  return g_steal_pointer (&report);
}

/* A case on the wire's form, made of the sample's row. */
static ReunionCase *
read_case (const Sample *sample, JsonObject *row, gint64 *loss_usec, GError **error)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (JsonObject) wire = json_object_new ();
  JsonObject *fields = reunion_json_get_object (row, "fields", error);
  JsonObject *report;

  if (fields == NULL || (report = date_report (sample, fields, loss_usec, error)) == NULL)
    return NULL;
  json_object_set_string_member (wire, "id", id);
  json_object_set_object_member (wire, "report", report);
  return reunion_wire_case_from_object (wire, error);
}

static gboolean
read_course (const Sample *sample,
             JsonObject *row,
             ReunionCase *case_,
             gint64 loss_usec,
             GError **error)
{
  ReunionPolicy *policy = central_service_get_policy (sample->service);
  gint64 submitted_usec, approved_usec, closed_usec, end_usec;
  const char *station, *station_name;
  const char *officer = NULL, *outcome_key = NULL;
  ReunionOutcome outcome = REUNION_OUTCOME_NONE;

  if ((station = reunion_json_get_string (row, "station", error)) == NULL
      || (station_name = reunion_json_get_string (row, "station_name", error)) == NULL
      || !reunion_json_read_string (row, "officer", &officer, error)
      || !reunion_json_read_string (row, "outcome", &outcome_key, error)
      || !read_instant (row, "submitted_seconds_after_loss", loss_usec, &submitted_usec, error)
      || !read_instant (row, "approved_seconds_after_loss", loss_usec, &approved_usec, error)
      || !read_instant (row, "closed_seconds_after_loss", loss_usec, &closed_usec, error))
    return FALSE;
  if (outcome_key != NULL)
    reunion_outcome_from_key (outcome_key, &outcome);
  reunion_case_set_station (case_, station, station_name);
  reunion_case_set_officer (case_, officer);
  reunion_case_set_created_usec (case_, submitted_usec);
  reunion_case_set_submitted_usec (case_, submitted_usec);
  reunion_case_set_published_usec (case_, approved_usec);
  reunion_case_set_closed_usec (case_, closed_usec);
  reunion_case_set_outcome (case_, outcome);
  /* As if every stage had been pushed in its time: nothing goes out on load. */
  end_usec = closed_usec > 0 ? closed_usec : sample->now_usec;
  reunion_case_set_stage (case_, reunion_policy_stage_at (policy, end_usec - loss_usec)->id);
  reunion_case_set_state (case_, closed_usec > 0 ? REUNION_CASE_STATE_CLOSED
                                                 : REUNION_CASE_STATE_ESCALATING);
  return TRUE;
}

static gboolean
load_tip (const Sample *sample,
          ReunionCase *case_,
          gint64 loss_usec,
          JsonObject *row,
          GError **error)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (ReunionTip) tip = reunion_tip_new (id, reunion_case_get_id (case_));
  const char *partner, *tip_id;
  const char *text = NULL, *place = NULL, *contact = NULL, *state_key = NULL;
  ReunionTipState state = REUNION_TIP_STATE_NEW;
  ReunionPoint point;
  gint64 seen_usec;

  if ((partner = reunion_json_get_string (row, "partner", error)) == NULL
      || (tip_id = reunion_json_get_string (row, "partner_tip_id", error)) == NULL
      || !reunion_json_read_string (row, "text", &text, error)
      || !reunion_json_read_string (row, "place", &place, error)
      || !reunion_json_read_string (row, "contact", &contact, error)
      || !reunion_json_read_string (row, "state", &state_key, error)
      || !read_instant (row, "seconds_after_loss", loss_usec, &seen_usec, error)
      || !reunion_json_get_double (row, "latitude", &point.lat_deg, error)
      || !reunion_json_get_double (row, "longitude", &point.lon_deg, error))
    return FALSE;
  if (state_key != NULL)
    reunion_tip_state_from_key (state_key, &state);
  reunion_tip_set_origin (tip, partner, tip_id);
  reunion_tip_set_text (tip, text);
  reunion_tip_set_place (tip, place);
  reunion_tip_set_contact (tip, contact);
  reunion_tip_set_state (tip, state);
  reunion_tip_set_point (tip, point);
  reunion_tip_set_seen_usec (tip, seen_usec);
  reunion_tip_set_received_usec (tip, MIN (seen_usec + 3 * G_TIME_SPAN_MINUTE, sample->now_usec));
  return central_service_record_tip (sample->service, tip, partner, "sample", error);
}

static gboolean
load_case (const Sample *sample, JsonObject *row, GError **error)
{
  g_autoptr (ReunionCase) case_ = NULL;
  JsonArray *tips;
  const char *portrait;
  gint64 loss_usec;

  case_ = read_case (sample, row, &loss_usec, error);
  if (case_ == NULL || !read_course (sample, row, case_, loss_usec, error)
      || (portrait = reunion_json_get_string (row, "portrait", error)) == NULL
      || !load_portrait (sample, case_, portrait, error)
      || !central_service_record_case (sample->service, case_, "sample", "sample", error)
      || (tips = reunion_json_get_array (row, "tips", error)) == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (tips); i++)
    {
      JsonObject *tip = reunion_json_array_get_object (tips, i, error);

      if (tip == NULL || !load_tip (sample, case_, loss_usec, tip, error))
        {
          g_prefix_error (error, "tip %u: ", i + 1);
          return FALSE;
        }
    }
  return TRUE;
}

/* What is counted is more than what remains of the case. */
static gboolean
count_ended_case (const Sample *sample,
                  ReunionCase *case_,
                  gint64 lost_usec,
                  gint64 reported_usec,
                  gboolean found_by_tip,
                  GError **error)
{
  g_autoptr (ReunionCase) whole = reunion_case_copy (case_);

  reunion_report_set_int (reunion_case_get_report (whole), REUNION_FIELD_LAST_SEEN, lost_usec);
  reunion_case_set_submitted_usec (whole, reported_usec);
  return reunion_central_store_put_facts (sample->store, whole, error)
         && reunion_central_store_set_found_by_tip (sample->store, reunion_case_get_id (case_),
                                                    found_by_tip, error);
}

/* One line: what remains of a case once it has expired. When it was reported is not
 * known of the first year. */
static gboolean
load_ended_case (const Sample *sample, char **columns, GHashTable *places, GError **error)
{
#define COLUMN(name) columns[GPOINTER_TO_UINT (g_hash_table_lookup (places, name)) - 1]
  g_autoptr (ReunionCase) case_ = NULL;
  g_autofree char *station = NULL;
  gint64 lost_usec, issued_usec, reported_usec = 0, closed_usec = 0;
  ReunionOutcome outcome;

  if (!g_uuid_string_is_valid (COLUMN ("id"))
      || !reunion_time_from_rfc3339 (COLUMN ("last_seen"), &lost_usec)
      || !reunion_time_from_rfc3339 (COLUMN ("issued"), &issued_usec)
      || (g_hash_table_contains (places, "reported")
          && !reunion_time_from_rfc3339 (COLUMN ("reported"), &reported_usec))
      || (*COLUMN ("closed") != '\0'
          && !reunion_time_from_rfc3339 (COLUMN ("closed"), &closed_usec))
      || !reunion_outcome_from_key (COLUMN ("outcome"), &outcome))
    {
      g_set_error (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
                   "The row of %s has a value that is not understood.", COLUMN ("id"));
      return FALSE;
    }
  case_ = reunion_case_new (COLUMN ("id"));
  station = g_strconcat (COLUMN ("region"), "-00", NULL);
  reunion_case_set_station (case_, station, NULL);
  reunion_case_set_published_usec (case_, issued_usec);
  reunion_case_set_closed_usec (case_, closed_usec);
  reunion_case_set_outcome (case_, outcome);
  reunion_case_set_state (case_, REUNION_CASE_STATE_EXPIRED);
  reunion_report_set_text (reunion_case_get_report (case_), REUNION_FIELD_SEX, COLUMN ("sex"));
  reunion_report_set_int (reunion_case_get_report (case_), REUNION_FIELD_AGE_YEARS,
                          g_ascii_strtoll (COLUMN ("age_years"), NULL, 10));
  return count_ended_case (sample, case_, lost_usec, reported_usec,
                           g_str_equal (COLUMN ("found_through_tip"), "1"), error)
         && reunion_central_store_put_case (sample->store, case_, -1, error);
#undef COLUMN
}

static gboolean
load_ended_cases (const Sample *sample, const char *name, GError **error)
{
  static const char *const needed[]
      = { "id",      "region", "last_seen", "issued",           "closed",
          "outcome", "sex",    "age_years", "found_through_tip" };
  g_autofree char *path = g_build_filename (sample->folder, name, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) header = NULL;
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);

  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  /* The file is our own: no cell holds a comma, a quote or a line break. */
  g_strdelimit (text, "\r", '\n');
  lines = g_strsplit (text, "\n", -1);
  header = g_strsplit (lines[0], ",", -1);
  for (guint i = 0; header[i] != NULL; i++)
    g_hash_table_insert (places, header[i], GUINT_TO_POINTER (i + 1));
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    if (!g_hash_table_contains (places, needed[i]))
      {
        g_set_error (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID, "%s has no column “%s”.", path,
                     needed[i]);
        return FALSE;
      }
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], ",", -1);

      if (*lines[i] == '\0')
        continue;
      if (g_strv_length (columns) != g_strv_length (header))
        {
          g_set_error (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
                       "%s, line %u: %u cells instead of %u.", path, i + 1, g_strv_length (columns),
                       g_strv_length (header));
          return FALSE;
        }
      if (!load_ended_case (sample, columns, places, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
load_all (const Sample *sample, GError **error)
{
  g_autoptr (JsonObject) accounts = read_object (sample, "accounts.json", error);
  g_autoptr (JsonObject) partners = NULL;
  g_autoptr (JsonObject) cases = NULL;

  if (accounts == NULL || (partners = read_object (sample, "partners.json", error)) == NULL
      || (cases = read_object (sample, "cases.json", error)) == NULL)
    return FALSE;
  return load_rows (sample, accounts, "stations", load_station, error)
         && load_rows (sample, accounts, "accounts", load_account, error)
         && load_rows (sample, partners, "partners", load_partner, error)
         && load_rows (sample, cases, "cases", load_case, error)
         && load_ended_cases (sample, "first-year.csv", error)
         && load_ended_cases (sample, "later-years.csv", error);
}

gboolean
central_sample_load (CentralService *service,
                     const char *folder,
                     const char *partner_url,
                     GError **error)
{
  Sample sample = {
    .service = service,
    .store = central_service_get_store (service),
    .folder = folder,
    .partner_url = partner_url,
    .now_usec = central_service_get_now_usec (service),
  };

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service) && folder != NULL, FALSE);

  if (reunion_central_store_count_cases (sample.store) > 0)
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_CONFLICT,
                           "The store has cases already; sample data goes into an empty one only. "
                           "Give another file with --store.");
      return FALSE;
    }
  if (!reunion_central_store_begin (sample.store, error))
    return FALSE;
  return central_service_finish (service, load_all (&sample, error), error);
}
