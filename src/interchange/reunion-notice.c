/* reunion-notice.c: the public notice
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-notice.h"

#include "reunion-json.h"
#include "reunion-person-kind.h"
#include "reunion-time.h"

#include <string.h>

/* A notice speaks both languages whatever the locale of the program is, so
 * its words stand here and not in the message catalogue. Those that hang on who is
 * missing stand in reunion-person-kind.c. */
G_STATIC_ASSERT (REUNION_LANGUAGE_ZH == 0 && REUNION_LANGUAGE_EN == 1);
typedef const char *Words[REUNION_N_LANGUAGES];

static const Words nameless_words = { "姓名不详", "name unknown" };
static const Words sex_label = { "性别", "Sex" };
static const Words age_label = { "年龄", "Age" };
static const Words build_label = { "体貌", "Build" };
static const Words marks_label = { "特征", "Marks" };
static const Words clothing_label = { "衣着", "Clothing" };
static const Words medical_label = { "紧急医疗", "Vital medical need" };
static const Words time_label = { "走失时间", "Last seen" };
static const Words place_label = { "走失地点", "Place" };
static const Words sentence_label = { "见到时", "If you see them" };
static const Words contact_label = { "联系电话", "Contact" };
/* Not "found": how it ended may be what nobody should read on a page. */
static const Words ended_headline = { "寻人启事已撤回", "This notice has been withdrawn" };
static const Words ended_words = {
  "这次寻找已经结束，启事已全部撤回。请不要再转发。感谢您的关心。",
  "The search has ended and the notice is withdrawn everywhere. Please do not pass it on any "
  "more. Thank you for looking.",
};
static const Words age_words = { "%d岁", "%d" };
static const Words height_words = { "身高%d厘米", "%d cm tall" };
static const Words comma = { "，", ", " };
static const Words colon = { "：", ": " };

static const struct
{
  const char *key;
  Words words;
} sexes[] = {
  { "female", { "女", "Female" } },
  { "male", { "男", "Male" } },
};

static const char *const tags[REUNION_N_LANGUAGES] = { "zh", "en" };

static const char *const push_keys[] = {
  [REUNION_PUSH_PUBLISHED] = "notice.published",
  [REUNION_PUSH_ESCALATED] = "notice.escalated",
  [REUNION_PUSH_UPDATED] = "notice.updated",
  [REUNION_PUSH_WITHDRAWN] = "notice.withdrawn",
};

static void
line_free (ReunionNoticeLine *line)
{
  g_free (line->label);
  g_free (line->value);
  g_free (line);
}

static void
add_line (ReunionNotice *self, const Words label, ReunionLanguage language, const char *value)
{
  ReunionNoticeLine *line;

  if (value == NULL || *value == '\0')
    return;
  line = g_new0 (ReunionNoticeLine, 1);
  line->label = g_strdup (label[language]);
  line->value = g_strdup (value);
  g_ptr_array_add (self->lines, line);
}

/* Two values as one, either of which may be missing. Transfer full. */
static char *
join (const char *first, const char *second, ReunionLanguage language)
{
  if (first == NULL || second == NULL)
    return g_strdup (first != NULL ? first : second);
  return g_strconcat (first, comma[language], second, NULL);
}

/* The words are constants of this file, chosen by language. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static char *
format_number (const Words words, ReunionLanguage language, gint64 number)
{
  return g_strdup_printf (words[language], (int) number);
}

static char *
format_text (const char *const *words, ReunionLanguage language, const char *text)
{
  return g_strdup_printf (words[language], text);
}

#pragma GCC diagnostic pop

static void
add_person (ReunionNotice *self, ReunionReport *report, ReunionLanguage language)
{
  const char *sex = reunion_report_get_text (report, REUNION_FIELD_SEX);
  gint64 age_years = reunion_report_get_int (report, REUNION_FIELD_AGE_YEARS, -1);
  gint64 height_cm = reunion_report_get_int (report, REUNION_FIELD_HEIGHT_CM, 0);
  g_autofree char *age = age_years >= 0 ? format_number (age_words, language, age_years) : NULL;
  g_autofree char *height
      = height_cm > 0 ? format_number (height_words, language, height_cm) : NULL;
  g_autofree char *build
      = join (height, reunion_report_get_text (report, REUNION_FIELD_BUILD), language);
  g_autofree char *clothing
      = join (reunion_report_get_text (report, REUNION_FIELD_CLOTHING),
              reunion_report_get_text (report, REUNION_FIELD_SHOES), language);

  for (gsize i = 0; i < G_N_ELEMENTS (sexes); i++)
    if (g_strcmp0 (sexes[i].key, sex) == 0)
      add_line (self, sex_label, language, sexes[i].words[language]);
  add_line (self, age_label, language, age);
  add_line (self, build_label, language, build);
  add_line (self, clothing_label, language, clothing);
  add_line (self, marks_label, language, reunion_report_get_text (report, REUNION_FIELD_MARKS));
  /* Redaction has left it only where it is vital. */
  add_line (self, medical_label, language, reunion_report_get_text (report, REUNION_FIELD_MEDICAL));
}

/* Before redaction, for who is missing is not told: only the words are. */
static const ReunionPublicWords *
choose_words (ReunionReport *report, ReunionReport *redacted)
{
  return reunion_person_kind_get_words (
      reunion_person_kind_of (report),
      (int) reunion_report_get_int (redacted, REUNION_FIELD_AGE_YEARS, -1),
      reunion_report_get_flag (report, REUNION_FIELD_MEDICAL_VITAL));
}

ReunionNotice *
reunion_notice_new (ReunionCase *case_, ReunionLanguage language, GTimeZone *zone)
{
  g_autoptr (ReunionReport) report = NULL;
  const ReunionPublicWords *words;
  ReunionNotice *self;
  const char *name;

  g_return_val_if_fail (REUNION_IS_CASE (case_) && zone != NULL, NULL);
  g_return_val_if_fail (language < REUNION_N_LANGUAGES, NULL);

  report = reunion_report_redact (reunion_case_get_report (case_));
  words = choose_words (reunion_case_get_report (case_), report);
  /* From here on nothing private is within reach. */
  self = g_new0 (ReunionNotice, 1);
  self->language = language;
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  name = reunion_report_get_text (report, REUNION_FIELD_NAME);
  self->name = g_strdup (name != NULL ? name : nameless_words[language]);
  self->title = words->title[language];
  self->headline = format_text (words->headline, language, self->name);
  add_person (self, report, language);
  if (reunion_report_has (report, REUNION_FIELD_LAST_SEEN))
    {
      g_autofree char *time
          = reunion_time_format (reunion_report_get_int (report, REUNION_FIELD_LAST_SEEN, 0), zone);

      add_line (self, time_label, language, time);
    }
  add_line (self, place_label, language, reunion_report_get_text (report, REUNION_FIELD_PLACE));
  self->contact = g_strdup (reunion_report_get_text (report, REUNION_FIELD_CONTACT_PHONE));
  /* It asks to call. */
  if (self->contact != NULL)
    add_line (self, sentence_label, language, words->sentence[language]);
  add_line (self, contact_label, language, self->contact);
  return self;
}

void
reunion_notice_free (ReunionNotice *self)
{
  g_free (self->headline);
  g_free (self->name);
  g_ptr_array_unref (self->lines);
  g_free (self->contact);
  g_free (self);
}

char *
reunion_notice_to_text (const ReunionNotice *self)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new (self->headline);
  for (guint i = 0; i < self->lines->len; i++)
    {
      const ReunionNoticeLine *line = self->lines->pdata[i];

      g_string_append_printf (text, "\n%s%s%s", line->label, colon[self->language], line->value);
    }
  return g_string_free (text, FALSE);
}

const char *
reunion_notice_get_ended_headline (ReunionLanguage language)
{
  g_return_val_if_fail (language < REUNION_N_LANGUAGES, NULL);

  return ended_headline[language];
}

const char *
reunion_notice_get_ended_text (ReunionLanguage language)
{
  g_return_val_if_fail (language < REUNION_N_LANGUAGES, NULL);

  return ended_words[language];
}

const char *
reunion_language_to_tag (ReunionLanguage language)
{
  g_return_val_if_fail (language < REUNION_N_LANGUAGES, NULL);

  return tags[language];
}

const char *
reunion_push_kind_to_key (ReunionPushKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (push_keys), NULL);

  return push_keys[kind];
}

gboolean
reunion_push_kind_from_key (const char *key, ReunionPushKind *kind)
{
  g_return_val_if_fail (key != NULL && kind != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (push_keys); i++)
    if (strcmp (push_keys[i], key) == 0)
      {
        *kind = (ReunionPushKind) i;
        return TRUE;
      }
  return FALSE;
}

static JsonObject *
notice_to_object (ReunionCase *case_, ReunionLanguage language, GTimeZone *zone)
{
  g_autoptr (ReunionNotice) notice = reunion_notice_new (case_, language, zone);
  g_autofree char *text = reunion_notice_to_text (notice);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "headline", notice->headline);
  json_object_set_string_member (object, "text", text);
  reunion_json_put_string (object, "contact", notice->contact);
  return object;
}

static void
put_circle (JsonObject *object, const ReunionPush *push, ReunionPoint centre)
{
  ReunionPoint shifted = reunion_datum_convert (centre, REUNION_DATUM_WGS84, push->datum);
  JsonObject *circle = json_object_new ();
  JsonObject *stage = json_object_new ();

  json_object_set_string_member (circle, "datum", reunion_datum_to_name (push->datum));
  json_object_set_double_member (circle, "latitude", shifted.lat_deg);
  json_object_set_double_member (circle, "longitude", shifted.lon_deg);
  json_object_set_double_member (circle, "radius_km", push->stage->radius_km);
  json_object_set_object_member (object, "circle", circle);
  json_object_set_int_member (stage, "id", push->stage->id);
  json_object_set_double_member (stage, "told_radius_km", push->told_radius_km);
  json_object_set_object_member (object, "stage", stage);
}

char *
reunion_push_to_json (const ReunionPush *push, ReunionCase *case_)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 3600);
  JsonObject *notices;
  JsonArray *photos;
  ReunionPoint centre;

  g_return_val_if_fail (push != NULL && REUNION_IS_CASE (case_), NULL);

  json_object_set_string_member (object, "type", reunion_push_kind_to_key (push->kind));
  json_object_set_string_member (object, "id", push->id);
  json_object_set_string_member (object, "case_id", reunion_case_get_id (case_));
  reunion_json_put_time (object, "sent", push->sent_usec);
  if (push->kind == REUNION_PUSH_WITHDRAWN)
    return reunion_json_to_text (object);

  if (push->stage != NULL && reunion_report_get_point (reunion_case_get_report (case_), &centre))
    put_circle (object, push, centre);
  notices = json_object_new ();
  for (guint i = 0; i < REUNION_N_LANGUAGES; i++)
    json_object_set_object_member (notices, reunion_language_to_tag (i),
                                   notice_to_object (case_, i, china));
  json_object_set_object_member (object, "notice", notices);
  photos = json_array_new ();
  for (guint i = 0; i < reunion_case_get_n_photos (case_); i++)
    json_array_add_string_element (photos,
                                   reunion_photo_get_sha256 (reunion_case_get_photo (case_, i)));
  json_object_set_array_member (object, "photos", photos);
  return reunion_json_to_text (object);
}
