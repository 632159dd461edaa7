/* central-receiver.c: a partner's end, on a real port
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-receiver.h"

#include <sodium.h>
#include <string.h>

static char *
sign (const CentralReceiver *self, const char *id, const char *timestamp, GBytes *body)
{
  crypto_auth_hmacsha256_state state;
  guint8 digest[crypto_auth_hmacsha256_BYTES];
  char encoded[sodium_base64_ENCODED_LEN (sizeof digest, sodium_base64_VARIANT_ORIGINAL)];
  g_autofree char *head = g_strdup_printf ("%s.%s.", id, timestamp);

  crypto_auth_hmacsha256_init (&state, self->key, sizeof self->key);
  crypto_auth_hmacsha256_update (&state, (const guint8 *) head, strlen (head));
  crypto_auth_hmacsha256_update (&state, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  crypto_auth_hmacsha256_final (&state, digest);
  sodium_bin2base64 (encoded, sizeof encoded, digest, sizeof digest,
                     sodium_base64_VARIANT_ORIGINAL);
  return g_strconcat ("v1,", encoded, NULL);
}

static gboolean
is_signed (const CentralReceiver *self, SoupMessageHeaders *headers, GBytes *body)
{
  const char *id = soup_message_headers_get_one (headers, "webhook-id");
  const char *timestamp = soup_message_headers_get_one (headers, "webhook-timestamp");
  const char *signature = soup_message_headers_get_one (headers, "webhook-signature");
  gint64 now_s = g_get_real_time () / G_TIME_SPAN_SECOND;
  g_autofree char *expected = NULL;

  if (id == NULL || timestamp == NULL || ABS (g_ascii_strtoll (timestamp, NULL, 10) - now_s) > 300)
    return FALSE;
  expected = sign (self, id, timestamp, body);
  return g_strcmp0 (expected, signature) == 0;
}

static void
misbehave (const CentralReceiver *self, SoupServerMessage *message)
{
  static const char garbage[] = "\x01\x02 this is no HTTP\r\n\r\n";
  g_autoptr (GIOStream) stream = NULL;

  switch (self->mode)
    {
    case CENTRAL_RECEIVER_STATUS:
      soup_server_message_set_status (message, self->status, NULL);
      break;
    case CENTRAL_RECEIVER_REDIRECT:
      soup_server_message_set_redirect (message, 307, "/elsewhere");
      break;
    case CENTRAL_RECEIVER_HANG:
      soup_server_message_pause (message);
      break;
    case CENTRAL_RECEIVER_GARBAGE:
    case CENTRAL_RECEIVER_DROP:
      stream = soup_server_message_steal_connection (message);
      if (self->mode == CENTRAL_RECEIVER_GARBAGE)
        g_output_stream_write_all (g_io_stream_get_output_stream (stream), garbage,
                                   sizeof garbage - 1, NULL, NULL, NULL);
      g_io_stream_close (stream, NULL, NULL);
      break;
    case CENTRAL_RECEIVER_TAKE:
    default:
      g_assert_not_reached ();
    }
}

static void
handle_cb (SoupServer *soup,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  CentralReceiver *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (GBytes) body
      = soup_message_body_flatten (soup_server_message_get_request_body (message));
  JsonObject *object;

  if (strcmp (path, "/elsewhere") == 0)
    {
      self->n_redirected++;
      soup_server_message_set_status (message, 204, NULL);
      return;
    }
  self->n_attempts++;
  if (!is_signed (self, headers, body))
    self->n_unsigned++;
  g_ptr_array_add (self->ids, g_strdup (soup_message_headers_get_one (headers, "webhook-id")));
  g_ptr_array_add (self->bodies,
                   g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body)));
  if (self->mode != CENTRAL_RECEIVER_TAKE)
    {
      misbehave (self, message);
      return;
    }
  object
      = reunion_json_parse (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), NULL);
  g_assert_nonnull (object);
  g_assert_cmpstr (json_object_get_string_member (object, "id"), ==,
                   soup_message_headers_get_one (headers, "webhook-id"));
  g_ptr_array_add (self->messages, object);
  soup_server_message_set_status (message, 204, NULL);
}

void
central_receiver_come_up (CentralReceiver *self)
{
  GSList *uris;
  GError *error = NULL;

  self->soup = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->soup, NULL, handle_cb, self, NULL);
  soup_server_listen_local (self->soup, self->port, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->soup);
  self->port = (guint) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

void
central_receiver_go_down (CentralReceiver *self)
{
  soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
}

CentralReceiver *
central_receiver_new (CentralFixture *fixture,
                      const char *id,
                      ReunionDatum datum,
                      gboolean accepts_ring)
{
  CentralReceiver *self = g_new0 (CentralReceiver, 1);
  g_autofree char *encoded = NULL;
  g_autofree char *secret = NULL;
  ReunionPartner partner = { 0 };
  GError *error = NULL;

  self->id = g_strdup (id);
  self->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->bodies = g_ptr_array_new_with_free_func (g_free);
  randombytes_buf (self->key, sizeof self->key);
  central_receiver_come_up (self);
  self->url = g_strdup_printf ("http://127.0.0.1:%u/hooks/%s", self->port, id);
  encoded = g_base64_encode (self->key, sizeof self->key);
  secret = g_strconcat ("whsec_", encoded, NULL);
  partner.id = self->id;
  partner.name = self->id;
  partner.url = self->url;
  partner.secret = secret;
  partner.datum = datum;
  partner.accepts_ring = accepts_ring;
  reunion_central_store_put_partner (fixture->store, &partner, &error);
  g_assert_no_error (error);
  return self;
}

void
central_receiver_free (CentralReceiver *self)
{
  if (self->soup != NULL)
    central_receiver_go_down (self);
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->bodies);
  g_free (self->url);
  g_free (self->id);
  g_free (self);
}

guint
central_receiver_count (const CentralReceiver *self, const char *kind, guint stage)
{
  guint n = 0;

  for (guint i = 0; i < self->messages->len; i++)
    {
      JsonObject *message = self->messages->pdata[i];

      if (g_str_equal (json_object_get_string_member (message, "type"), kind)
          && (stage == 0
              || json_object_get_int_member (json_object_get_object_member (message, "stage"), "id")
                     == stage))
        n++;
    }
  return n;
}

JsonObject *
central_receiver_get_last (const CentralReceiver *self, const char *kind)
{
  for (guint i = self->messages->len; i > 0; i--)
    if (g_str_equal (json_object_get_string_member (self->messages->pdata[i - 1], "type"), kind))
      return self->messages->pdata[i - 1];
  g_error ("%s was never sent %s", self->id, kind);
}

double
central_receiver_get_radius_km (JsonObject *message)
{
  return json_object_get_double_member (json_object_get_object_member (message, "circle"),
                                        "radius_km");
}

double
central_receiver_get_told_radius_km (JsonObject *message)
{
  return json_object_get_double_member (json_object_get_object_member (message, "stage"),
                                        "told_radius_km");
}

void
central_receiver_check (const CentralReceiver *self)
{
  static const char *const private_values[]
      = { PRIVATE_MARK, PRIVATE_PHONE, "520524201203040012", "2012-03-04", OFFICER, "王军",
          REVIEWER,     "李敏" };

  g_assert_cmpuint (self->n_unsigned, ==, 0);
  for (guint i = 0; i < self->bodies->len; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (private_values); j++)
      if (strstr (self->bodies->pdata[i], private_values[j]) != NULL)
        g_error ("%s was told “%s”: %s", self->id, private_values[j],
                 (const char *) self->bodies->pdata[i]);
}

SoupMessage *
central_receiver_sign_tip (const CentralReceiver *self,
                           CentralFixture *fixture,
                           const char *body,
                           gint64 timestamp_s)
{
  g_autofree char *path = g_strdup_printf ("/v1/partners/%s/tips", self->id);
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *timestamp = g_strdup_printf ("%" G_GINT64_FORMAT, timestamp_s);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autofree char *signature = sign (self, id, timestamp, bytes);
  SoupMessage *message = central_fixture_new_message (fixture, NOBODY, "POST", path, "", bytes);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_headers_replace (headers, "webhook-id", id);
  soup_message_headers_replace (headers, "webhook-timestamp", timestamp);
  soup_message_headers_replace (headers, "webhook-signature", signature);
  return message;
}

CentralAnswer *
central_receiver_send_tip (const CentralReceiver *self, CentralFixture *fixture, const char *body)
{
  g_autoptr (SoupMessage) message
      = central_receiver_sign_tip (self, fixture, body, g_get_real_time () / G_TIME_SPAN_SECOND);

  return central_fixture_send (fixture, message);
}
