/* desk-session.c: what every page of the desk works with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-session.h"

#include "desk-credentials.h"

#include "reunion-db.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

/* More cases than a page shows at once; what was looked at before is read again. */
#define MAX_CASES 100

/* What is remembered of an account, so that the desk can be used offline. */
enum
{
  KNOWN_NAME,
  KNOWN_ROLE,
  KNOWN_STATION,
  KNOWN_STATION_NAME,
  KNOWN_STATION_PHONE,
  N_KNOWN
};

static const char *const known_keys[N_KNOWN]
    = { "name", "role", "station", "station_name", "station_phone" };

struct _DeskSession
{
  GObject parent_instance;

  ReunionStationStore *store;
  ReunionSync *sync;
  ReunionPlaceIndex *places;
  ReunionPolicy *policy;
  GHashTable *cases;     /* ReunionCase by id: those looked at of late */
  GHashTable *seen_tips; /* ids */
  char *base_map_path;
  DeskMapSettings *map_settings;

  char *account;
  char *password; /* until the service has accepted it */
  char *known[N_KNOWN];
  DeskCredentialsAnswer credentials;
  gboolean is_admitted;

  guint tick_id;
  guint refresh_id;
  GHashTable *changed; /* ids of what was written since; NULL when it may be any */
};

enum
{
  SIGNAL_TICK,
  SIGNAL_CASE_CHANGED,
  SIGNAL_CHANGED,
  SIGNAL_ACCOUNT_CHANGED,
  SIGNAL_TIP_RECEIVED,
  SIGNAL_SYNC_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskSession, desk_session, G_TYPE_OBJECT)

/* --- what was written ------------------------------------------------------- */

/* Tips not seen before, of one case or of any. */
static void
refresh_tips (DeskSession *self, const char *case_id, gboolean is_first)
{
  g_autoptr (GPtrArray) tips = reunion_station_store_list_tips (self->store, case_id, NULL);

  for (guint i = 0; tips != NULL && i < tips->len; i++)
    {
      ReunionTip *tip = tips->pdata[i];

      if (g_hash_table_add (self->seen_tips, g_strdup (reunion_tip_get_id (tip))) && !is_first)
        g_signal_emit (self, signals[SIGNAL_TIP_RECEIVED], 0, tip);
    }
}

static GHashTable *
make_changed (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static gboolean
refresh_cb (gpointer user_data)
{
  DeskSession *self = user_data;
  g_autoptr (GHashTable) changed = g_steal_pointer (&self->changed);
  GHashTableIter iter;
  gpointer case_id;

  self->refresh_id = 0;
  self->changed = make_changed ();
  g_clear_pointer (&self->policy, reunion_policy_unref);
  self->policy = reunion_station_store_get_policy (self->store);
  if (changed == NULL)
    {
      g_hash_table_remove_all (self->cases);
      g_signal_emit (self, signals[SIGNAL_CASE_CHANGED], 0, NULL);
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
      refresh_tips (self, NULL, FALSE);
      return G_SOURCE_REMOVE;
    }
  g_hash_table_iter_init (&iter, changed);
  while (g_hash_table_iter_next (&iter, &case_id, NULL))
    g_hash_table_remove (self->cases, case_id);
  g_hash_table_iter_init (&iter, changed);
  while (g_hash_table_iter_next (&iter, &case_id, NULL))
    g_signal_emit (self, signals[SIGNAL_CASE_CHANGED], 0, case_id);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  g_hash_table_iter_init (&iter, changed);
  while (g_hash_table_iter_next (&iter, &case_id, NULL))
    refresh_tips (self, case_id, FALSE);
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (DeskSession *self, const char *case_id)
{
  if (case_id == NULL)
    g_clear_pointer (&self->changed, g_hash_table_unref);
  else if (self->changed != NULL)
    g_hash_table_add (self->changed, g_strdup (case_id));
  if (self->refresh_id == 0)
    self->refresh_id = g_idle_add (refresh_cb, self);
}

static gboolean
tick_cb (gpointer user_data)
{
  DeskSession *self = user_data;

  if (g_hash_table_size (self->cases) > MAX_CASES)
    g_hash_table_remove_all (self->cases);
  reunion_station_store_tidy_search (self->store);
  g_signal_emit (self, signals[SIGNAL_TICK], 0);
  return G_SOURCE_CONTINUE;
}

/* --- who is signed in ---------------------------------------------------------- */

static void
forget_account (DeskSession *self)
{
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->password, g_free);
  self->is_admitted = FALSE;
  for (guint i = 0; i < N_KNOWN; i++)
    g_clear_pointer (&self->known[i], g_free);
}

static char *
make_account_key (const char *account)
{
  return g_strconcat ("account:", account, NULL);
}

static void
recall_account (DeskSession *self)
{
  g_autofree char *key = make_account_key (self->account);
  g_autofree char *text = reunion_station_store_get_setting (self->store, key);
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;
  JsonObject *object;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  object = json_node_get_object (node);
  for (guint i = 0; i < N_KNOWN; i++)
    self->known[i]
        = g_strdup (json_object_get_string_member_with_default (object, known_keys[i], ""));
}

static void
remember_account (DeskSession *self)
{
  g_autofree char *key = make_account_key (self->account);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_KNOWN; i++)
    json_object_set_string_member (object, known_keys[i],
                                   self->known[i] != NULL ? self->known[i] : "");
  node = json_node_init_object (json_node_alloc (), object);
  text = json_to_string (node, FALSE);
  if (!reunion_station_store_set_setting (self->store, key, text, &error))
    g_warning ("%s", error->message);
}

static gboolean
set_known (DeskSession *self, guint which, const char *text)
{
  if (g_strcmp0 (self->known[which], text) == 0)
    return FALSE;
  g_free (self->known[which]);
  self->known[which] = g_strdup (text);
  return TRUE;
}

static void
take_account (DeskSession *self)
{
  const ReunionAccount *account = reunion_client_get_account (reunion_sync_get_client (self->sync));
  gboolean is_new = FALSE;

  if (account == NULL || self->account == NULL)
    return;
  if (self->password != NULL)
    desk_credentials_remember (self->store, self->account, self->password);
  g_clear_pointer (&self->password, g_free);
  is_new = !self->is_admitted;
  self->is_admitted = TRUE;
  is_new |= set_known (self, KNOWN_NAME, account->name);
  is_new |= set_known (self, KNOWN_ROLE, reunion_role_to_key (account->role));
  is_new |= set_known (self, KNOWN_STATION, account->station);
  is_new |= set_known (self, KNOWN_STATION_NAME, account->station_name);
  is_new |= set_known (self, KNOWN_STATION_PHONE, account->station_phone);
  if (!is_new)
    return;
  remember_account (self);
  g_signal_emit (self, signals[SIGNAL_ACCOUNT_CHANGED], 0);
}

/* The service can't be asked: who is new to this PC may use it only while it
 * holds nothing of others. */
static void
admit_offline (DeskSession *self)
{
  if (self->account == NULL || self->is_admitted
      || reunion_sync_get_status (self->sync) != REUNION_SYNC_OFFLINE
      || self->credentials != DESK_CREDENTIALS_FRESH)
    return;
  self->is_admitted = TRUE;
  g_signal_emit (self, signals[SIGNAL_ACCOUNT_CHANGED], 0);
}

/* The password was changed elsewhere, or the account ended: unplugging the
 * network must not open the desk again. */
static void
take_refusal (DeskSession *self)
{
  if (self->account == NULL || !self->is_admitted
      || reunion_sync_get_status (self->sync) != REUNION_SYNC_SIGNED_OUT
      || reunion_sync_get_problem (self->sync) == NULL)
    return;
  desk_credentials_forget (self->store, self->account);
}

static void
sync_changed_cb (DeskSession *self)
{
  take_refusal (self);
  take_account (self);
  admit_offline (self);
  g_signal_emit (self, signals[SIGNAL_SYNC_CHANGED], 0);
}

static void
desk_session_dispose (GObject *object)
{
  DeskSession *self = DESK_SESSION (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->sync != NULL)
    reunion_sync_stop (self->sync);
  g_clear_object (&self->sync);
  g_clear_object (&self->store);
  g_clear_pointer (&self->cases, g_hash_table_unref);
  g_clear_pointer (&self->changed, g_hash_table_unref);
  g_clear_object (&self->map_settings);
  g_clear_object (&self->places);
  g_clear_pointer (&self->policy, reunion_policy_unref);
  g_clear_pointer (&self->seen_tips, g_hash_table_unref);

  G_OBJECT_CLASS (desk_session_parent_class)->dispose (object);
}

static void
desk_session_finalize (GObject *object)
{
  DeskSession *self = DESK_SESSION (object);

  forget_account (self);
  g_free (self->base_map_path);

  G_OBJECT_CLASS (desk_session_parent_class)->finalize (object);
}

static void
desk_session_class_init (DeskSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = desk_session_dispose;
  object_class->finalize = desk_session_finalize;
  signals[SIGNAL_TICK]
      = g_signal_new ("tick", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CASE_CHANGED]
      = g_signal_new ("case-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                      G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACCOUNT_CHANGED] = g_signal_new ("account-changed", type, G_SIGNAL_RUN_LAST, 0,
                                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TIP_RECEIVED] = g_signal_new ("tip-received", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                               NULL, NULL, G_TYPE_NONE, 1, REUNION_TYPE_TIP);
  signals[SIGNAL_SYNC_CHANGED]
      = g_signal_new ("sync-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_session_init (DeskSession *self)
{
  self->cases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->changed = make_changed ();
  self->seen_tips = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

DeskSession *
desk_session_new (ReunionStationStore *store, ReunionSync *sync, const char *base_map_path)
{
  DeskSession *self;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (REUNION_IS_STATION_STORE (store) && REUNION_IS_SYNC (sync), NULL);

  self = g_object_new (DESK_TYPE_SESSION, NULL);
  self->store = g_object_ref (store);
  self->sync = g_object_ref (sync);
  self->base_map_path = g_strdup (base_map_path);
  self->map_settings = desk_map_settings_new (store);
  self->policy = reunion_station_store_get_policy (store);
  if (base_map_path != NULL)
    {
      self->places = reunion_place_index_new (base_map_path, &error);
      if (self->places == NULL)
        g_warning ("%s", error->message);
    }
  refresh_tips (self, NULL, TRUE);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sync, "notify", G_CALLBACK (sync_changed_cb), self, G_CONNECT_SWAPPED);
  self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
  return self;
}

ReunionStationStore *
desk_session_get_store (DeskSession *self)
{
  g_return_val_if_fail (DESK_IS_SESSION (self), NULL);

  return self->store;
}

ReunionSync *
desk_session_get_sync (DeskSession *self)
{
  g_return_val_if_fail (DESK_IS_SESSION (self), NULL);

  return self->sync;
}

ReunionPolicy *
desk_session_get_policy (DeskSession *self)
{
  g_return_val_if_fail (DESK_IS_SESSION (self), NULL);

  return self->policy;
}

DeskMapSettings *
desk_session_get_map_settings (DeskSession *self)
{
  g_return_val_if_fail (DESK_IS_SESSION (self), NULL);

  return self->map_settings;
}

const char *
desk_session_get_base_map_path (DeskSession *self)
{
  g_return_val_if_fail (DESK_IS_SESSION (self), NULL);

  return self->base_map_path;
}

ReunionPlaceIndex *
desk_session_get_places (DeskSession *self)
{
  g_return_val_if_fail (DESK_IS_SESSION (self), NULL);

  return self->places;
}

gint64
desk_session_get_now_usec (DeskSession *self)
{
  return g_get_real_time ();
}

ReunionCase *
desk_session_find_case (DeskSession *self, const char *case_id)
{
  g_autoptr (GError) error = NULL;
  ReunionCase *case_;

  g_return_val_if_fail (DESK_IS_SESSION (self) && case_id != NULL, NULL);

  case_ = g_hash_table_lookup (self->cases, case_id);
  if (case_ != NULL)
    return case_;
  case_ = reunion_station_store_get_case (self->store, case_id, &error);
  if (case_ != NULL)
    g_hash_table_insert (self->cases, g_strdup (case_id), case_);
  else if (!g_error_matches (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_NOT_FOUND))
    g_warning ("%s", error->message);
  return case_;
}

guint
desk_session_count_cases (DeskSession *self, guint states)
{
  g_return_val_if_fail (DESK_IS_SESSION (self), 0);

  return reunion_station_store_count_cases (self->store, states);
}

void
desk_session_sign_in (DeskSession *self, const char *account, const char *password)
{
  g_return_if_fail (DESK_IS_SESSION (self) && account != NULL && password != NULL);

  reunion_sync_stop (self->sync);
  forget_account (self);
  self->account = g_strdup (account);
  self->password = g_strdup (password);
  self->credentials = desk_credentials_check (self->store, account, password);
  self->is_admitted = self->credentials == DESK_CREDENTIALS_FIT;
  recall_account (self);
  g_signal_emit (self, signals[SIGNAL_ACCOUNT_CHANGED], 0);
  reunion_sync_start (self->sync, account, password);
}

void
desk_session_sign_out (DeskSession *self)
{
  g_return_if_fail (DESK_IS_SESSION (self));

  reunion_sync_stop (self->sync);
  forget_account (self);
  g_signal_emit (self, signals[SIGNAL_ACCOUNT_CHANGED], 0);
}

gboolean
desk_session_get_is_admitted (DeskSession *self)
{
  g_return_val_if_fail (DESK_IS_SESSION (self), FALSE);

  return self->is_admitted;
}

char *
desk_session_get_sign_in_problem (DeskSession *self)
{
  const char *problem;

  g_return_val_if_fail (DESK_IS_SESSION (self), NULL);

  problem = reunion_sync_get_problem (self->sync);
  if (self->is_admitted || problem == NULL)
    return NULL;
  if (reunion_sync_get_status (self->sync) != REUNION_SYNC_OFFLINE)
    return g_strdup (problem);
  if (self->credentials == DESK_CREDENTIALS_DIFFER)
    /* Translators: why the service does not answer; name of an account */
    return g_strdup_printf (_("%s Until then this PC knows another password for “%s”."), problem,
                            self->account);
  /* Translators: why the service does not answer; name of an account */
  return g_strdup_printf (_("%s “%s” has not signed in on this PC before, so the service is needed "
                            "once."),
                          problem, self->account);
}

const char *
desk_session_get_account (DeskSession *self)
{
  g_return_val_if_fail (DESK_IS_SESSION (self), NULL);

  return self->account;
}

static const char *
get_known (DeskSession *self, guint which)
{
  return self->known[which] != NULL ? self->known[which] : "";
}

const char *
desk_session_get_officer_name (DeskSession *self)
{
  g_return_val_if_fail (DESK_IS_SESSION (self), "");

  return get_known (self, KNOWN_NAME);
}

const char *
desk_session_get_station (DeskSession *self)
{
  g_return_val_if_fail (DESK_IS_SESSION (self), "");

  return get_known (self, KNOWN_STATION);
}

const char *
desk_session_get_station_name (DeskSession *self)
{
  g_return_val_if_fail (DESK_IS_SESSION (self), "");

  return get_known (self, KNOWN_STATION_NAME);
}

const char *
desk_session_get_station_phone (DeskSession *self)
{
  g_return_val_if_fail (DESK_IS_SESSION (self), "");

  return get_known (self, KNOWN_STATION_PHONE);
}

ReunionRole
desk_session_get_role (DeskSession *self)
{
  ReunionRole role = REUNION_ROLE_OFFICER;

  g_return_val_if_fail (DESK_IS_SESSION (self), role);

  reunion_role_from_key (get_known (self, KNOWN_ROLE), &role);
  return role;
}
