/* desk-amendment.c: the amendment of a published case while it is being written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-amendment.h"

#include <glib/gi18n-lib.h>

struct _DeskAmendment
{
  GObject parent_instance;

  DeskSession *session;
  ReunionCase *base;  /* what the officer's changes are measured by */
  ReunionCase *case_; /* as the officer has it */
  char *reason;
  GHashTable *news; /* key → sentence */
};

G_DEFINE_FINAL_TYPE (DeskAmendment, desk_amendment, G_TYPE_OBJECT)

static ReunionStationStore *
get_store (DeskAmendment *self)
{
  return desk_session_get_store (self->session);
}

/* --- what differs ----------------------------------------------------------------- */

static const ReunionHistoryChange *
find_change (GPtrArray *changes, const char *key)
{
  for (guint i = 0; i < changes->len; i++)
    if (g_strcmp0 (((ReunionHistoryChange *) changes->pdata[i])->key, key) == 0)
      return changes->pdata[i];
  return NULL;
}

static void
copy_field (ReunionReport *to, ReunionReport *from, ReunionField field)
{
  if (!reunion_report_has (from, field))
    {
      reunion_report_unset (to, field);
      return;
    }
  switch (reunion_field_get_info (field)->kind)
    {
    case REUNION_FIELD_KIND_TIME:
    case REUNION_FIELD_KIND_INTEGER:
    case REUNION_FIELD_KIND_FLAG:
      reunion_report_set_int (to, field, reunion_report_get_int (from, field, 0));
      break;
    case REUNION_FIELD_KIND_DEGREES:
      reunion_report_set_degrees (to, field, reunion_report_get_degrees (from, field, 0.0));
      break;
    case REUNION_FIELD_KIND_TEXT:
    case REUNION_FIELD_KIND_LONG_TEXT:
    case REUNION_FIELD_KIND_CHOICE:
    case REUNION_FIELD_KIND_DATE:
    default:
      reunion_report_set_text (to, field, reunion_report_get_text (from, field));
    }
}

static void
copy_photos (ReunionCase *to, ReunionCase *from)
{
  reunion_case_clear_photos (to);
  for (guint i = 0; i < reunion_case_get_n_photos (from); i++)
    reunion_case_add_photo (to, reunion_case_get_photo (from, i));
}

void
desk_amendment_take (DeskAmendment *self, ReunionCase *other, const char *key)
{
  ReunionField field;

  g_return_if_fail (DESK_IS_AMENDMENT (self) && REUNION_IS_CASE (other) && key != NULL);

  if (reunion_field_from_key (key, &field))
    copy_field (reunion_case_get_report (self->case_), reunion_case_get_report (other), field);
  else if (g_strcmp0 (key, REUNION_HISTORY_KEY_PHOTOS) == 0)
    copy_photos (self->case_, other);
}

/* --- what others do meanwhile -------------------------------------------------------- */

static char *
describe_theirs (const ReunionHistoryChange *theirs, gboolean is_taken)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  const char *value = is_taken ? theirs->before : theirs->after;
  g_autofree char *text = reunion_history_format_value (theirs->key, value, zone);

  if (is_taken)
    return text != NULL
               /* Translators: the value of a field before */
               ? g_strdup_printf (_ ("Changed by somebody else just now. It was: %s"), text)
               : g_strdup (_ ("Entered by somebody else just now."));
  return text != NULL
             /* Translators: the value of a field as somebody else has changed it */
             ? g_strdup_printf (_ ("Somebody else has changed this too, to: %s. Yours is sent "
                                   "instead unless you change it."),
                                text)
             : g_strdup (_ ("Somebody else has removed this. Yours is sent instead unless you "
                            "change it."));
}

/* Where the case stands, as the service says. */
static void
take_course (ReunionCase *to, ReunionCase *from)
{
  reunion_case_set_state (to, reunion_case_get_state (from));
  reunion_case_set_stage (to, reunion_case_get_stage (from));
  reunion_case_set_revision (to, reunion_case_get_revision (from));
  reunion_case_set_published_usec (to, reunion_case_get_published_usec (from));
  reunion_case_set_closed_usec (to, reunion_case_get_closed_usec (from));
}

/* NULL when the store can't say. Transfer full. */
static ReunionCase *
find_stored (DeskAmendment *self)
{
  return reunion_station_store_get_case (get_store (self), reunion_case_get_id (self->case_), NULL);
}

gboolean
desk_amendment_is_behind (DeskAmendment *self)
{
  g_autoptr (ReunionCase) stored = NULL;

  g_return_val_if_fail (DESK_IS_AMENDMENT (self), FALSE);

  stored = find_stored (self);
  return stored != NULL
         && (reunion_case_get_revision (stored) != reunion_case_get_revision (self->base)
             || reunion_case_get_state (stored) != reunion_case_get_state (self->base));
}

gboolean
desk_amendment_catch_up (DeskAmendment *self)
{
  g_autoptr (ReunionCase) stored = NULL;
  g_autoptr (GPtrArray) theirs = NULL;
  g_autoptr (GPtrArray) own = NULL;
  g_autoptr (GPtrArray) left = NULL;

  g_return_val_if_fail (DESK_IS_AMENDMENT (self), FALSE);

  stored = find_stored (self);
  if (stored == NULL)
    return FALSE;
  theirs = reunion_history_diff_cases (self->base, stored);
  own = reunion_history_diff_cases (self->base, self->case_);
  left = reunion_history_diff_cases (stored, self->case_);
  for (guint i = 0; i < theirs->len; i++)
    {
      const ReunionHistoryChange *change = theirs->pdata[i];
      gboolean is_taken = find_change (own, change->key) == NULL;

      if (is_taken)
        desk_amendment_take (self, stored, change->key);
      /* Both wrote the same: nothing to tell. */
      else if (find_change (left, change->key) == NULL)
        continue;
      g_hash_table_insert (self->news, g_strdup (change->key), describe_theirs (change, is_taken));
    }
  take_course (self->case_, stored);
  g_set_object (&self->base, stored);
  return theirs->len > 0;
}

gboolean
desk_amendment_is_over (DeskAmendment *self)
{
  g_return_val_if_fail (DESK_IS_AMENDMENT (self), FALSE);

  return !reunion_case_state_is_public (reunion_case_get_state (self->base));
}

const char *
desk_amendment_get_news (DeskAmendment *self, const char *key)
{
  g_return_val_if_fail (DESK_IS_AMENDMENT (self) && key != NULL, NULL);

  return g_hash_table_lookup (self->news, key);
}

/* --- opening --------------------------------------------------------------------------- */

static void
desk_amendment_finalize (GObject *object)
{
  DeskAmendment *self = DESK_AMENDMENT (object);

  g_clear_object (&self->base);
  g_clear_object (&self->case_);
  g_clear_object (&self->session);
  g_hash_table_unref (self->news);
  g_free (self->reason);

  G_OBJECT_CLASS (desk_amendment_parent_class)->finalize (object);
}

static void
desk_amendment_class_init (DeskAmendmentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_amendment_finalize;
}

static void
desk_amendment_init (DeskAmendment *self)
{
  self->news = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->reason = g_strdup ("");
}

DeskAmendment *
desk_amendment_open (DeskSession *session, ReunionCase *case_)
{
  DeskAmendment *self = g_object_new (DESK_TYPE_AMENDMENT, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;

  self->session = g_object_ref (session);
  self->case_ = reunion_station_store_get_amending (get_store (self), reunion_case_get_id (case_),
                                                    &self->base, &reason, &error);
  if (error != NULL)
    g_warning ("%s", error->message);
  if (self->case_ == NULL)
    {
      self->base = reunion_case_copy (case_);
      self->case_ = reunion_case_copy (case_);
    }
  desk_amendment_set_reason (self, reason);
  desk_amendment_catch_up (self);
  return self;
}

ReunionCase *
desk_amendment_get_case (DeskAmendment *self)
{
  g_return_val_if_fail (DESK_IS_AMENDMENT (self), NULL);

  return self->case_;
}

const char *
desk_amendment_get_reason (DeskAmendment *self)
{
  g_return_val_if_fail (DESK_IS_AMENDMENT (self), "");

  return self->reason;
}

void
desk_amendment_set_reason (DeskAmendment *self, const char *reason)
{
  g_return_if_fail (DESK_IS_AMENDMENT (self));

  g_free (self->reason);
  self->reason = g_strdup (reason != NULL ? reason : "");
}

GPtrArray *
desk_amendment_list_changes (DeskAmendment *self)
{
  g_return_val_if_fail (DESK_IS_AMENDMENT (self), NULL);

  return reunion_history_diff_cases (self->base, self->case_);
}

char *
desk_amendment_describe_reach (DeskAmendment *self)
{
  g_autoptr (ReunionCase) before = NULL;
  g_autoptr (ReunionCase) after = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  g_return_val_if_fail (DESK_IS_AMENDMENT (self), NULL);

  before = reunion_case_redact (self->base);
  after = reunion_case_redact (self->case_);
  changes = reunion_history_diff_cases (before, after);
  if (changes->len == 0)
    return g_strdup (_ ("The public notice stays as it is; only the police see this change."));
  if (find_change (changes, reunion_field_get_info (REUNION_FIELD_LATITUDE)->key) != NULL
      || find_change (changes, reunion_field_get_info (REUNION_FIELD_LONGITUDE)->key) != NULL)
    return g_strdup (_ ("The notice changes everywhere, and as the place has moved, people in the "
                        "whole circle around it are alerted."));
  if (find_change (changes, reunion_field_get_info (REUNION_FIELD_LAST_SEEN)->key) != NULL)
    return g_strdup (_ ("The notice changes everywhere. An earlier time lets the circle grow at "
                        "once; a later one lets it wait."));
  return g_strdup (_ ("The notice changes everywhere; nobody is alerted anew."));
}

/* --- keeping and sending ------------------------------------------------------------------ */

gboolean
desk_amendment_keep (DeskAmendment *self, GError **error)
{
  g_autoptr (GPtrArray) changes = NULL;
  const char *id;

  g_return_val_if_fail (DESK_IS_AMENDMENT (self), FALSE);

  id = reunion_case_get_id (self->case_);
  changes = desk_amendment_list_changes (self);
  if (changes->len > 0 || *self->reason != '\0')
    return reunion_station_store_save_amending (get_store (self), self->base, self->case_,
                                                self->reason, error);
  return !reunion_station_store_has_amending (get_store (self), id)
         || reunion_station_store_drop_amending (get_store (self), id, error);
}

gboolean
desk_amendment_send (DeskAmendment *self, GError **error)
{
  g_autofree char *reason = NULL;

  g_return_val_if_fail (DESK_IS_AMENDMENT (self), FALSE);

  reason = g_strstrip (g_strdup (self->reason));
  return reunion_station_store_amend (get_store (self), self->case_, reason,
                                      desk_session_get_now_usec (self->session), error);
}

gboolean
desk_amendment_drop (DeskAmendment *self, GError **error)
{
  g_return_val_if_fail (DESK_IS_AMENDMENT (self), FALSE);

  return reunion_station_store_drop_amending (get_store (self), reunion_case_get_id (self->case_),
                                              error);
}
