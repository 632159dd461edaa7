/* reunion-cap-table.c: which elements an alert has, in which order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-cap-private.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static const char *const statuses[] = { "Actual", "Exercise", "System", "Test", "Draft", NULL };
static const char *const kinds[] = { "Alert", "Update", "Cancel", "Ack", "Error", NULL };
static const char *const scopes[] = { "Public", "Restricted", "Private", NULL };
static const char *const categories[]
    = { "Geo", "Met",       "Safety", "Security", "Rescue", "Fire", "Health",
        "Env", "Transport", "Infra",  "CBRNE",    "Other",  NULL };
static const char *const response_types[] = { "Shelter", "Evacuate", "Prepare",  "Execute", "Avoid",
                                              "Monitor", "Assess",   "AllClear", "None",    NULL };
static const char *const urgencies[]
    = { "Immediate", "Expected", "Future", "Past", "Unknown", NULL };
static const char *const severities[]
    = { "Extreme", "Severe", "Moderate", "Minor", "Unknown", NULL };
static const char *const certainties[]
    = { "Observed", "Likely", "Possible", "Unlikely", "Unknown", NULL };

#define ROW(type, name, kind, member, is_needed)                                                   \
  {                                                                                                \
    name, REUNION_CAP_##kind, offsetof (type, member), is_needed, NULL, NULL                       \
  }
#define CHOICE(type, name, kind, member, choices)                                                  \
  {                                                                                                \
    name, REUNION_CAP_##kind, offsetof (type, member), TRUE, choices, NULL                         \
  }
#define RECORDS(type, name, member, table)                                                         \
  {                                                                                                \
    name, REUNION_CAP_RECORDS, offsetof (type, member), FALSE, NULL, &table                        \
  }
#define TABLE(type, elements)                                                                      \
  {                                                                                                \
    sizeof (type), elements, G_N_ELEMENTS (elements)                                               \
  }

static const ReunionCapElement pair_elements[] = {
  ROW (ReunionCapPair, "valueName", TEXT, name, TRUE),
  ROW (ReunionCapPair, "value", TEXT, value, TRUE),
};
static const ReunionCapTable pair_table = TABLE (ReunionCapPair, pair_elements);

static const ReunionCapElement resource_elements[] = {
  ROW (ReunionCapResource, "resourceDesc", TEXT, description, TRUE),
  ROW (ReunionCapResource, "mimeType", TEXT, media_type, TRUE),
  ROW (ReunionCapResource, "size", SIZE, size, TRUE),
  ROW (ReunionCapResource, "uri", TEXT, uri, TRUE),
  ROW (ReunionCapResource, "digest", DIGEST, digest, TRUE),
};
static const ReunionCapTable resource_table = TABLE (ReunionCapResource, resource_elements);

static const ReunionCapElement area_elements[] = {
  ROW (ReunionCapArea, "areaDesc", TEXT, description, TRUE),
  ROW (ReunionCapArea, "circle", CIRCLES, circles, FALSE),
};
static const ReunionCapTable area_table = TABLE (ReunionCapArea, area_elements);

static const ReunionCapElement info_elements[] = {
  ROW (ReunionCapInfo, "language", TEXT, language, TRUE),
  CHOICE (ReunionCapInfo, "category", CHOICES, categories, categories),
  ROW (ReunionCapInfo, "event", TEXT, event, TRUE),
  { "responseType", REUNION_CAP_CHOICES, offsetof (ReunionCapInfo, response_types), FALSE,
    response_types, NULL },
  CHOICE (ReunionCapInfo, "urgency", CHOICE, urgency, urgencies),
  CHOICE (ReunionCapInfo, "severity", CHOICE, severity, severities),
  CHOICE (ReunionCapInfo, "certainty", CHOICE, certainty, certainties),
  RECORDS (ReunionCapInfo, "eventCode", event_codes, pair_table),
  ROW (ReunionCapInfo, "effective", TIME, effective_usec, FALSE),
  ROW (ReunionCapInfo, "onset", TIME, onset_usec, FALSE),
  ROW (ReunionCapInfo, "expires", TIME, expires_usec, FALSE),
  ROW (ReunionCapInfo, "headline", TEXT, headline, FALSE),
  ROW (ReunionCapInfo, "description", TEXT, description, FALSE),
  ROW (ReunionCapInfo, "instruction", TEXT, instruction, FALSE),
  ROW (ReunionCapInfo, "web", TEXT, web, FALSE),
  ROW (ReunionCapInfo, "contact", TEXT, contact, FALSE),
  RECORDS (ReunionCapInfo, "parameter", parameters, pair_table),
  RECORDS (ReunionCapInfo, "resource", resources, resource_table),
  RECORDS (ReunionCapInfo, "area", areas, area_table),
};
static const ReunionCapTable info_table = TABLE (ReunionCapInfo, info_elements);

static const ReunionCapElement alert_elements[] = {
  ROW (ReunionCapAlert, "identifier", TOKEN, identifier, TRUE),
  ROW (ReunionCapAlert, "sender", TOKEN, sender, TRUE),
  ROW (ReunionCapAlert, "sent", TIME, sent_usec, TRUE),
  CHOICE (ReunionCapAlert, "status", CHOICE, status, statuses),
  CHOICE (ReunionCapAlert, "msgType", CHOICE, kind, kinds),
  CHOICE (ReunionCapAlert, "scope", CHOICE, scope, scopes),
  ROW (ReunionCapAlert, "note", TEXT, note, FALSE),
  ROW (ReunionCapAlert, "references", REFERENCES, references, FALSE),
  ROW (ReunionCapAlert, "incidents", TOKEN, incidents, FALSE),
  RECORDS (ReunionCapAlert, "info", infos, info_table),
};
const ReunionCapTable reunion_cap_alert_table = TABLE (ReunionCapAlert, alert_elements);

G_DEFINE_QUARK (reunion-cap-error-quark, reunion_cap_error)

static GPtrArray *
new_array (const ReunionCapElement *element)
{
  switch (element->kind)
    {
    case REUNION_CAP_REFERENCES:
      return g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_cap_reference_free);
    case REUNION_CAP_CHOICES:
    case REUNION_CAP_CIRCLES:
      return g_ptr_array_new_with_free_func (g_free);
    case REUNION_CAP_RECORDS:
      /* Its records are freed by their table. */
      return g_ptr_array_new ();
    case REUNION_CAP_TEXT:
    case REUNION_CAP_TOKEN:
    case REUNION_CAP_CHOICE:
    case REUNION_CAP_TIME:
    case REUNION_CAP_SIZE:
    case REUNION_CAP_DIGEST:
    default:
      return NULL;
    }
}

gpointer
reunion_cap_record_new (const ReunionCapTable *table)
{
  gpointer record = g_malloc0 (table->size);

  for (gsize i = 0; i < table->n_elements; i++)
    {
      GPtrArray *array = new_array (&table->elements[i]);

      if (array != NULL)
        REUNION_CAP_MEMBER (GPtrArray *, record, &table->elements[i]) = array;
      /* Nothing has a size too. */
      if (table->elements[i].kind == REUNION_CAP_SIZE)
        REUNION_CAP_MEMBER (gint64, record, &table->elements[i]) = -1;
    }
  return record;
}

void
reunion_cap_record_free (const ReunionCapTable *table, gpointer record)
{
  for (gsize i = 0; i < table->n_elements; i++)
    {
      const ReunionCapElement *element = &table->elements[i];

      switch (element->kind)
        {
        case REUNION_CAP_RECORDS:
          {
            GPtrArray *records = REUNION_CAP_MEMBER (GPtrArray *, record, element);

            for (guint j = 0; j < records->len; j++)
              reunion_cap_record_free (element->table, records->pdata[j]);
          }
          G_GNUC_FALLTHROUGH;
        case REUNION_CAP_REFERENCES:
        case REUNION_CAP_CHOICES:
        case REUNION_CAP_CIRCLES:
          g_ptr_array_unref (REUNION_CAP_MEMBER (GPtrArray *, record, element));
          break;
        case REUNION_CAP_TEXT:
        case REUNION_CAP_TOKEN:
        case REUNION_CAP_CHOICE:
        case REUNION_CAP_DIGEST:
          g_free (REUNION_CAP_MEMBER (char *, record, element));
          break;
        case REUNION_CAP_TIME:
        case REUNION_CAP_SIZE:
        default:
          break;
        }
    }
  g_free (record);
}

void
reunion_cap_alert_free (ReunionCapAlert *self)
{
  g_return_if_fail (self != NULL);

  reunion_cap_record_free (&reunion_cap_alert_table, self);
}

void
reunion_cap_resource_free (ReunionCapResource *self)
{
  g_return_if_fail (self != NULL);

  reunion_cap_record_free (&resource_table, self);
}

/* --- checks --------------------------------------------------------------------- */

/* XML 1.0, 2.2: what may stand in a document at all. */
static gboolean
is_xml_text (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xfffe || c == 0xffff)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_token (const char *text)
{
  return *text != '\0' && is_xml_text (text) && strpbrk (text, " \t\r\n,<&") == NULL;
}

static gboolean
is_digest (const char *text)
{
  return strlen (text) == 40 && strspn (text, "0123456789abcdef") == 40;
}

static gboolean
is_choice (const ReunionCapElement *element, const char *text)
{
  return g_strv_contains (element->choices, text);
}

static gboolean
is_circle (const ReunionCapCircle *circle)
{
  return fabs (circle->lat_deg) <= 90 && fabs (circle->lon_deg) <= 180 && circle->radius_km > 0
         && circle->radius_km <= 20038;
}

static gboolean
set_error (GError **error, ReunionCapError code, const char *name, const char *sentence)
{
  g_set_error (error, REUNION_CAP_ERROR, code, "CAP: “%s” %s.", name, sentence);
  return FALSE;
}

static gboolean
check_text (const ReunionCapElement *element, const char *text, GError **error)
{
  gboolean fits = is_xml_text (text) && *text != '\0';

  if (element->kind == REUNION_CAP_TOKEN)
    fits = is_token (text);
  else if (element->kind == REUNION_CAP_DIGEST)
    fits = is_digest (text);
  else if (element->choices != NULL)
    fits = is_choice (element, text);
  return fits
         || set_error (error, REUNION_CAP_ERROR_VALUE, element->name,
                       "holds what it must not: correct it");
}

static gboolean
check_array (const ReunionCapElement *element, GPtrArray *array, GError **error)
{
  for (guint i = 0; i < array->len; i++)
    {
      gpointer item = array->pdata[i];
      const ReunionCapReference *reference = item;
      gboolean fits = TRUE;

      if (element->kind == REUNION_CAP_RECORDS)
        {
          if (!reunion_cap_check (element->table, item, error))
            return FALSE;
        }
      else if (element->kind == REUNION_CAP_CHOICES)
        fits = is_choice (element, item);
      else if (element->kind == REUNION_CAP_CIRCLES)
        fits = is_circle (item);
      else
        fits = is_token (reference->sender) && is_token (reference->identifier);
      if (!fits)
        return set_error (error, REUNION_CAP_ERROR_VALUE, element->name,
                          "holds what it must not: correct it");
    }
  return TRUE;
}

static gboolean
check_element (const ReunionCapElement *element, gpointer record, GError **error)
{
  const char *text;
  GPtrArray *array;
  gboolean is_there;

  switch (element->kind)
    {
    case REUNION_CAP_TIME:
      is_there = REUNION_CAP_MEMBER (gint64, record, element) != 0;
      break;
    case REUNION_CAP_SIZE:
      is_there = REUNION_CAP_MEMBER (gint64, record, element) >= 0;
      break;
    case REUNION_CAP_REFERENCES:
    case REUNION_CAP_CHOICES:
    case REUNION_CAP_CIRCLES:
    case REUNION_CAP_RECORDS:
      array = REUNION_CAP_MEMBER (GPtrArray *, record, element);
      is_there = array->len > 0;
      if (!check_array (element, array, error))
        return FALSE;
      break;
    case REUNION_CAP_TEXT:
    case REUNION_CAP_TOKEN:
    case REUNION_CAP_CHOICE:
    case REUNION_CAP_DIGEST:
    default:
      text = REUNION_CAP_MEMBER (const char *, record, element);
      is_there = text != NULL;
      if (is_there && !check_text (element, text, error))
        return FALSE;
      break;
    }
  return is_there || !element->is_needed
         || set_error (error, REUNION_CAP_ERROR_STRUCTURE, element->name,
                       "is missing: put it where the specification has it");
}

gboolean
reunion_cap_check (const ReunionCapTable *table, gpointer record, GError **error)
{
  for (gsize i = 0; i < table->n_elements; i++)
    if (!check_element (&table->elements[i], record, error))
      return FALSE;
  return TRUE;
}

gboolean
reunion_cap_check_alert (const ReunionCapAlert *alert, GError **error)
{
  gboolean is_follower = strcmp (alert->kind, "Update") == 0 || strcmp (alert->kind, "Cancel") == 0;

  if (is_follower && alert->references->len == 0)
    return set_error (error, REUNION_CAP_ERROR_STRUCTURE, "references",
                      "is missing: an Update or a Cancel names every earlier message");
  if (strcmp (alert->kind, "Alert") == 0 && alert->references->len > 0)
    return set_error (error, REUNION_CAP_ERROR_STRUCTURE, "references",
                      "is no part of a first Alert: leave it out, or send an Update");
  for (guint i = 0; i < alert->infos->len; i++)
    {
      const ReunionCapInfo *info = alert->infos->pdata[i];

      if (info->expires_usec != 0 && info->expires_usec <= alert->sent_usec)
        return set_error (error, REUNION_CAP_ERROR_VALUE, "expires",
                          "is over before the message is sent: put it later");
      for (guint j = 0; j < i; j++)
        if (strcmp (((ReunionCapInfo *) alert->infos->pdata[j])->language, info->language) == 0)
          return set_error (error, REUNION_CAP_ERROR_VALUE, "language",
                            "stands twice: one “info” for each language");
    }
  return TRUE;
}
