/* reunion-cap-xml.c: an alert written as XML, and read from it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-cap-private.h"

#include <libxml/parser.h>
#include <libxml/xmlwriter.h>
#include <math.h>
#include <string.h>

/* Far more than any alert has. */
#define MAX_BYTES (1024 * 1024)
#define MAX_ITEMS 1000

#define XML(text) ((const xmlChar *) (text))
#define TEXT(xml) ((const char *) (xml))

/* --- writing -------------------------------------------------------------------- */

static void write_record (xmlTextWriter *writer,
                          const ReunionCapTable *table,
                          gpointer record,
                          const ReunionCapAlert *alert);

static char *
format_circle (const ReunionCapCircle *circle)
{
  char lat[G_ASCII_DTOSTR_BUF_SIZE], lon[G_ASCII_DTOSTR_BUF_SIZE], radius[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (lat, sizeof lat, "%.6f", circle->lat_deg);
  g_ascii_formatd (lon, sizeof lon, "%.6f", circle->lon_deg);
  g_ascii_formatd (radius, sizeof radius, "%.10g", circle->radius_km);
  return g_strdup_printf ("%s,%s %s", lat, lon, radius);
}

static char *
format_references (GPtrArray *references, int offset_minutes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < references->len; i++)
    {
      const ReunionCapReference *reference = references->pdata[i];
      g_autofree char *sent = reunion_cap_format_time (reference->sent_usec, offset_minutes);

      g_string_append_printf (text, "%s%s,%s,%s", i > 0 ? " " : "", reference->sender,
                              reference->identifier, sent);
    }
  return g_string_free (text, FALSE);
}

static void
write_items (xmlTextWriter *writer,
             const ReunionCapElement *element,
             GPtrArray *items,
             const ReunionCapAlert *alert)
{
  for (guint i = 0; i < items->len; i++)
    {
      gpointer item = items->pdata[i];
      g_autofree char *text = NULL;

      if (element->kind == REUNION_CAP_RECORDS)
        {
          xmlTextWriterStartElement (writer, XML (element->name));
          write_record (writer, element->table, item, alert);
          xmlTextWriterEndElement (writer);
          continue;
        }
      text = element->kind == REUNION_CAP_CIRCLES ? format_circle (item) : g_strdup (item);
      xmlTextWriterWriteElement (writer, XML (element->name), XML (text));
    }
}

static void
write_element (xmlTextWriter *writer,
               const ReunionCapElement *element,
               gpointer record,
               const ReunionCapAlert *alert)
{
  g_autofree char *text = NULL;
  GPtrArray *items;
  gint64 number;

  switch (element->kind)
    {
    case REUNION_CAP_TIME:
      number = REUNION_CAP_MEMBER (gint64, record, element);
      text = number != 0 ? reunion_cap_format_time (number, alert->offset_minutes) : NULL;
      break;
    case REUNION_CAP_SIZE:
      number = REUNION_CAP_MEMBER (gint64, record, element);
      text = g_strdup_printf ("%" G_GINT64_FORMAT, number);
      break;
    case REUNION_CAP_REFERENCES:
      items = REUNION_CAP_MEMBER (GPtrArray *, record, element);
      text = items->len > 0 ? format_references (items, alert->offset_minutes) : NULL;
      break;
    case REUNION_CAP_CHOICES:
    case REUNION_CAP_CIRCLES:
    case REUNION_CAP_RECORDS:
      write_items (writer, element, REUNION_CAP_MEMBER (GPtrArray *, record, element), alert);
      return;
    case REUNION_CAP_TEXT:
    case REUNION_CAP_TOKEN:
    case REUNION_CAP_CHOICE:
    case REUNION_CAP_DIGEST:
    default:
      text = g_strdup (REUNION_CAP_MEMBER (const char *, record, element));
      break;
    }
  if (text != NULL)
    xmlTextWriterWriteElement (writer, XML (element->name), XML (text));
}

static void
write_record (xmlTextWriter *writer,
              const ReunionCapTable *table,
              gpointer record,
              const ReunionCapAlert *alert)
{
  for (gsize i = 0; i < table->n_elements; i++)
    write_element (writer, &table->elements[i], record, alert);
}

char *
reunion_cap_to_xml (const ReunionCapAlert *self, GError **error)
{
  xmlBuffer *buffer;
  xmlTextWriter *writer;
  char *xml;

  g_return_val_if_fail (self != NULL, NULL);

  if (!reunion_cap_check (&reunion_cap_alert_table, (gpointer) self, error)
      || !reunion_cap_check_alert (self, error))
    return NULL;
  buffer = xmlBufferCreate ();
  writer = xmlNewTextWriterMemory (buffer, 0);
  xmlTextWriterSetIndent (writer, 1);
  xmlTextWriterSetIndentString (writer, XML ("  "));
  xmlTextWriterStartDocument (writer, NULL, "UTF-8", NULL);
  xmlTextWriterStartElement (writer, XML ("alert"));
  xmlTextWriterWriteAttribute (writer, XML ("xmlns"), XML (REUNION_CAP_NAMESPACE));
  write_record (writer, &reunion_cap_alert_table, (gpointer) self, self);
  xmlTextWriterEndDocument (writer);
  xmlFreeTextWriter (writer);
  xml = g_strdup (TEXT (xmlBufferContent (buffer)));
  xmlBufferFree (buffer);
  return xml;
}

/* --- reading -------------------------------------------------------------------- */

static gboolean read_record (const ReunionCapTable *table,
                             gpointer record,
                             xmlNode *parent,
                             int *offset_minutes,
                             GError **error);

static gboolean
refuse (GError **error, ReunionCapError code, const char *name, const char *sentence)
{
  g_set_error (error, REUNION_CAP_ERROR, code, "CAP: “%s” %s.", name, sentence);
  return FALSE;
}

static gboolean
refuse_value (GError **error, const ReunionCapElement *element)
{
  return refuse (error, REUNION_CAP_ERROR_VALUE, element->name,
                 "holds what it must not: correct it");
}

/* The next element, or NULL; FALSE for text between elements. */
static gboolean
skip_to_element (xmlNode **node, GError **error)
{
  while (*node != NULL && (*node)->type != XML_ELEMENT_NODE)
    {
      if ((*node)->type != XML_COMMENT_NODE && !xmlIsBlankNode (*node))
        return refuse (error, REUNION_CAP_ERROR_STRUCTURE, TEXT ((*node)->parent->name),
                       "holds text between its elements: take it away");
      *node = (*node)->next;
    }
  return TRUE;
}

static gboolean
is_ours (const xmlNode *node)
{
  return node->ns != NULL && strcmp (TEXT (node->ns->href), REUNION_CAP_NAMESPACE) == 0
         && node->properties == NULL;
}

/* "lat,lon radius": figures and points, no more. */
static gboolean
parse_circle (const char *text, ReunionCapCircle *circle)
{
  double *numbers[] = { &circle->lat_deg, &circle->lon_deg, &circle->radius_km };
  static const char ends[] = { ',', ' ', '\0' };
  const char *rest = text;

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      gsize length = strspn (rest, "-0123456789.");
      char *end;

      if (length == 0)
        return FALSE;
      *numbers[i] = g_ascii_strtod (rest, &end);
      if (end != rest + length || *end != ends[i])
        return FALSE;
      rest = end + 1;
    }
  return TRUE;
}

static gboolean
read_references (const char *text, GPtrArray *references)
{
  g_auto (GStrv) words = g_strsplit (text, " ", MAX_ITEMS);

  for (gsize i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], ",", 4);
      gint64 sent_usec;
      int offset_minutes;

      if (g_strv_length (parts) != 3
          || !reunion_cap_parse_time (parts[2], &sent_usec, &offset_minutes))
        return FALSE;
      g_ptr_array_add (references, reunion_cap_reference_new (parts[0], parts[1], sent_usec));
    }
  return TRUE;
}

/* Of @text into @record; whether it fits is asked of the whole record later. */
static gboolean
read_text (const ReunionCapElement *element, gpointer record, const char *text, int *offset_minutes)
{
  ReunionCapCircle circle;

  switch (element->kind)
    {
    case REUNION_CAP_TIME:
      return reunion_cap_parse_time (text, &REUNION_CAP_MEMBER (gint64, record, element),
                                     offset_minutes);
    case REUNION_CAP_SIZE:
      return g_ascii_string_to_signed (text, 10, 0, G_MAXINT64,
                                       &REUNION_CAP_MEMBER (gint64, record, element), NULL);
    case REUNION_CAP_REFERENCES:
      return read_references (text, REUNION_CAP_MEMBER (GPtrArray *, record, element));
    case REUNION_CAP_CIRCLES:
      if (!parse_circle (text, &circle))
        return FALSE;
      g_ptr_array_add (REUNION_CAP_MEMBER (GPtrArray *, record, element),
                       g_memdup2 (&circle, sizeof circle));
      return TRUE;
    case REUNION_CAP_CHOICES:
      g_ptr_array_add (REUNION_CAP_MEMBER (GPtrArray *, record, element), g_strdup (text));
      return TRUE;
    case REUNION_CAP_TEXT:
    case REUNION_CAP_TOKEN:
    case REUNION_CAP_CHOICE:
    case REUNION_CAP_DIGEST:
      REUNION_CAP_MEMBER (char *, record, element) = g_strdup (text);
      return TRUE;
    case REUNION_CAP_RECORDS:
    default:
      return FALSE;
    }
}

static gboolean
read_one (const ReunionCapElement *element,
          gpointer record,
          xmlNode *node,
          int *offset_minutes,
          GError **error)
{
  int own_offset_minutes = 0;
  xmlChar *content;
  gboolean fits;

  if (element->kind == REUNION_CAP_RECORDS)
    {
      gpointer item = reunion_cap_record_new (element->table);

      g_ptr_array_add (REUNION_CAP_MEMBER (GPtrArray *, record, element), item);
      return read_record (element->table, item, node, offset_minutes, error);
    }
  if (xmlFirstElementChild (node) != NULL)
    return refuse_value (error, element);
  content = xmlNodeGetContent (node);
  fits = read_text (element, record, TEXT (content), &own_offset_minutes);
  xmlFree (content);
  if (!fits)
    return refuse_value (error, element);
  /* The first time of an alert is when it was sent. */
  if (element->kind == REUNION_CAP_TIME && *offset_minutes == G_MAXINT)
    *offset_minutes = own_offset_minutes;
  return TRUE;
}

static gboolean
is_repeatable (const ReunionCapElement *element)
{
  return element->kind == REUNION_CAP_CHOICES || element->kind == REUNION_CAP_CIRCLES
         || element->kind == REUNION_CAP_RECORDS;
}

static gboolean
read_record (const ReunionCapTable *table,
             gpointer record,
             xmlNode *parent,
             int *offset_minutes,
             GError **error)
{
  xmlNode *node = parent->children;

  for (gsize i = 0; i < table->n_elements; i++)
    for (guint n = 0; n < MAX_ITEMS; n++)
      {
        const ReunionCapElement *element = &table->elements[i];

        if (!skip_to_element (&node, error))
          return FALSE;
        if (node == NULL || !is_ours (node) || strcmp (TEXT (node->name), element->name) != 0)
          break;
        if (!read_one (element, record, node, offset_minutes, error))
          return FALSE;
        node = node->next;
        if (!is_repeatable (element))
          break;
      }
  if (!skip_to_element (&node, error))
    return FALSE;
  return node == NULL
         || refuse (error, REUNION_CAP_ERROR_STRUCTURE, TEXT (node->name),
                    "is unknown, stands twice, or is out of order: put it where the specification "
                    "has it");
}

static ReunionCapAlert *
read_document (xmlDoc *document, GError **error)
{
  xmlNode *root = xmlDocGetRootElement (document);
  g_autoptr (ReunionCapAlert) alert = NULL;

  /* A type could name files, and grow without bounds. */
  if (document->intSubset != NULL)
    {
      refuse (error, REUNION_CAP_ERROR_XML, "DOCTYPE", "is no part of an alert: take it away");
      return NULL;
    }
  if (root == NULL || !is_ours (root) || strcmp (TEXT (root->name), "alert") != 0)
    {
      refuse (error, REUNION_CAP_ERROR_STRUCTURE, "alert",
              "of " REUNION_CAP_NAMESPACE " must be the root");
      return NULL;
    }
  alert = reunion_cap_record_new (&reunion_cap_alert_table);
  alert->offset_minutes = G_MAXINT;
  if (!read_record (&reunion_cap_alert_table, alert, root, &alert->offset_minutes, error)
      || !reunion_cap_check (&reunion_cap_alert_table, alert, error)
      || !reunion_cap_check_alert (alert, error))
    return NULL;
  return g_steal_pointer (&alert);
}

ReunionCapAlert *
reunion_cap_from_xml (const char *xml, gssize length, GError **error)
{
  ReunionCapAlert *alert;
  xmlDoc *document = NULL;

  g_return_val_if_fail (xml != NULL, NULL);

  if (length < 0)
    length = (gssize) strlen (xml);
  if (length <= MAX_BYTES)
    document = xmlReadMemory (xml, (int) length, NULL, NULL,
                              XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  if (document == NULL)
    {
      g_set_error_literal (error, REUNION_CAP_ERROR, REUNION_CAP_ERROR_XML,
                           "This is no well-formed XML, or too long for an alert.");
      return NULL;
    }
  alert = read_document (document, error);
  xmlFreeDoc (document);
  return alert;
}
