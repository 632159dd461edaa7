/* reunion-cap.c: the notice as an alert of the Common Alerting Protocol
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-cap.h"

#include "reunion-cap-private.h"
#include "reunion-notice.h"

#include <string.h>

#define CHINA_MINUTES (8 * 60)

/* As in reunion-notice.c: an alert speaks both languages at once. */
typedef const char *Words[REUNION_N_LANGUAGES];

static const Words language_words = { "zh-CN", "en" };
static const Words event_words = { "寻人", "Missing person" };
static const Words instruction_words = {
  "如果见到此人或知道其下落，请立即拨打联系电话，或拨打110。",
  "If you see this person or know where they are, call the contact number at once, or 110.",
};
static const Words area_words
    = { "走失地点周围%g公里", "Within %g km of where the person was lost" };
static const Words photo_words = { "照片%u", "Photo %u" };

static const struct
{
  const char *kind;
  const char *response_type;
  const char *urgency;
  const char *severity;
  const char *certainty;
} kinds[] = {
  /* That somebody is missing has been observed, and people are to look now. */
  [REUNION_CAP_KIND_ALERT] = { "Alert", "Execute", "Immediate", "Severe", "Observed" },
  [REUNION_CAP_KIND_UPDATE] = { "Update", "Execute", "Immediate", "Severe", "Observed" },
  [REUNION_CAP_KIND_CANCEL] = { "Cancel", "AllClear", "Past", "Minor", "Observed" },
};

static const char *const statuses[] = {
  [REUNION_CAP_STATUS_ACTUAL] = "Actual",
  [REUNION_CAP_STATUS_EXERCISE] = "Exercise",
  [REUNION_CAP_STATUS_TEST] = "Test",
};

/* The words are constants of this file, chosen by language. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static char *
format_km (const Words words, ReunionLanguage language, double km)
{
  return g_strdup_printf (words[language], km);
}

static char *
format_number (const Words words, ReunionLanguage language, guint number)
{
  return g_strdup_printf (words[language], number);
}

#pragma GCC diagnostic pop

/* A report holds any text; XML does not. NULL for nothing. Transfer full. */
static char *
clean (const char *text)
{
  GString *clean;

  if (text == NULL)
    return NULL;
  clean = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\t' || c == '\n' || (c >= 0x20 && c != 0xfffe && c != 0xffff))
        g_string_append_unichar (clean, c);
    }
  return g_string_free (clean, clean->len == 0);
}

static ReunionCapPair *
pair_new (const char *name, const char *value)
{
  ReunionCapPair *pair = g_new0 (ReunionCapPair, 1);

  pair->name = g_strdup (name);
  pair->value = g_strdup (value);
  return pair;
}

/* %g of the C locale: a comma would be another number. */
static void
add_km (GPtrArray *parameters, const char *name, double km)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_ptr_array_add (parameters,
                   pair_new (name, g_ascii_formatd (buffer, sizeof buffer, "%.10g", km)));
}

static void
add_circle (ReunionCapInfo *info,
            const ReunionCapMessage *message,
            ReunionPoint centre,
            ReunionLanguage language)
{
  ReunionCapArea *area = g_new0 (ReunionCapArea, 1);
  ReunionCapCircle *circle = g_new0 (ReunionCapCircle, 1);
  g_autofree char *stage = g_strdup_printf ("%u", message->stage->id);

  *circle = (ReunionCapCircle){ centre.lat_deg, centre.lon_deg, message->stage->radius_km };
  area->description = format_km (area_words, language, message->stage->radius_km);
  area->circles = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (area->circles, circle);
  g_ptr_array_add (info->areas, area);

  g_ptr_array_add (info->parameters, pair_new (REUNION_CAP_PARAMETER_STAGE, stage));
  add_km (info->parameters, REUNION_CAP_PARAMETER_RADIUS, message->stage->radius_km);
  add_km (info->parameters, REUNION_CAP_PARAMETER_TOLD, message->told_radius_km);
}

static void
add_photos (ReunionCapInfo *info, const ReunionCapMessage *message, ReunionLanguage language)
{
  for (guint i = 0; message->photos != NULL && i < message->photos->len; i++)
    {
      const ReunionCapResource *photo = message->photos->pdata[i];
      ReunionCapResource *resource
          = reunion_cap_resource_new (photo->media_type, photo->size, photo->uri, photo->digest);

      resource->description = format_number (photo_words, language, i + 1);
      g_ptr_array_add (info->resources, resource);
    }
}

/* What is said of the person, all of it out of the notice. */
static void
add_notice (ReunionCapInfo *info, ReunionCase *case_, ReunionLanguage language)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (CHINA_MINUTES * 60);
  g_autoptr (ReunionNotice) notice = reunion_notice_new (case_, language, china);
  g_autofree char *text = reunion_notice_to_text (notice);

  info->headline = clean (notice->headline);
  info->description = clean (text);
  info->instruction = g_strdup (instruction_words[language]);
  info->contact = clean (notice->contact);
  info->onset_usec
      = reunion_report_get_int (reunion_case_get_report (case_), REUNION_FIELD_LAST_SEEN, 0);
}

static gboolean
is_abduction (ReunionCase *case_)
{
  return g_strcmp0 (reunion_report_get_text (reunion_case_get_report (case_), REUNION_FIELD_KIND),
                    "abduction")
         == 0;
}

static ReunionCapInfo *
info_new (const ReunionCapElement *element,
          const ReunionCapMessage *message,
          ReunionCase *case_,
          ReunionLanguage language)
{
  ReunionCapInfo *info = reunion_cap_record_new (element->table);
  gboolean is_over = message->kind == REUNION_CAP_KIND_CANCEL;
  ReunionPoint centre;

  info->language = g_strdup (language_words[language]);
  g_ptr_array_add (info->categories, g_strdup ("Rescue"));
  info->event = g_strdup (event_words[language]);
  g_ptr_array_add (info->response_types, g_strdup (kinds[message->kind].response_type));
  info->urgency = g_strdup (kinds[message->kind].urgency);
  info->severity = g_strdup (kinds[message->kind].severity);
  info->certainty = g_strdup (kinds[message->kind].certainty);
  info->effective_usec = message->sent_usec;
  info->expires_usec = message->expires_usec;
  info->web = clean (message->web);
  if (is_over)
    {
      info->headline = g_strdup (reunion_notice_get_ended_headline (language));
      info->description = g_strdup (reunion_notice_get_ended_text (language));
      return info;
    }
  if (is_abduction (case_))
    {
      g_ptr_array_add (info->categories, g_strdup ("Security"));
      g_ptr_array_add (info->event_codes, pair_new ("SAME", "CAE"));
    }
  add_notice (info, case_, language);
  add_photos (info, message, language);
  if (message->stage != NULL && reunion_report_get_point (reunion_case_get_report (case_), &centre))
    add_circle (info, message, centre, language);
  return info;
}

ReunionCapAlert *
reunion_cap_alert_new (const ReunionCapMessage *message, ReunionCase *case_)
{
  const ReunionCapTable *table = &reunion_cap_alert_table;
  const ReunionCapElement *info_element = &table->elements[table->n_elements - 1];
  ReunionCapAlert *self;

  g_return_val_if_fail (message != NULL && REUNION_IS_CASE (case_), NULL);
  g_return_val_if_fail (message->identifier != NULL && message->sender != NULL, NULL);
  g_return_val_if_fail (message->kind < G_N_ELEMENTS (kinds), NULL);
  g_return_val_if_fail (message->status < G_N_ELEMENTS (statuses), NULL);

  self = reunion_cap_record_new (table);
  self->identifier = g_strdup (message->identifier);
  self->sender = g_strdup (message->sender);
  self->sent_usec = message->sent_usec;
  self->status = g_strdup (statuses[message->status]);
  self->kind = g_strdup (kinds[message->kind].kind);
  self->scope = g_strdup ("Public");
  if (message->kind == REUNION_CAP_KIND_CANCEL)
    self->note = g_strdup (reunion_notice_get_ended_text (REUNION_LANGUAGE_EN));
  for (guint i = 0; message->references != NULL && i < message->references->len; i++)
    {
      const ReunionCapReference *earlier = message->references->pdata[i];

      g_ptr_array_add (
          self->references,
          reunion_cap_reference_new (earlier->sender, earlier->identifier, earlier->sent_usec));
    }
  self->incidents = g_strdup (reunion_case_get_id (case_));
  for (guint i = 0; i < REUNION_N_LANGUAGES; i++)
    g_ptr_array_add (self->infos, info_new (info_element, message, case_, i));
  self->offset_minutes = CHINA_MINUTES;
  return self;
}

ReunionCapReference *
reunion_cap_reference_new (const char *sender, const char *identifier, gint64 sent_usec)
{
  ReunionCapReference *self;

  g_return_val_if_fail (sender != NULL && identifier != NULL, NULL);

  self = g_new0 (ReunionCapReference, 1);
  self->sender = g_strdup (sender);
  self->identifier = g_strdup (identifier);
  self->sent_usec = sent_usec;
  return self;
}

void
reunion_cap_reference_free (ReunionCapReference *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->sender);
  g_free (self->identifier);
  g_free (self);
}

ReunionCapResource *
reunion_cap_resource_new (const char *media_type, gint64 size, const char *uri, const char *digest)
{
  ReunionCapResource *self;

  g_return_val_if_fail (media_type != NULL && uri != NULL && digest != NULL, NULL);

  self = g_new0 (ReunionCapResource, 1);
  self->media_type = g_strdup (media_type);
  self->size = size;
  self->uri = g_strdup (uri);
  self->digest = g_strdup (digest);
  return self;
}
