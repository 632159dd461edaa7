/* central-tip-form.c: what somebody wrote into the form of the public page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-tip-form.h"

#include "central-tips.h"
#include "reunion-coordinates.h"
#include "reunion-time.h"

#include <string.h>

#define CHINA_S (8 * 3600)
#define MAX_PARTS 30
/* Of one field, so that a page does not give back without measure what came in; the
 * photo that was kept is longer. */
#define MAX_FIELD_BYTES 65536
#define MULTIPART "multipart/form-data"
#define URLENCODED "application/x-www-form-urlencoded"

static const char *const names[CENTRAL_TIP_N_FIELDS] = {
  [CENTRAL_TIP_FIELD_TEXT] = "text",    [CENTRAL_TIP_FIELD_PLACE] = "place",
  [CENTRAL_TIP_FIELD_POINT] = "point",  [CENTRAL_TIP_FIELD_SEEN] = "seen",
  [CENTRAL_TIP_FIELD_PHOTO] = "photo",  [CENTRAL_TIP_FIELD_CONTACT] = "contact",
  [CENTRAL_TIP_FIELD_TOKEN] = "token",  [CENTRAL_TIP_FIELD_KEPT] = "kept",
  [CENTRAL_TIP_FIELD_TRAP] = "website",
};

static const CentralWords empty_words = {
  "请写下您看到了什么或在哪里看到的，或附上照片。",
  "Say what you saw or where you saw it, or add a photo.",
};
static const CentralWords long_words = {
  "写得太长了，请缩短：这里最多200个字，“看到了什么”最多4000个字。",
  "This is too long. Shorten it: at most 200 letters here, and 4,000 for what you saw.",
};
static const CentralWords point_words = {
  "看不懂这个坐标。请写成“26.6668, 105.7680”（纬度在前），或留空。",
  "These coordinates can't be read. Write them like “26.6668, 105.7680”, latitude first, or leave "
  "them out.",
};
static const CentralWords time_words = {
  "看不懂这个时间。请写成“2026-05-15 14:30”，或留空。",
  "This time can't be read. Write it like “2026-05-15 14:30”, or leave it out.",
};
static const CentralWords future_words = {
  "这个时间还没有到，请核对（北京时间）。",
  "This time is still to come. Check it (China's time).",
};

const char *
central_tip_field_get_name (CentralTipField field)
{
  g_return_val_if_fail (field < CENTRAL_TIP_N_FIELDS, NULL);
  return names[field];
}

CentralTipForm *
central_tip_form_new (void)
{
  CentralTipForm *self = g_new0 (CentralTipForm, 1);

  for (guint i = 0; i < CENTRAL_TIP_N_FIELDS; i++)
    self->texts[i] = g_strdup ("");
  return self;
}

void
central_tip_form_free (CentralTipForm *self)
{
  for (guint i = 0; i < CENTRAL_TIP_N_FIELDS; i++)
    g_free (self->texts[i]);
  g_clear_pointer (&self->upload, g_bytes_unref);
  g_free (self);
}

/* --- reading ------------------------------------------------------------------------- */

/* Lines as they are inside, and no control characters. Transfer full. */
static char *
clean (const char *data, gsize length)
{
  g_autofree char *valid = g_utf8_make_valid (data, (gssize) length);
  GString *text = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (letter == '\n' || letter == '\t' || !g_unichar_iscntrl (letter))
        g_string_append_unichar (text, letter);
    }
  return g_strstrip (g_string_free (text, FALSE));
}

static void
take_click (CentralTipForm *self, const char *name, const char *value, guint *n_clicks)
{
  gint64 number;

  if ((strcmp (name, "map.x") != 0 && strcmp (name, "map.y") != 0)
      || !g_ascii_string_to_signed (value, 10, 0, 10000, &number, NULL))
    return;
  (*n_clicks)++;
  if (name[4] == 'x')
    self->click_x = (double) number / CENTRAL_TIP_MAP_WIDTH;
  else
    self->click_y = (double) number / CENTRAL_TIP_MAP_HEIGHT;
}

static void
take_text (CentralTipForm *self, const char *name, const char *data, gsize length, guint *n_clicks)
{
  g_autofree char *text = NULL;

  if (length > MAX_FIELD_BYTES && strcmp (name, names[CENTRAL_TIP_FIELD_KEPT]) != 0)
    length = MAX_FIELD_BYTES;
  text = clean (data, length);
  take_click (self, name, text, n_clicks);
  for (guint i = 0; i < CENTRAL_TIP_N_FIELDS; i++)
    if (i != CENTRAL_TIP_FIELD_PHOTO && strcmp (names[i], name) == 0)
      {
        g_free (self->texts[i]);
        self->texts[i] = g_steal_pointer (&text);
        return;
      }
}

static gboolean
read_multipart (CentralTipForm *self, SoupMessageHeaders *headers, GBytes *body, guint *n_clicks)
{
  g_autoptr (SoupMultipart) multipart = soup_multipart_new_from_message (headers, body);

  if (multipart == NULL || soup_multipart_get_length (multipart) > MAX_PARTS)
    return FALSE;
  for (int i = 0; i < soup_multipart_get_length (multipart); i++)
    {
      SoupMessageHeaders *part_headers;
      GBytes *part;
      g_autofree char *disposition = NULL;
      g_autoptr (GHashTable) parameters = NULL;
      const char *name;

      if (!soup_multipart_get_part (multipart, i, &part_headers, &part)
          || !soup_message_headers_get_content_disposition (part_headers, &disposition, &parameters)
          || (name = g_hash_table_lookup (parameters, "name")) == NULL)
        continue;
      if (strcmp (name, names[CENTRAL_TIP_FIELD_PHOTO]) != 0)
        take_text (self, name, g_bytes_get_data (part, NULL), g_bytes_get_size (part), n_clicks);
      else if (g_bytes_get_size (part) > 0 && self->upload == NULL)
        self->upload = g_bytes_ref (part);
    }
  return TRUE;
}

static gboolean
read_urlencoded (CentralTipForm *self, GBytes *body, guint *n_clicks)
{
  g_autofree char *text = g_strndup (
      g_bytes_get_size (body) > 0 ? g_bytes_get_data (body, NULL) : "", g_bytes_get_size (body));
  g_autoptr (GHashTable) pairs = soup_form_decode (text);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, pairs);
  while (g_hash_table_iter_next (&iter, &name, &value))
    take_text (self, name, value, strlen (value), n_clicks);
  return TRUE;
}

CentralTipForm *
central_tip_form_parse (SoupMessageHeaders *headers, GBytes *body)
{
  g_autoptr (CentralTipForm) self = NULL;
  const char *media_type;
  guint n_clicks = 0;
  gboolean ok = FALSE;

  g_return_val_if_fail (headers != NULL && body != NULL, NULL);

  self = central_tip_form_new ();
  media_type = soup_message_headers_get_content_type (headers, NULL);
  if (g_strcmp0 (media_type, MULTIPART) == 0)
    ok = read_multipart (self, headers, body, &n_clicks);
  else if (g_strcmp0 (media_type, URLENCODED) == 0)
    ok = read_urlencoded (self, body, &n_clicks);
  if (!ok)
    return NULL;
  /* Who presses Enter on the map did not click it anywhere. */
  self->is_click = n_clicks == 2;
  if (self->is_click && self->click_x <= 0 && self->click_y <= 0)
    self->click_x = self->click_y = -1;
  return g_steal_pointer (&self);
}

GBytes *
central_tip_form_get_kept (const CentralTipForm *self)
{
  guchar *data;
  gsize length;

  g_return_val_if_fail (self != NULL, NULL);

  if (*self->texts[CENTRAL_TIP_FIELD_KEPT] == '\0')
    return NULL;
  data = g_base64_decode (self->texts[CENTRAL_TIP_FIELD_KEPT], &length);
  return g_bytes_new_take (data, length);
}

gboolean
central_tip_form_get_point (const CentralTipForm *self, ReunionPoint *point)
{
  g_return_val_if_fail (self != NULL && point != NULL, FALSE);

  return *self->texts[CENTRAL_TIP_FIELD_POINT] != '\0'
         && reunion_coordinates_parse (self->texts[CENTRAL_TIP_FIELD_POINT], point, NULL)
         && reunion_point_is_valid (*point);
}

void
central_tip_form_set_point (CentralTipForm *self, ReunionPoint point)
{
  char lat[G_ASCII_DTOSTR_BUF_SIZE], lon[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_if_fail (self != NULL);

  g_free (self->texts[CENTRAL_TIP_FIELD_POINT]);
  self->texts[CENTRAL_TIP_FIELD_POINT]
      = g_strdup_printf ("%s, %s", g_ascii_formatd (lat, sizeof lat, "%.4f", point.lat_deg),
                         g_ascii_formatd (lon, sizeof lon, "%.4f", point.lon_deg));
}

/* --- checking -------------------------------------------------------------------------- */

static void
check_seen (CentralTipForm *self, ReunionLanguage language, gint64 now_usec, ReunionTip *tip)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (CHINA_S);
  g_autofree char *text = g_strdup (self->texts[CENTRAL_TIP_FIELD_SEEN]);
  gint64 seen_usec;

  if (*text == '\0')
    return;
  /* As fields for a time of day send it. */
  if (strlen (text) > 10 && text[10] == 'T')
    text[10] = ' ';
  if (!reunion_time_parse_any (text, now_usec, china, &seen_usec, NULL))
    self->faults[CENTRAL_TIP_FIELD_SEEN] = time_words[language];
  else if (seen_usec > now_usec + CENTRAL_TIP_TOLERANCE_USEC)
    self->faults[CENTRAL_TIP_FIELD_SEEN] = future_words[language];
  else
    reunion_tip_set_seen_usec (tip, seen_usec);
}

gboolean
central_tip_form_check (CentralTipForm *self,
                        ReunionLanguage language,
                        gint64 now_usec,
                        gboolean has_photo,
                        ReunionTip *tip)
{
  static const CentralTipField lines[]
      = { CENTRAL_TIP_FIELD_TEXT, CENTRAL_TIP_FIELD_PLACE, CENTRAL_TIP_FIELD_CONTACT };
  ReunionPoint point;
  gboolean has_point;

  g_return_val_if_fail (self != NULL && REUNION_IS_TIP (tip), FALSE);

  has_point = central_tip_form_get_point (self, &point);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    if (g_utf8_strlen (self->texts[lines[i]], -1)
        > (lines[i] == CENTRAL_TIP_FIELD_TEXT ? CENTRAL_TIP_MAX_TEXT : CENTRAL_TIP_MAX_LINE))
      self->faults[lines[i]] = long_words[language];
  if (*self->texts[CENTRAL_TIP_FIELD_POINT] != '\0' && !has_point)
    self->faults[CENTRAL_TIP_FIELD_POINT] = point_words[language];
  check_seen (self, language, now_usec, tip);
  if (*self->texts[CENTRAL_TIP_FIELD_TEXT] == '\0' && *self->texts[CENTRAL_TIP_FIELD_PLACE] == '\0'
      && *self->texts[CENTRAL_TIP_FIELD_POINT] == '\0' && !has_photo
      && self->faults[CENTRAL_TIP_FIELD_PHOTO] == NULL)
    self->faults[CENTRAL_TIP_FIELD_TEXT] = empty_words[language];
  reunion_tip_set_text (tip, self->texts[CENTRAL_TIP_FIELD_TEXT]);
  reunion_tip_set_place (tip, self->texts[CENTRAL_TIP_FIELD_PLACE]);
  reunion_tip_set_contact (tip, self->texts[CENTRAL_TIP_FIELD_CONTACT]);
  if (has_point)
    reunion_tip_set_point (tip, point);
  for (guint i = 0; i < CENTRAL_TIP_N_SHOWN; i++)
    if (self->faults[i] != NULL)
      return FALSE;
  return TRUE;
}
