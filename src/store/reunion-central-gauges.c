/* reunion-central-gauges.c: what is looked at to see whether the service keeps up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-central-gauges.h"

#include "reunion-central-store-private.h"

static void
gauge_free (ReunionQueueGauge *gauge)
{
  g_free (gauge->partner);
  g_free (gauge);
}

GPtrArray *
reunion_central_store_list_queues (ReunionCentralStore *self, GError **error)
{
  g_autoptr (GPtrArray) queues = g_ptr_array_new_with_free_func ((GDestroyNotify) gauge_free);
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), NULL);

  /* 0: waiting, 2: dead; each count has an index of its own. */
  stmt = reunion_db_query (
      reunion_central_store_get_db (self), error,
      "SELECT p.id,"
      " (SELECT count(*) FROM deliveries d WHERE d.partner = p.id AND d.state = 0),"
      " (SELECT count(*) FROM deliveries d WHERE d.partner = p.id AND d.state = 2),"
      " (SELECT coalesce (min (d.created_usec), 0) FROM deliveries d WHERE d.partner = p.id"
      "  AND d.state = 0)"
      " FROM partners p ORDER BY p.id",
      "");
  if (stmt == NULL)
    return NULL;
  while (reunion_stmt_next (stmt, &local_error))
    {
      ReunionQueueGauge *gauge = g_new0 (ReunionQueueGauge, 1);

      gauge->partner = g_strdup (reunion_stmt_get_text (stmt, 0));
      gauge->n_waiting = reunion_stmt_get_int (stmt, 1);
      gauge->n_dead = reunion_stmt_get_int (stmt, 2);
      gauge->oldest_usec = reunion_stmt_get_int (stmt, 3);
      g_ptr_array_add (queues, gauge);
    }
  if (local_error == NULL)
    return g_steal_pointer (&queues);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

gint64
reunion_central_store_get_untried_usec (ReunionCentralStore *self, gint64 now_usec, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), -1);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT coalesce (min (oldest), -1) FROM"
                           " (SELECT min (next_try_usec) AS oldest FROM deliveries"
                           "  WHERE state = 0 AND next_try_usec <= $1 GROUP BY partner"
                           "  HAVING max (n_attempts) = 0) AS untried",
                           "i", now_usec);
  if (stmt == NULL || !reunion_stmt_next (stmt, error))
    return 0;
  return reunion_stmt_get_int (stmt, 0);
}

GHashTable *
reunion_central_store_count_by_state (ReunionCentralStore *self, GError **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT state, count(*) FROM cases GROUP BY state", "");
  if (stmt == NULL)
    return NULL;
  while (reunion_stmt_next (stmt, &local_error))
    {
      gint64 *count = g_new (gint64, 1);

      *count = reunion_stmt_get_int (stmt, 1);
      g_hash_table_insert (counts, g_strdup (reunion_stmt_get_text (stmt, 0)), count);
    }
  if (local_error == NULL)
    return g_steal_pointer (&counts);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gint64
ask (ReunionCentralStore *self, const char *sql)
{
  g_autoptr (ReunionStmt) stmt
      = reunion_db_query (reunion_central_store_get_db (self), NULL, sql, "");

  return stmt != NULL && reunion_stmt_next (stmt, NULL) ? reunion_stmt_get_int (stmt, 0) : 0;
}

gint64
reunion_central_store_get_size_bytes (ReunionCentralStore *self)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), 0);

  return ask (self, "PRAGMA page_count") * ask (self, "PRAGMA page_size");
}

char *
reunion_central_store_get_file (ReunionCentralStore *self)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), NULL, "PRAGMA database_list", "");
  return stmt != NULL && reunion_stmt_next (stmt, NULL) ? g_strdup (reunion_stmt_get_text (stmt, 2))
                                                        : NULL;
}
