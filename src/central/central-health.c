/* central-health.c: whether the service is fit to be asked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "central-health.h"

#include "reunion-central-gauges.h"

#define ENDING_KEY "central-ending"

static void
check_disk (ReunionCentralStore *store, GPtrArray *troubles)
{
  g_autofree char *path = reunion_central_store_get_file (store);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInfo) info = NULL;

  if (path == NULL || *path == '\0')
    return;
  file = g_file_new_for_path (path);
  info = g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
  if (info != NULL
      && g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE)
             < CENTRAL_FREE_BYTES)
    g_ptr_array_add (troubles, g_strdup ("The disk of the store is almost full."));
}

GPtrArray *
central_health_list_troubles (CentralService *service)
{
  GPtrArray *troubles = g_ptr_array_new_with_free_func (g_free);
  ReunionCentralStore *store;
  g_autoptr (GError) error = NULL;
  gint64 now_usec, change_usec, untried_usec;

  g_return_val_if_fail (CENTRAL_IS_SERVICE (service), troubles);

  store = central_service_get_store (service);
  now_usec = central_service_get_now_usec (service);
  if (g_object_get_data (G_OBJECT (service), ENDING_KEY) != NULL)
    g_ptr_array_add (troubles, g_strdup ("The service is about to end."));
  untried_usec = reunion_central_store_get_untried_usec (store, now_usec, &error);
  if (error != NULL)
    {
      /* What exactly stands in the log: paths are nobody's business. */
      g_warning ("The store does not answer: %s", error->message);
      g_ptr_array_add (troubles, g_strdup ("The store does not answer."));
      return troubles;
    }
  if (untried_usec >= 0 && now_usec - untried_usec > CENTRAL_LATE_USEC)
    g_ptr_array_add (troubles, g_strdup ("Notices wait that no partner holds up."));
  change_usec = reunion_central_store_get_next_change_usec (store);
  if (change_usec >= 0 && now_usec - change_usec > CENTRAL_LATE_USEC)
    g_ptr_array_add (troubles, g_strdup ("The escalation is late."));
  check_disk (store, troubles);
  return troubles;
}

void
central_health_set_ending (CentralService *service)
{
  g_return_if_fail (CENTRAL_IS_SERVICE (service));

  g_object_set_data (G_OBJECT (service), ENDING_KEY, service);
}

void
central_health_handle_ready (CentralRequest *request)
{
  g_autoptr (GPtrArray) troubles = central_health_list_troubles (request->service);
  g_autofree char *sentences = NULL;

  if (troubles->len == 0)
    {
      central_request_respond (request->message, SOUP_STATUS_OK, "{\"status\":\"ready\"}");
      return;
    }
  g_ptr_array_add (troubles, NULL);
  sentences = g_strjoinv (" ", (char **) troubles->pdata);
  central_request_refuse (request->message, SOUP_STATUS_SERVICE_UNAVAILABLE, sentences);
}
