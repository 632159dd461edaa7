/* reunion-json.c: reading JSON from strangers, and writing it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-json.h"

#include "reunion-json-syntax.h"
#include "reunion-time.h"

#include <string.h>

G_DEFINE_QUARK (reunion-json-error-quark, reunion_json_error)

static gboolean
check_syntax (const char *text, gsize length, GError **error)
{
  gsize offset = 0;

  switch (reunion_json_find_fault (text, length, REUNION_JSON_MAX_DEPTH, &offset))
    {
    case REUNION_JSON_FAULT_NONE:
      return TRUE;
    case REUNION_JSON_FAULT_DEPTH:
      g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_SIZE,
                   "The JSON is nested more than %d deep.", REUNION_JSON_MAX_DEPTH);
      return FALSE;
    case REUNION_JSON_FAULT_NUMBER:
      g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_SYNTAX,
                   "The number before byte %" G_GSIZE_FORMAT " of the JSON is too large.", offset);
      return FALSE;
    case REUNION_JSON_FAULT_TEXT:
      g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_SYNTAX,
                   "The escape before byte %" G_GSIZE_FORMAT " of the JSON is no character.",
                   offset);
      return FALSE;
    case REUNION_JSON_FAULT_SYNTAX:
    default:
      g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_SYNTAX,
                   "This is not JSON: it can't go on like this at byte %" G_GSIZE_FORMAT ".",
                   offset + 1);
      return FALSE;
    }
}

JsonObject *
reunion_json_parse (const char *text, gssize length, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) local_error = NULL;
  gsize n_bytes;
  JsonNode *root;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  n_bytes = length < 0 ? strlen (text) : (gsize) length;
  if (n_bytes > REUNION_JSON_MAX_BYTES)
    {
      g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_SIZE,
                   "The JSON is longer than %d bytes.", REUNION_JSON_MAX_BYTES);
      return NULL;
    }
  if (n_bytes == 0 || !g_utf8_validate_len (text, n_bytes, NULL))
    {
      g_set_error_literal (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_SYNTAX,
                           n_bytes == 0 ? "There is no JSON: the text is empty."
                                        : "The JSON is not UTF-8.");
      return NULL;
    }
  if (!check_syntax (text, n_bytes, error))
    return NULL;
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, (gssize) n_bytes, &local_error))
    {
      g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_SYNTAX, "This is not JSON: %s",
                   local_error->message);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_SYNTAX,
                           "The JSON is not an object.");
      return NULL;
    }
  return json_object_ref (json_node_get_object (root));
}

char *
reunion_json_to_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (object != NULL, NULL);

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

static JsonNode *
get_present (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static void
set_member_error (GError **error, JsonNode *node, const char *member, const char *type)
{
  if (node == NULL)
    g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER, "“%s” is missing.", member);
  else
    g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER, "“%s” must be %s.", member,
                 type);
}

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

const char *
reunion_json_get_string (JsonObject *object, const char *member, GError **error)
{
  JsonNode *node = get_present (object, member);

  if (node == NULL || !holds (node, G_TYPE_STRING))
    {
      set_member_error (error, node, member, "text");
      return NULL;
    }
  return json_node_get_string (node);
}

JsonObject *
reunion_json_get_object (JsonObject *object, const char *member, GError **error)
{
  JsonNode *node = get_present (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      set_member_error (error, node, member, "an object");
      return NULL;
    }
  return json_node_get_object (node);
}

JsonArray *
reunion_json_get_array (JsonObject *object, const char *member, GError **error)
{
  JsonNode *node = get_present (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      set_member_error (error, node, member, "an array");
      return NULL;
    }
  return json_node_get_array (node);
}

gboolean
reunion_json_get_int (JsonObject *object, const char *member, gint64 *value, GError **error)
{
  JsonNode *node = get_present (object, member);

  if (node == NULL || !holds (node, G_TYPE_INT64))
    {
      set_member_error (error, node, member, "a whole number");
      return FALSE;
    }
  *value = json_node_get_int (node);
  return TRUE;
}

gboolean
reunion_json_get_double (JsonObject *object, const char *member, double *value, GError **error)
{
  JsonNode *node = get_present (object, member);

  if (node == NULL || (!holds (node, G_TYPE_INT64) && !holds (node, G_TYPE_DOUBLE)))
    {
      set_member_error (error, node, member, "a number");
      return FALSE;
    }
  *value = json_node_get_double (node);
  return TRUE;
}

gboolean
reunion_json_read_string (JsonObject *object,
                          const char *member,
                          const char **value,
                          GError **error)
{
  const char *text;

  if (get_present (object, member) == NULL)
    return TRUE;
  text = reunion_json_get_string (object, member, error);
  if (text != NULL)
    *value = text;
  return text != NULL;
}

gboolean
reunion_json_read_int (JsonObject *object, const char *member, gint64 *value, GError **error)
{
  if (get_present (object, member) == NULL)
    return TRUE;
  return reunion_json_get_int (object, member, value, error);
}

gboolean
reunion_json_read_time (JsonObject *object, const char *member, gint64 *usec, GError **error)
{
  const char *text = NULL;

  if (!reunion_json_read_string (object, member, &text, error))
    return FALSE;
  if (text != NULL && !reunion_time_from_rfc3339 (text, usec))
    {
      g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER,
                   "“%s” must be a time with its zone, such as 2026-05-15T06:30:00Z.", member);
      return FALSE;
    }
  return TRUE;
}

void
reunion_json_put_string (JsonObject *object, const char *member, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
}

void
reunion_json_put_time (JsonObject *object, const char *member, gint64 usec)
{
  g_autofree char *text = NULL;

  if (usec == 0)
    return;
  text = reunion_time_to_rfc3339 (usec);
  json_object_set_string_member (object, member, text);
}

JsonObject *
reunion_json_array_get_object (JsonArray *array, guint index, GError **error)
{
  JsonNode *node = json_array_get_element (array, index);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER,
                   "Element %u must be an object.", index + 1);
      return NULL;
    }
  return json_node_get_object (node);
}
