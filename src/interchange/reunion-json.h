/* reunion-json.h: reading JSON from strangers, and writing it
 *
 * A thin layer over json-glib that bounds size and depth, and turns a missing
 * or ill-typed member into a sentence that names it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define REUNION_JSON_ERROR (reunion_json_error_quark ())
GQuark reunion_json_error_quark (void);

/**
 * ReunionJsonError:
 * @REUNION_JSON_ERROR_SYNTAX: no JSON by RFC 8259, no UTF-8, or a number or a
 *   character that no value here can hold; see reunion-json-syntax.h
 * @REUNION_JSON_ERROR_SIZE: longer or deeper than is allowed
 * @REUNION_JSON_ERROR_MEMBER: a member is missing or of the wrong type
 */
typedef enum
{
  REUNION_JSON_ERROR_SYNTAX,
  REUNION_JSON_ERROR_SIZE,
  REUNION_JSON_ERROR_MEMBER,
} ReunionJsonError;

#define REUNION_JSON_MAX_BYTES (4 * 1024 * 1024)
#define REUNION_JSON_MAX_DEPTH 32

/* Parses @length bytes (-1: up to a zero byte) that hold one object. Transfer
 * full; NULL with @error set. */
JsonObject *reunion_json_parse (const char *text, gssize length, GError **error);
/* Compact text of @object. Transfer full. */
char *reunion_json_to_text (JsonObject *object);

/* Members of an object. The first three fail when the member is missing or of
 * another type; get_string transfers none, get_object and get_array likewise. */
const char *reunion_json_get_string (JsonObject *object, const char *member, GError **error);
JsonObject *reunion_json_get_object (JsonObject *object, const char *member, GError **error);
JsonArray *reunion_json_get_array (JsonObject *object, const char *member, GError **error);
gboolean
reunion_json_get_int (JsonObject *object, const char *member, gint64 *value, GError **error);
gboolean
reunion_json_get_double (JsonObject *object, const char *member, double *value, GError **error);

/* Members that may be missing or null: @value is left as it was, and the
 * answer is TRUE. FALSE only on a wrong type. */
gboolean reunion_json_read_string (JsonObject *object,
                                   const char *member,
                                   const char **value,
                                   GError **error);
gboolean
reunion_json_read_int (JsonObject *object, const char *member, gint64 *value, GError **error);
/* RFC 3339 text into microseconds since the epoch. */
gboolean
reunion_json_read_time (JsonObject *object, const char *member, gint64 *usec, GError **error);

/* Setters that leave the member out for NULL or 0. */
void reunion_json_put_string (JsonObject *object, const char *member, const char *value);
void reunion_json_put_time (JsonObject *object, const char *member, gint64 usec);

/* The element as an object; NULL with @error set when it is none. */
JsonObject *reunion_json_array_get_object (JsonArray *array, guint index, GError **error);

G_END_DECLS
