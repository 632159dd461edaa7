/* test-webhook.c: signatures of the Standard Webhooks specification
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-webhook.h"
#include "test-helpers.h"

/* The specification's own example. */
#define SECRET "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
#define ID "msg_p5jXN8AQM9LWM0D4loKWxJek"
#define TIMESTAMP 1614265330
#define TIMESTAMP_TEXT "1614265330"
#define BODY "{\"test\": 2432232314}"
#define SIGNATURE "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

#define SECRET_32 "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
#define SECRET_64                                                                                  \
  "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw=="

/* Reckoned with another HMAC, Python's. */
static const struct
{
  const char *secret;
  const char *id;
  gint64 timestamp_s;
  const char *body;
  gsize body_length;
  const char *signature;
} vectors[] = {
  { SECRET, ID, TIMESTAMP, BODY, sizeof BODY - 1, SIGNATURE },
  { SECRET_32, "msg_1", 1463713200, "{\"name\":\"团圆\"}", sizeof "{\"name\":\"团圆\"}" - 1,
    "v1,XH3uL2PojG7lSxl3gBQz0mNYQGhsuGp0jnB/0kW6bnE=" },
  { SECRET_32, "msg_1", 1463713200, "", 0, "v1,OfkvJzT0L0CBSBzWVuF8iNJpPpcEbwgeBmPNvfcLVkk=" },
  { SECRET_64, "msg_1", 1463713200, "\x00\xff\n.", 4,
    "v1,27rJvjQwlfuqvVcCsQXaPbsTpamO92TKeGunYQciS2w=" },
};

static void
test_vectors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new (vectors[i].body, vectors[i].body_length);
      g_autoptr (GError) error = NULL;
      g_autofree char *timestamp = g_strdup_printf ("%" G_GINT64_FORMAT, vectors[i].timestamp_s);
      g_autofree char *came = reunion_webhook_sign (vectors[i].secret, vectors[i].id,
                                                    vectors[i].timestamp_s, body, &error);

      g_assert_no_error (error);
      test_expect_string (vectors[i].id, vectors[i].signature, came);
      reunion_webhook_verify (vectors[i].secret, vectors[i].id, timestamp, vectors[i].signature,
                              body, vectors[i].timestamp_s * G_USEC_PER_SEC, &error);
      g_assert_no_error (error);
    }
}

#define OK -1
#define BAD_HEADER REUNION_WEBHOOK_ERROR_HEADER
#define STALE REUNION_WEBHOOK_ERROR_STALE
#define BAD_SIGNATURE REUNION_WEBHOOK_ERROR_SIGNATURE
#define BAD_SECRET REUNION_WEBHOOK_ERROR_SECRET
#define OTHER "v1,OfkvJzT0L0CBSBzWVuF8iNJpPpcEbwgeBmPNvfcLVkk="

static const struct
{
  const char *what;
  const char *id;
  const char *timestamp;
  const char *signatures;
  const char *body;
  int late_s;
  int error;
} messages[] = {
  { "as sent", ID, TIMESTAMP_TEXT, SIGNATURE, BODY, 0, OK },
  { "five minutes late", ID, TIMESTAMP_TEXT, SIGNATURE, BODY, 300, OK },
  { "five minutes early", ID, TIMESTAMP_TEXT, SIGNATURE, BODY, -300, OK },
  { "stale", ID, TIMESTAMP_TEXT, SIGNATURE, BODY, 301, STALE },
  { "from the future", ID, TIMESTAMP_TEXT, SIGNATURE, BODY, -301, STALE },
  { "a year late", ID, TIMESTAMP_TEXT, SIGNATURE, BODY, 365 * 86400, STALE },
  /* Several signatures, one of which fits. */
  { "last of two", ID, TIMESTAMP_TEXT, OTHER " " SIGNATURE, BODY, 0, OK },
  { "first of two", ID, TIMESTAMP_TEXT, SIGNATURE " " OTHER, BODY, 0, OK },
  { "beside another version", ID, TIMESTAMP_TEXT, "v1a,abc v2," SIGNATURE " " SIGNATURE, BODY, 0,
    OK },
  { "spaces between", ID, TIMESTAMP_TEXT, "  " SIGNATURE "  ", BODY, 0, OK },
  { "none of two", ID, TIMESTAMP_TEXT, OTHER " " OTHER, BODY, 0, BAD_SIGNATURE },
  /* Tampered. */
  { "another body", ID, TIMESTAMP_TEXT, SIGNATURE, "{\"test\": 2432232315}", 0, BAD_SIGNATURE },
  { "a longer body", ID, TIMESTAMP_TEXT, SIGNATURE, BODY " ", 0, BAD_SIGNATURE },
  { "no body", ID, TIMESTAMP_TEXT, SIGNATURE, "", 0, BAD_SIGNATURE },
  { "another id", "msg_p5jXN8AQM9LWM0D4loKWxJel", TIMESTAMP_TEXT, SIGNATURE, BODY, 0,
    BAD_SIGNATURE },
  { "another time", ID, "1614265331", SIGNATURE, BODY, 0, BAD_SIGNATURE },
  { "a zero before", ID, "01614265330", SIGNATURE, BODY, 0, BAD_SIGNATURE },
  { "cut off", ID, TIMESTAMP_TEXT, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE", BODY, 0,
    BAD_SIGNATURE },
  { "small letters", ID, TIMESTAMP_TEXT, "v1,g0hm9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", BODY, 0,
    BAD_SIGNATURE },
  { "no version", ID, TIMESTAMP_TEXT, "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", BODY, 0,
    BAD_SIGNATURE },
  { "another version", ID, TIMESTAMP_TEXT, "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", BODY,
    0, BAD_SIGNATURE },
  { "commas between", ID, TIMESTAMP_TEXT, OTHER "," SIGNATURE, BODY, 0, BAD_SIGNATURE },
  { "empty", ID, TIMESTAMP_TEXT, "", BODY, 0, BAD_SIGNATURE },
  { "version alone", ID, TIMESTAMP_TEXT, "v1,", BODY, 0, BAD_SIGNATURE },
  /* Headers. */
  { "no id", NULL, TIMESTAMP_TEXT, SIGNATURE, BODY, 0, BAD_HEADER },
  { "empty id", "", TIMESTAMP_TEXT, SIGNATURE, BODY, 0, BAD_HEADER },
  { "no signature", ID, TIMESTAMP_TEXT, NULL, BODY, 0, BAD_HEADER },
  { "no timestamp", ID, NULL, SIGNATURE, BODY, 0, BAD_HEADER },
  { "empty timestamp", ID, "", SIGNATURE, BODY, 0, BAD_HEADER },
  { "a date", ID, "2021-02-25T15:02:10Z", SIGNATURE, BODY, 0, BAD_HEADER },
  { "negative", ID, "-1614265330", SIGNATURE, BODY, 0, BAD_HEADER },
  { "with a sign", ID, "+1614265330", SIGNATURE, BODY, 0, BAD_SIGNATURE },
  { "with a space", ID, " 1614265330", SIGNATURE, BODY, 0, BAD_HEADER },
  { "with a fraction", ID, "1614265330.0", SIGNATURE, BODY, 0, BAD_HEADER },
  { "beyond all numbers", ID, "99999999999999999999", SIGNATURE, BODY, 0, BAD_HEADER },
  { "nearly beyond", ID, "4611686018427387903", SIGNATURE, BODY, 0, STALE },
  { "milliseconds", ID, "1614265330000", SIGNATURE, BODY, 0, STALE },
};

static void
test_messages (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new (messages[i].body, strlen (messages[i].body));
      gint64 now_usec = (TIMESTAMP + messages[i].late_s) * (gint64) G_USEC_PER_SEC;
      g_autoptr (GError) error = NULL;
      gboolean came = reunion_webhook_verify (SECRET, messages[i].id, messages[i].timestamp,
                                              messages[i].signatures, body, now_usec, &error);

      test_expect_int (messages[i].what, messages[i].error == OK, came);
      if (messages[i].error != OK)
        test_expect_error (messages[i].what, REUNION_WEBHOOK_ERROR, messages[i].error, &error);
      else
        g_assert_no_error (error);
    }
}

static void
test_secrets (void)
{
  static const struct
  {
    const char *secret;
    int error;
  } cases[] = {
    { SECRET, OK },
    { SECRET_32, OK },
    { SECRET_64, OK },
    { "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", OK }, /* 24 bytes */
    { "", BAD_SECRET },
    { "whsec_", BAD_SECRET },
    { "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", BAD_SECRET },
    { "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", BAD_SECRET },
    { "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", BAD_SECRET }, /* 23 bytes */
    /* 65 bytes */
    { "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      "AA=",
      BAD_SECRET },
    { "whsec_!!fKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8G", BAD_SECRET },
    { "whsec_MfKQ9r8GKYqr TwjUPD8ILPZIo2LaLaSw", BAD_SECRET },
    { "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n", BAD_SECRET },
    { "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", BAD_SECRET },
    { "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=", BAD_SECRET },
    { "whsec_团圆团圆团圆团圆团圆团圆团圆团圆团圆团圆团圆", BAD_SECRET },
  };
  g_autoptr (GBytes) body = g_bytes_new_static (BODY, strlen (BODY));

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *signature
          = reunion_webhook_sign (cases[i].secret, ID, TIMESTAMP, body, &error);

      test_expect_int (cases[i].secret, cases[i].error == OK, signature != NULL);
      if (cases[i].error == OK)
        continue;
      /* The secret itself must not stand in what is logged. */
      if (*cases[i].secret != '\0' && strcmp (cases[i].secret, "whsec_") != 0
          && strstr (error->message, cases[i].secret) != NULL)
        test_fail ("%s stands in “%s”", cases[i].secret, error->message);
      test_expect_error (cases[i].secret, REUNION_WEBHOOK_ERROR, BAD_SECRET, &error);
      g_assert_false (reunion_webhook_verify (cases[i].secret, ID, TIMESTAMP_TEXT, SIGNATURE, body,
                                              TIMESTAMP * (gint64) G_USEC_PER_SEC, &error));
      test_expect_error (cases[i].secret, REUNION_WEBHOOK_ERROR, BAD_SECRET, &error);
    }
}

/* Every single changed bit of the body is noticed. */
static void
test_bits (void)
{
  for (gsize i = 0; i < strlen (BODY) * 8; i++)
    {
      g_autofree char *changed = g_strdup (BODY);
      g_autoptr (GBytes) body = NULL;

      changed[i / 8] = (char) (changed[i / 8] ^ (1 << (i % 8)));
      body = g_bytes_new (changed, strlen (BODY));
      if (reunion_webhook_verify (SECRET, ID, TIMESTAMP_TEXT, SIGNATURE, body,
                                  TIMESTAMP * (gint64) G_USEC_PER_SEC, NULL))
        test_fail ("bit %" G_GSIZE_FORMAT " was changed, and nobody noticed", i);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/webhook/vectors", test_vectors);
  g_test_add_func ("/webhook/messages", test_messages);
  g_test_add_func ("/webhook/secrets", test_secrets);
  g_test_add_func ("/webhook/bits", test_bits);
  return g_test_run ();
}
