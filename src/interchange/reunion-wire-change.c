/* reunion-wire-change.c: the change feed, and problem details, as JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-wire.h"

#include <string.h>

ReunionChange *
reunion_change_new_case (gint64 sequence, ReunionCase *case_)
{
  ReunionChange *self = g_new0 (ReunionChange, 1);

  self->sequence = sequence;
  self->case_ = g_object_ref (case_);
  return self;
}

ReunionChange *
reunion_change_new_tip (gint64 sequence, ReunionTip *tip)
{
  ReunionChange *self = g_new0 (ReunionChange, 1);

  self->sequence = sequence;
  self->tip = g_object_ref (tip);
  return self;
}

void
reunion_change_free (ReunionChange *self)
{
  g_clear_object (&self->case_);
  g_clear_object (&self->tip);
  g_free (self);
}

char *
reunion_wire_change_to_json (const ReunionChange *change)
{
  g_autoptr (JsonObject) object = json_object_new ();

  g_return_val_if_fail (change != NULL, NULL);

  json_object_set_int_member (object, "sequence", change->sequence);
  if (change->case_ != NULL)
    json_object_set_object_member (object, "case", reunion_wire_case_to_object (change->case_));
  if (change->tip != NULL)
    json_object_set_object_member (object, "tip", reunion_wire_tip_to_object (change->tip));
  return reunion_json_to_text (object);
}

ReunionChange *
reunion_wire_change_from_object (JsonObject *object, GError **error)
{
  g_autoptr (ReunionChange) change = g_new0 (ReunionChange, 1);

  if (!reunion_json_get_int (object, "sequence", &change->sequence, error))
    return NULL;
  if (change->sequence < 1)
    {
      g_set_error_literal (error, REUNION_JSON_ERROR, REUNION_JSON_ERROR_MEMBER,
                           "“sequence” must be 1 or more.");
      return NULL;
    }
  if (json_object_has_member (object, "case"))
    {
      JsonObject *member = reunion_json_get_object (object, "case", error);

      if (member == NULL || (change->case_ = reunion_wire_case_from_object (member, error)) == NULL)
        return NULL;
    }
  else if (json_object_has_member (object, "tip"))
    {
      JsonObject *member = reunion_json_get_object (object, "tip", error);

      if (member == NULL || (change->tip = reunion_wire_tip_from_object (member, error)) == NULL)
        return NULL;
    }
  return g_steal_pointer (&change);
}

ReunionChange *
reunion_wire_change_from_json (const char *text, gssize length, GError **error)
{
  g_autoptr (JsonObject) object = reunion_json_parse (text, length, error);

  return object != NULL ? reunion_wire_change_from_object (object, error) : NULL;
}

GPtrArray *
reunion_wire_changes_from_json (const char *text, gssize length, gint64 *next, GError **error)
{
  g_autoptr (JsonObject) object = reunion_json_parse (text, length, error);
  g_autoptr (GPtrArray) changes = NULL;
  JsonArray *array;

  g_return_val_if_fail (next != NULL, NULL);

  if (object == NULL || !reunion_json_get_int (object, "next", next, error)
      || (array = reunion_json_get_array (object, "changes", error)) == NULL)
    return NULL;
  changes = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_change_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *element = reunion_json_array_get_object (array, i, error);
      ReunionChange *change
          = element != NULL ? reunion_wire_change_from_object (element, error) : NULL;

      if (change == NULL)
        return NULL;
      g_ptr_array_add (changes, change);
    }
  return g_steal_pointer (&changes);
}

char *
reunion_wire_problem_to_json (guint status, const char *type, const char *detail)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "type", type != NULL ? type : "about:blank");
  json_object_set_int_member (object, "status", status);
  reunion_json_put_string (object, "detail", detail);
  return reunion_json_to_text (object);
}

char *
reunion_wire_problem_get_sentence (const char *text, gssize length)
{
  g_autoptr (JsonObject) object = reunion_json_parse (text, length, NULL);
  const char *sentence = NULL;

  if (object == NULL)
    return NULL;
  if (!reunion_json_read_string (object, "detail", &sentence, NULL) || sentence == NULL)
    reunion_json_read_string (object, "title", &sentence, NULL);
  return g_strdup (sentence);
}
