/* reunion-case.c: one case: the report, its photos, and where it stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-case.h"

#include <string.h>

struct _ReunionCase
{
  GObject parent_instance;

  char *id;
  ReunionReport *report;
  GPtrArray *photos; /* ReunionPhoto */
  char *station;
  char *station_name;
  char *officer;
  char *review_reason;
  char *closing_note;
  char *field_reasons[REUNION_N_FIELDS];

  ReunionCaseState state;
  ReunionOutcome outcome;
  guint stage;
  gint64 revision;
  gint64 created_usec;
  gint64 submitted_usec;
  gint64 published_usec;
  gint64 closed_usec;
  gint64 expires_usec;
};

G_DEFINE_FINAL_TYPE (ReunionCase, reunion_case, G_TYPE_OBJECT)

static void
set_string (char **field, const char *value)
{
  char *copy = value != NULL && *value != '\0' ? g_strdup (value) : NULL;

  g_free (*field);
  *field = copy;
}

static void
reunion_case_finalize (GObject *object)
{
  ReunionCase *self = REUNION_CASE (object);

  g_free (self->id);
  g_object_unref (self->report);
  g_ptr_array_unref (self->photos);
  g_free (self->station);
  g_free (self->station_name);
  g_free (self->officer);
  g_free (self->review_reason);
  g_free (self->closing_note);
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    g_free (self->field_reasons[i]);
  G_OBJECT_CLASS (reunion_case_parent_class)->finalize (object);
}

static void
reunion_case_class_init (ReunionCaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reunion_case_finalize;
}

static void
reunion_case_init (ReunionCase *self)
{
  self->report = reunion_report_new ();
  self->photos = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_photo_unref);
}

ReunionCase *
reunion_case_new (const char *id)
{
  ReunionCase *self;

  g_return_val_if_fail (id != NULL && *id != '\0', NULL);

  self = g_object_new (REUNION_TYPE_CASE, NULL);
  self->id = g_strdup (id);
  return self;
}

ReunionCase *
reunion_case_copy (ReunionCase *self)
{
  ReunionCase *copy;

  g_return_val_if_fail (REUNION_IS_CASE (self), NULL);

  copy = reunion_case_new (self->id);
  g_object_unref (copy->report);
  copy->report = reunion_report_copy (self->report);
  for (guint i = 0; i < self->photos->len; i++)
    g_ptr_array_add (copy->photos, reunion_photo_ref (self->photos->pdata[i]));
  copy->station = g_strdup (self->station);
  copy->station_name = g_strdup (self->station_name);
  copy->officer = g_strdup (self->officer);
  copy->review_reason = g_strdup (self->review_reason);
  copy->closing_note = g_strdup (self->closing_note);
  reunion_case_copy_field_reasons (copy, self);
  copy->state = self->state;
  copy->outcome = self->outcome;
  copy->stage = self->stage;
  copy->revision = self->revision;
  copy->created_usec = self->created_usec;
  copy->submitted_usec = self->submitted_usec;
  copy->published_usec = self->published_usec;
  copy->closed_usec = self->closed_usec;
  copy->expires_usec = self->expires_usec;
  return copy;
}

const char *
reunion_case_get_id (ReunionCase *self)
{
  g_return_val_if_fail (REUNION_IS_CASE (self), NULL);
  return self->id;
}

ReunionReport *
reunion_case_get_report (ReunionCase *self)
{
  g_return_val_if_fail (REUNION_IS_CASE (self), NULL);
  return self->report;
}

void
reunion_case_set_report (ReunionCase *self, ReunionReport *report)
{
  g_return_if_fail (REUNION_IS_CASE (self) && REUNION_IS_REPORT (report));
  g_set_object (&self->report, report);
}

gboolean
reunion_case_apply (ReunionCase *self, ReunionCaseAction action, ReunionRole role, GError **error)
{
  g_return_val_if_fail (REUNION_IS_CASE (self), FALSE);
  return reunion_case_state_apply (self->state, action, role, &self->state, error);
}

const char *
reunion_case_get_station (ReunionCase *self)
{
  g_return_val_if_fail (REUNION_IS_CASE (self), NULL);
  return self->station;
}

const char *
reunion_case_get_station_name (ReunionCase *self)
{
  g_return_val_if_fail (REUNION_IS_CASE (self), NULL);
  return self->station_name;
}

void
reunion_case_set_station (ReunionCase *self, const char *code, const char *name)
{
  g_return_if_fail (REUNION_IS_CASE (self));
  set_string (&self->station, code);
  set_string (&self->station_name, name);
}

ReunionCaseState
reunion_case_get_state (ReunionCase *self)
{
  g_return_val_if_fail (REUNION_IS_CASE (self), REUNION_CASE_STATE_DRAFT);
  return self->state;
}

void
reunion_case_set_state (ReunionCase *self, ReunionCaseState state)
{
  g_return_if_fail (REUNION_IS_CASE (self));
  self->state = state;
}

gint64
reunion_case_get_revision (ReunionCase *self)
{
  g_return_val_if_fail (REUNION_IS_CASE (self), 0);
  return self->revision;
}

void
reunion_case_set_revision (ReunionCase *self, gint64 revision)
{
  g_return_if_fail (REUNION_IS_CASE (self));
  self->revision = revision;
}

const char *
reunion_case_get_officer (ReunionCase *self)
{
  g_return_val_if_fail (REUNION_IS_CASE (self), NULL);
  return self->officer;
}

void
reunion_case_set_officer (ReunionCase *self, const char *officer)
{
  g_return_if_fail (REUNION_IS_CASE (self));
  set_string (&self->officer, officer);
}

const char *
reunion_case_get_review_reason (ReunionCase *self)
{
  g_return_val_if_fail (REUNION_IS_CASE (self), NULL);
  return self->review_reason;
}

void
reunion_case_set_review_reason (ReunionCase *self, const char *reason)
{
  g_return_if_fail (REUNION_IS_CASE (self));
  set_string (&self->review_reason, reason);
}

const char *
reunion_case_get_field_reason (ReunionCase *self, ReunionField field)
{
  g_return_val_if_fail (REUNION_IS_CASE (self) && field < REUNION_N_FIELDS, NULL);
  return self->field_reasons[field];
}

void
reunion_case_set_field_reason (ReunionCase *self, ReunionField field, const char *reason)
{
  g_return_if_fail (REUNION_IS_CASE (self) && field < REUNION_N_FIELDS);
  set_string (&self->field_reasons[field], reason);
}

void
reunion_case_copy_field_reasons (ReunionCase *self, ReunionCase *other)
{
  g_return_if_fail (REUNION_IS_CASE (self) && (other == NULL || REUNION_IS_CASE (other)));

  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    set_string (&self->field_reasons[i], other != NULL ? other->field_reasons[i] : NULL);
}

const char *
reunion_case_get_closing_note (ReunionCase *self)
{
  g_return_val_if_fail (REUNION_IS_CASE (self), NULL);
  return self->closing_note;
}

void
reunion_case_set_closing_note (ReunionCase *self, const char *note)
{
  g_return_if_fail (REUNION_IS_CASE (self));
  set_string (&self->closing_note, note);
}

gint64
reunion_case_get_created_usec (ReunionCase *self)
{
  g_return_val_if_fail (REUNION_IS_CASE (self), 0);
  return self->created_usec;
}

void
reunion_case_set_created_usec (ReunionCase *self, gint64 usec)
{
  g_return_if_fail (REUNION_IS_CASE (self));
  self->created_usec = usec;
}

gint64
reunion_case_get_submitted_usec (ReunionCase *self)
{
  g_return_val_if_fail (REUNION_IS_CASE (self), 0);
  return self->submitted_usec;
}

void
reunion_case_set_submitted_usec (ReunionCase *self, gint64 usec)
{
  g_return_if_fail (REUNION_IS_CASE (self));
  self->submitted_usec = usec;
}

gint64
reunion_case_get_published_usec (ReunionCase *self)
{
  g_return_val_if_fail (REUNION_IS_CASE (self), 0);
  return self->published_usec;
}

void
reunion_case_set_published_usec (ReunionCase *self, gint64 usec)
{
  g_return_if_fail (REUNION_IS_CASE (self));
  self->published_usec = usec;
}

gint64
reunion_case_get_closed_usec (ReunionCase *self)
{
  g_return_val_if_fail (REUNION_IS_CASE (self), 0);
  return self->closed_usec;
}

void
reunion_case_set_closed_usec (ReunionCase *self, gint64 usec)
{
  g_return_if_fail (REUNION_IS_CASE (self));
  self->closed_usec = usec;
}

gint64
reunion_case_get_expires_usec (ReunionCase *self)
{
  g_return_val_if_fail (REUNION_IS_CASE (self), 0);

  return self->expires_usec;
}

void
reunion_case_set_expires_usec (ReunionCase *self, gint64 usec)
{
  g_return_if_fail (REUNION_IS_CASE (self));

  self->expires_usec = usec;
}

guint
reunion_case_get_stage (ReunionCase *self)
{
  g_return_val_if_fail (REUNION_IS_CASE (self), 0);
  return self->stage;
}

void
reunion_case_set_stage (ReunionCase *self, guint stage)
{
  g_return_if_fail (REUNION_IS_CASE (self));
  self->stage = stage;
}

ReunionOutcome
reunion_case_get_outcome (ReunionCase *self)
{
  g_return_val_if_fail (REUNION_IS_CASE (self), REUNION_OUTCOME_NONE);
  return self->outcome;
}

void
reunion_case_set_outcome (ReunionCase *self, ReunionOutcome outcome)
{
  g_return_if_fail (REUNION_IS_CASE (self));
  self->outcome = outcome;
}

guint
reunion_case_get_n_photos (ReunionCase *self)
{
  g_return_val_if_fail (REUNION_IS_CASE (self), 0);
  return self->photos->len;
}

ReunionPhoto *
reunion_case_get_photo (ReunionCase *self, guint index)
{
  g_return_val_if_fail (REUNION_IS_CASE (self) && index < self->photos->len, NULL);
  return self->photos->pdata[index];
}

static gboolean
find_photo (ReunionCase *self, const char *sha256, guint *index)
{
  for (guint i = 0; i < self->photos->len; i++)
    if (strcmp (reunion_photo_get_sha256 (self->photos->pdata[i]), sha256) == 0)
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
reunion_case_add_photo (ReunionCase *self, ReunionPhoto *photo)
{
  guint index;

  g_return_val_if_fail (REUNION_IS_CASE (self) && photo != NULL, FALSE);

  if (find_photo (self, reunion_photo_get_sha256 (photo), &index))
    return FALSE;
  g_ptr_array_add (self->photos, reunion_photo_ref (photo));
  return TRUE;
}

void
reunion_case_clear_photos (ReunionCase *self)
{
  g_return_if_fail (REUNION_IS_CASE (self));
  g_ptr_array_set_size (self->photos, 0);
}

gboolean
reunion_case_has_photo (ReunionCase *self, const char *sha256)
{
  guint index;

  g_return_val_if_fail (REUNION_IS_CASE (self) && sha256 != NULL, FALSE);

  return find_photo (self, sha256, &index);
}

void
reunion_case_take_content (ReunionCase *self, ReunionCase *other)
{
  g_return_if_fail (REUNION_IS_CASE (self) && REUNION_IS_CASE (other) && self != other);

  reunion_case_set_report (self, other->report);
  reunion_case_clear_photos (self);
  for (guint i = 0; i < other->photos->len; i++)
    g_ptr_array_add (self->photos, reunion_photo_ref (other->photos->pdata[i]));
}

void
reunion_case_remove_photo (ReunionCase *self, guint index)
{
  g_return_if_fail (REUNION_IS_CASE (self) && index < self->photos->len);
  g_ptr_array_remove_index (self->photos, index);
}

gboolean
reunion_case_replace_photo (ReunionCase *self, guint index, ReunionPhoto *photo)
{
  guint found;

  g_return_val_if_fail (REUNION_IS_CASE (self) && photo != NULL, FALSE);
  g_return_val_if_fail (index < self->photos->len, FALSE);

  if (find_photo (self, reunion_photo_get_sha256 (photo), &found) && found != index)
    return FALSE;
  reunion_photo_ref (photo);
  reunion_photo_unref (self->photos->pdata[index]);
  self->photos->pdata[index] = photo;
  return TRUE;
}

void
reunion_case_set_lead_photo (ReunionCase *self, guint index)
{
  g_return_if_fail (REUNION_IS_CASE (self) && index < self->photos->len);

  g_ptr_array_insert (self->photos, 0, g_ptr_array_steal_index (self->photos, index));
}

static gboolean
has_ended (ReunionCase *self)
{
  switch (self->state)
    {
    case REUNION_CASE_STATE_CLOSED:
    case REUNION_CASE_STATE_EXPIRED:
    case REUNION_CASE_STATE_REJECTED:
    case REUNION_CASE_STATE_WITHDRAWN:
      return TRUE;
    case REUNION_CASE_STATE_DRAFT:
    case REUNION_CASE_STATE_QUEUED:
    case REUNION_CASE_STATE_SUBMITTED:
    case REUNION_CASE_STATE_RETURNED:
    case REUNION_CASE_STATE_PUBLISHED:
    case REUNION_CASE_STATE_ESCALATING:
    default:
      return FALSE;
    }
}

gint64
reunion_case_get_elapsed_usec (ReunionCase *self, gint64 now_usec)
{
  gint64 end_usec;

  g_return_val_if_fail (REUNION_IS_CASE (self), -1);

  if (!reunion_report_has (self->report, REUNION_FIELD_LAST_SEEN))
    return -1;
  end_usec = has_ended (self) && self->closed_usec > 0 ? self->closed_usec : now_usec;
  return MAX (0, end_usec - reunion_report_get_int (self->report, REUNION_FIELD_LAST_SEEN, 0));
}

double
reunion_case_get_radius_km (ReunionCase *self, ReunionPolicy *policy, gint64 now_usec)
{
  gint64 elapsed_usec = reunion_case_get_elapsed_usec (self, now_usec);

  g_return_val_if_fail (policy != NULL, 0.0);

  if (elapsed_usec < 0 || has_ended (self))
    return 0.0;
  return reunion_policy_radius_km_at (policy, elapsed_usec);
}

gint64
reunion_case_get_next_change_usec (ReunionCase *self, ReunionPolicy *policy, gint64 now_usec)
{
  gint64 elapsed_usec = reunion_case_get_elapsed_usec (self, now_usec);
  gint64 change_usec;

  g_return_val_if_fail (policy != NULL, -1);

  if (elapsed_usec < 0 || has_ended (self))
    return -1;
  change_usec = reunion_policy_next_change_usec (policy, elapsed_usec);
  if (change_usec < 0)
    return -1;
  return reunion_report_get_int (self->report, REUNION_FIELD_LAST_SEEN, 0) + change_usec;
}

ReunionCase *
reunion_case_redact (ReunionCase *self)
{
  ReunionCase *copy;
  g_autoptr (ReunionReport) report = NULL;

  g_return_val_if_fail (REUNION_IS_CASE (self), NULL);

  copy = reunion_case_copy (self);
  report = reunion_report_redact (self->report);
  reunion_case_set_report (copy, report);
  reunion_case_set_officer (copy, NULL);
  reunion_case_set_review_reason (copy, NULL);
  reunion_case_copy_field_reasons (copy, NULL);
  reunion_case_set_closing_note (copy, NULL);
  return copy;
}
