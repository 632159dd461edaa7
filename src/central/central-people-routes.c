/* central-people-routes.c: accounts, as administrators list and change them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-people.h"

#include "central-limits.h"
#include "reunion-wire.h"

#include <string.h>

#define DEFAULT_PAGE 200
#define MAX_PAGE 1000

/* What a request with a password keeps while that is hashed beside the main loop. */
typedef struct
{
  CentralRequest request;
  guint status;
  CentralStep step;
  JsonObject *body;
  char *password;
  char *seed;
} Kept;

static void
kept_free (Kept *kept)
{
  g_object_unref (kept->request.service);
  g_object_unref (kept->request.message);
  g_free ((char *) kept->request.path);
  g_free (kept->request.parameter);
  g_bytes_unref (kept->request.body);
  g_clear_pointer (&kept->request.account, reunion_central_account_free);
  json_object_unref (kept->body);
  g_free (kept->password);
  g_free (kept->seed);
  g_free (kept);
}

static JsonObject *
entry_to_object (const ReunionAccountEntry *entry)
{
  const ReunionCentralAccount *account = entry->account;
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "account", account->account);
  json_object_set_string_member (object, "name", account->name);
  json_object_set_string_member (object, "role", reunion_role_to_key (account->role));
  reunion_json_put_string (object, "station", account->station);
  reunion_json_put_string (object, "station_name", account->station_name);
  json_object_set_string_member (object, "region", account->region);
  json_object_set_boolean_member (object, "locked", entry->is_locked);
  json_object_set_int_member (object, "revision", entry->revision);
  return object;
}

static char *
find_json (CentralService *service, const char *account, GError **error)
{
  g_autoptr (ReunionAccountEntry) entry = reunion_central_store_find_account_entry (
      central_service_get_store (service), account, error);
  g_autoptr (JsonObject) object = entry != NULL ? entry_to_object (entry) : NULL;

  return object != NULL ? reunion_json_to_text (object) : NULL;
}

void
central_people_handle_list (CentralRequest *request)
{
  const char *after = request->query != NULL ? g_hash_table_lookup (request->query, "after") : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *text = NULL;
  JsonArray *rows;
  gint64 limit;

  if (central_request_get_number (request, "limit", 1, MAX_PAGE, DEFAULT_PAGE, &limit, &error))
    entries = reunion_central_store_list_account_entries (
        central_service_get_store (request->service), request->account->region,
        after != NULL ? after : "", (guint) limit, &error);
  if (entries == NULL)
    {
      central_request_fail (request->message, error);
      return;
    }
  answer = json_object_new ();
  rows = json_array_new ();
  for (guint i = 0; i < entries->len; i++)
    json_array_add_object_element (rows, entry_to_object (entries->pdata[i]));
  json_object_set_array_member (answer, "accounts", rows);
  if (entries->len == limit)
    json_object_set_string_member (
        answer, "next", ((ReunionAccountEntry *) entries->pdata[limit - 1])->account->account);
  text = reunion_json_to_text (answer);
  central_request_respond (request->message, SOUP_STATUS_OK, text);
}

void
central_people_handle_get (CentralRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionAccountEntry) entry
      = central_people_require (request->service, request->account, request->parameter, &error);
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *text = NULL;
  g_autofree char *etag = NULL;

  if (entry == NULL)
    {
      central_request_fail (request->message, error);
      return;
    }
  object = entry_to_object (entry);
  text = reunion_json_to_text (object);
  etag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", entry->revision);
  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), "ETag",
                                etag);
  central_request_respond (request->message, SOUP_STATUS_OK, text);
}

/* --- passwords, hashed beside the main loop ------------------------------------------ */

static void
hash_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Kept *kept = task_data;

  g_task_return_pointer (task, central_people_hash_password (kept->password, kept->seed), g_free);
}

static void
hashed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Kept *kept = g_task_get_task_data (G_TASK (result));
  g_autofree char *hash = g_task_propagate_pointer (G_TASK (result), NULL);
  char *text;

  /* What the request is known by under its key holds the hash, not the password. */
  json_object_remove_member (kept->body, "password");
  json_object_set_string_member (kept->body, "password_hash", hash);
  text = reunion_json_to_text (kept->body);
  g_bytes_unref (kept->request.body);
  kept->request.body = g_bytes_new_take (text, strlen (text));
  central_request_run_once (&kept->request, kept->status, kept->step);
  if (soup_server_message_get_status (kept->request.message) != SOUP_STATUS_NONE)
    soup_server_message_unpause (kept->request.message);
}

/* Runs @step with “password_hash” in place of “password”. */
static void
run_with_hash (CentralRequest *request, guint status, CentralStep step, const char *account)
{
  const char *key = soup_message_headers_get_one (
      soup_server_message_get_request_headers (request->message), "Idempotency-Key");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = central_request_parse_body (request, &error);
  g_autoptr (GTask) task = NULL;
  const char *password = NULL;
  Kept *kept;

  if (body == NULL || !reunion_json_read_string (body, "password", &password, &error)
      || (account == NULL && (account = reunion_json_get_string (body, "account", &error)) == NULL)
      || (password != NULL && !central_people_check_password (account, password, &error)))
    {
      central_request_fail (request->message, error);
      return;
    }
  if (json_object_has_member (body, "password_hash"))
    {
      central_request_refuse (request->message, CENTRAL_ERROR_INVALID,
                              "Send the password and not its hash.");
      return;
    }
  if (password == NULL)
    {
      central_request_run_once (request, status, step);
      return;
    }
  kept = g_new0 (Kept, 1);
  kept->request = *request;
  kept->request.service = g_object_ref (request->service);
  kept->request.message = g_object_ref (request->message);
  kept->request.path = g_strdup (request->path);
  kept->request.parameter = g_strdup (request->parameter);
  kept->request.body = g_bytes_ref (request->body);
  kept->request.query = NULL;
  kept->request.account = g_steal_pointer (&request->account);
  kept->status = status;
  kept->step = step;
  kept->body = json_object_ref (body);
  kept->password = g_strdup (password);
  kept->seed = g_strdup_printf ("%s\n%s\n%s", kept->request.account->account, account,
                                key != NULL ? key : "");
  task = g_task_new (request->service, NULL, hashed_cb, NULL);
  g_task_set_task_data (task, kept, (GDestroyNotify) kept_free);
  soup_server_message_pause (request->message);
  g_task_run_in_thread (task, hash_in_thread);
}

static char *
get_origin (CentralRequest *request)
{
  return central_limits_get_address (central_limits_get (request->service), request->message);
}

static gboolean
read_role (const char *key, ReunionRole *role, GError **error)
{
  if (reunion_role_from_key (key, role))
    return TRUE;
  g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
                       "“role” must be “officer”, “reviewer”, “county_administrator” or "
                       "“administrator”.");
  return FALSE;
}

static char *
create_step (CentralRequest *request, JsonObject *body, GError **error)
{
  const char *account, *name, *role;
  const char *station = NULL, *region = NULL, *password_hash = NULL;
  g_autofree char *origin = get_origin (request);
  ReunionCentralAccount record = { 0 };

  if ((account = reunion_json_get_string (body, "account", error)) == NULL
      || (name = reunion_json_get_string (body, "name", error)) == NULL
      || (role = reunion_json_get_string (body, "role", error)) == NULL
      || !reunion_json_read_string (body, "station", &station, error)
      || !reunion_json_read_string (body, "region", &region, error)
      || !reunion_json_read_string (body, "password_hash", &password_hash, error)
      || !read_role (role, &record.role, error))
    return NULL;
  if (password_hash == NULL)
    {
      g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_INVALID,
                           "“password” is missing. Give the account a first one.");
      return NULL;
    }
  record.account = (char *) account;
  record.name = (char *) name;
  record.station = (char *) station;
  record.region = (char *) region;
  record.password_hash = (char *) password_hash;
  if (!central_people_add (request->service, request->account, &record, origin, error))
    return NULL;
  return find_json (request->service, account, error);
}

void
central_people_handle_create (CentralRequest *request)
{
  run_with_hash (request, SOUP_STATUS_CREATED, create_step, NULL);
}

static gboolean
check_condition (CentralRequest *request, const ReunionAccountEntry *entry, GError **error)
{
  const char *if_match = soup_message_headers_get_list (
      soup_server_message_get_request_headers (request->message), "If-Match");
  g_autofree char *etag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", entry->revision);
  g_auto (GStrv) tags = g_strsplit (if_match != NULL ? if_match : "", ",", -1);

  for (gsize i = 0; tags[i] != NULL; i++)
    if (strcmp (g_strstrip (tags[i]), etag) == 0 || strcmp (tags[i], "*") == 0)
      return TRUE;
  if (if_match == NULL)
    g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_NO_CONDITION,
                         "The header If-Match is needed, with the entity tag of the account that "
                         "is changed.");
  else
    g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_CHANGED,
                         "Somebody else has changed this account meanwhile. Look at what it says "
                         "now, and change that.");
  return FALSE;
}

static char *
change_step (CentralRequest *request, JsonObject *body, GError **error)
{
  g_autoptr (ReunionAccountEntry) entry
      = central_people_require (request->service, request->account, request->parameter, error);
  g_autofree char *origin = get_origin (request);
  ReunionCentralAccount changed;
  const char *name, *role = NULL, *station, *region, *password_hash;
  gboolean is_locked;

  if (entry == NULL || !check_condition (request, entry, error))
    return NULL;
  changed = *entry->account;
  name = changed.name;
  station = changed.station;
  region = changed.region;
  password_hash = changed.password_hash;
  is_locked = entry->is_locked;
  if (json_object_has_member (body, "station") && json_object_get_null_member (body, "station"))
    station = NULL;
  if ((json_object_has_member (body, "name")
       && (name = reunion_json_get_string (body, "name", error)) == NULL)
      || (json_object_has_member (body, "role")
          && ((role = reunion_json_get_string (body, "role", error)) == NULL
              || !read_role (role, &changed.role, error)))
      || !reunion_json_read_string (body, "station", &station, error)
      || (json_object_has_member (body, "region")
          && (region = reunion_json_get_string (body, "region", error)) == NULL)
      || (json_object_has_member (body, "password_hash")
          && (password_hash = reunion_json_get_string (body, "password_hash", error)) == NULL))
    return NULL;
  if (json_object_has_member (body, "locked"))
    {
      JsonNode *node = json_object_get_member (body, "locked");

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
        {
          g_set_error_literal (error, CENTRAL_ERROR, CENTRAL_ERROR_BAD_REQUEST,
                               "“locked” must be true or false.");
          return NULL;
        }
      is_locked = json_node_get_boolean (node);
    }
  changed.name = (char *) name;
  changed.station = (char *) station;
  changed.region = (char *) region;
  changed.password_hash = (char *) password_hash;
  if (!central_people_change (request->service, request->account, entry, &changed, is_locked,
                              origin, error))
    return NULL;
  return find_json (request->service, request->parameter, error);
}

void
central_people_handle_change (CentralRequest *request)
{
  run_with_hash (request, SOUP_STATUS_OK, change_step, request->parameter);
}
