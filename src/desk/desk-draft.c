/* desk-draft.c: a report while it is being written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-draft.h"

#include <json-glib/json-glib.h>

#define KEEP_AFTER_MS 400

struct _DeskDraft
{
  GObject parent_instance;

  DeskSession *session;
  ReunionCase *case_;
  DeskAmendment *amendment; /* of a published case; NULL for a report */
  char *unread[REUNION_N_FIELDS];

  gboolean is_touched; /* there is something to be written */
  guint keep_id;
};

enum
{
  SIGNAL_KEPT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskDraft, desk_draft, G_TYPE_OBJECT)

static char *
make_key (DeskDraft *self)
{
  return g_strconcat ("draft-text:", reunion_case_get_id (self->case_), NULL);
}

static void
recall_unread (DeskDraft *self)
{
  g_autofree char *key = make_key (self);
  g_autofree char *text
      = reunion_station_store_get_setting (desk_session_get_store (self->session), key);
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    self->unread[i] = g_strdup (json_object_get_string_member_with_default (
        json_node_get_object (node), reunion_field_get_info (i)->key, NULL));
}

static gboolean
keep_unread (DeskDraft *self, GError **error)
{
  ReunionStationStore *store = desk_session_get_store (self->session);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *key = make_key (self);
  g_autofree char *text = NULL;
  g_autofree char *before = reunion_station_store_get_setting (store, key);

  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    if (self->unread[i] != NULL)
      json_object_set_string_member (object, reunion_field_get_info (i)->key, self->unread[i]);
  node = json_node_init_object (json_node_alloc (), object);
  text = json_object_get_size (object) > 0 ? json_to_string (node, FALSE) : g_strdup ("");
  if (g_strcmp0 (before != NULL ? before : "", text) == 0)
    return TRUE;
  return reunion_station_store_set_setting (store, key, text, error);
}

static gboolean
keep_cb (gpointer user_data)
{
  DeskDraft *self = user_data;

  self->keep_id = 0;
  g_object_ref (self);
  desk_draft_keep (self);
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

static void
desk_draft_finalize (GObject *object)
{
  DeskDraft *self = DESK_DRAFT (object);

  g_clear_handle_id (&self->keep_id, g_source_remove);
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    g_free (self->unread[i]);
  g_clear_object (&self->case_);
  g_clear_object (&self->amendment);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (desk_draft_parent_class)->finalize (object);
}

static void
desk_draft_class_init (DeskDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_draft_finalize;
  signals[SIGNAL_KEPT] = g_signal_new ("kept", DESK_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
desk_draft_init (DeskDraft *self)
{
}

static void
sign (DeskDraft *self)
{
  ReunionReport *report = reunion_case_get_report (self->case_);
  const char *phone = desk_session_get_station_phone (self->session);

  reunion_case_set_station (self->case_, desk_session_get_station (self->session),
                            desk_session_get_station_name (self->session));
  reunion_case_set_officer (self->case_, desk_session_get_officer_name (self->session));
  if (*phone != '\0' && !reunion_report_has (report, REUNION_FIELD_CONTACT_PHONE))
    reunion_report_set_text (report, REUNION_FIELD_CONTACT_PHONE, phone);
}

DeskDraft *
desk_draft_new (DeskSession *session)
{
  DeskDraft *self = g_object_new (DESK_TYPE_DRAFT, NULL);
  g_autofree char *id = g_uuid_string_random ();

  self->session = g_object_ref (session);
  self->case_ = reunion_case_new (id);
  reunion_case_set_created_usec (self->case_, desk_session_get_now_usec (session));
  reunion_report_set_text (reunion_case_get_report (self->case_), REUNION_FIELD_PERSON_KIND,
                           "child");
  sign (self);
  return self;
}

DeskDraft *
desk_draft_open (DeskSession *session, ReunionCase *case_)
{
  DeskDraft *self = g_object_new (DESK_TYPE_DRAFT, NULL);

  self->session = g_object_ref (session);
  self->case_ = reunion_case_copy (case_);
  sign (self);
  recall_unread (self);
  return self;
}

DeskDraft *
desk_draft_amend (DeskSession *session, ReunionCase *case_)
{
  DeskDraft *self = g_object_new (DESK_TYPE_DRAFT, NULL);

  self->session = g_object_ref (session);
  self->amendment = desk_amendment_open (session, case_);
  self->case_ = g_object_ref (desk_amendment_get_case (self->amendment));
  recall_unread (self);
  return self;
}

DeskAmendment *
desk_draft_get_amendment (DeskDraft *self)
{
  g_return_val_if_fail (DESK_IS_DRAFT (self), NULL);

  return self->amendment;
}

ReunionCase *
desk_draft_get_case (DeskDraft *self)
{
  g_return_val_if_fail (DESK_IS_DRAFT (self), NULL);

  return self->case_;
}

void
desk_draft_touch (DeskDraft *self)
{
  g_return_if_fail (DESK_IS_DRAFT (self));

  self->is_touched = TRUE;
  /* Not put off by further changes: half a second after the first of them. */
  if (self->keep_id == 0)
    self->keep_id = g_timeout_add (KEEP_AFTER_MS, keep_cb, self);
}

const char *
desk_draft_get_unread (DeskDraft *self, ReunionField field)
{
  g_return_val_if_fail (DESK_IS_DRAFT (self) && field < REUNION_N_FIELDS, NULL);

  return self->unread[field];
}

void
desk_draft_set_unread (DeskDraft *self, ReunionField field, const char *text)
{
  g_return_if_fail (DESK_IS_DRAFT (self) && field < REUNION_N_FIELDS);

  g_free (self->unread[field]);
  self->unread[field] = g_strdup (text);
}

static gboolean
keep_case (DeskDraft *self, GError **error)
{
  if (self->amendment != NULL)
    return desk_amendment_keep (self->amendment, error);
  return reunion_station_store_save_case (desk_session_get_store (self->session), self->case_,
                                          error);
}

gboolean
desk_draft_keep (DeskDraft *self)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (DESK_IS_DRAFT (self), FALSE);

  if (!self->is_touched)
    return TRUE;
  g_clear_handle_id (&self->keep_id, g_source_remove);
  if (!keep_case (self, &error) || !keep_unread (self, &error))
    g_warning ("%s", error->message);
  /* What could not be written goes with the next change, or at the end. */
  self->is_touched = error != NULL;
  g_signal_emit (self, signals[SIGNAL_KEPT], 0, error != NULL ? error->message : NULL);
  return error == NULL;
}

gboolean
desk_draft_submit (DeskDraft *self, GError **error)
{
  g_return_val_if_fail (DESK_IS_DRAFT (self), FALSE);

  desk_draft_keep (self);
  if (self->amendment != NULL
          ? !desk_amendment_send (self->amendment, error)
          : !reunion_station_store_submit (desk_session_get_store (self->session), self->case_,
                                           desk_session_get_now_usec (self->session), error))
    return FALSE;
  self->is_touched = FALSE;
  return TRUE;
}

static char *
make_view_key (DeskDraft *self)
{
  return g_strconcat ("draft-view:", reunion_case_get_id (self->case_), NULL);
}

static gboolean
forget_view (DeskDraft *self, GError **error)
{
  ReunionStationStore *store = desk_session_get_store (self->session);
  g_autofree char *key = make_view_key (self);
  g_autofree char *view = reunion_station_store_get_setting (store, key);

  return view == NULL || *view == '\0' || reunion_station_store_set_setting (store, key, "", error);
}

gboolean
desk_draft_discard (DeskDraft *self, GError **error)
{
  ReunionStationStore *store = desk_session_get_store (self->session);
  g_autoptr (ReunionCase) kept = NULL;

  g_return_val_if_fail (DESK_IS_DRAFT (self), FALSE);

  g_clear_handle_id (&self->keep_id, g_source_remove);
  if (self->amendment != NULL && !desk_amendment_drop (self->amendment, error))
    return FALSE;
  if (self->amendment == NULL)
    kept = reunion_station_store_get_case (store, reunion_case_get_id (self->case_), NULL);
  /* Never kept: there is nothing to throw away. */
  if (kept != NULL
      && !reunion_station_store_discard_draft (store, reunion_case_get_id (self->case_), error))
    return FALSE;
  self->is_touched = FALSE;
  for (guint i = 0; i < REUNION_N_FIELDS; i++)
    g_clear_pointer (&self->unread[i], g_free);
  return keep_unread (self, error) && forget_view (self, error);
}

char *
desk_draft_get_view (DeskDraft *self)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (DESK_IS_DRAFT (self), NULL);

  key = make_view_key (self);
  return reunion_station_store_get_setting (desk_session_get_store (self->session), key);
}

gboolean
desk_draft_set_view (DeskDraft *self, const char *view)
{
  g_autofree char *key = NULL;
  g_autofree char *before = NULL;
  g_autoptr (ReunionCase) kept = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (DESK_IS_DRAFT (self) && view != NULL, FALSE);

  before = desk_draft_get_view (self);
  kept = reunion_station_store_get_case (desk_session_get_store (self->session),
                                         reunion_case_get_id (self->case_), NULL);
  /* Nothing was entered yet: there is nothing to come back to. */
  if (kept == NULL)
    return FALSE;
  if (g_strcmp0 (before, view) == 0)
    return TRUE;
  key = make_view_key (self);
  if (!reunion_station_store_set_setting (desk_session_get_store (self->session), key, view,
                                          &error))
    g_warning ("%s", error->message);
  return error == NULL;
}
