/* reunion-station-record.c: a case as the record that is kept of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-station-store-private.h"

#include "reunion-wire.h"

#include <glib/gi18n-lib.h>

gboolean
reunion_station_store_check_can_be_read_back (ReunionCase *case_, GError **error)
{
  g_autofree char *record = reunion_wire_case_to_json (case_);
  g_autoptr (ReunionCase) read = NULL;
  g_autoptr (GError) local_error = NULL;

  read = reunion_wire_case_from_json (record, -1, &local_error);
  if (read == NULL)
    g_set_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_CONSTRAINT,
                 _("The change does not fit the records: %s"), local_error->message);
  return read != NULL;
}
