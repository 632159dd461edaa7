/* reunion-central-partners.c: partners and what is pushed to them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-central-store-private.h"

typedef enum
{
  DELIVERY_WAITING,
  DELIVERY_ACKNOWLEDGED,
  DELIVERY_DEAD,
} DeliveryState;

#define PARTNER_COLUMNS "p.id, p.name, p.url, p.secret, p.datum, p.accepts_ring"

/* The earliest waiting delivery of each partner and case. One case that a
 * partner keeps refusing does not hold up its others. */
#define HEADS                                                                                      \
  "sequence IN (SELECT min(sequence) FROM deliveries WHERE state = 0 GROUP BY partner, case_id)"

void
reunion_partner_free (ReunionPartner *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->name);
  g_free (self->url);
  g_free (self->secret);
  g_free (self);
}

void
reunion_delivery_free (ReunionDelivery *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->partner);
  g_free (self->case_id);
  g_free (self->body);
  g_free (self);
}

gboolean
reunion_central_store_put_partner (ReunionCentralStore *self,
                                   const ReunionPartner *partner,
                                   GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && partner != NULL, FALSE);

  return reunion_db_run (
      reunion_central_store_get_db (self), error,
      "INSERT INTO partners (id, name, url, secret, datum, accepts_ring)"
      " VALUES ($1, $2, $3, $4, $5, $6)"
      " ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = excluded.url,"
      " secret = excluded.secret, datum = excluded.datum, accepts_ring = excluded.accepts_ring",
      "ttttti", partner->id, partner->name, partner->url, partner->secret,
      reunion_datum_to_name (partner->datum), (gint64) partner->accepts_ring);
}

static ReunionPartner *
read_partner (ReunionStmt *stmt)
{
  ReunionPartner *partner = g_new0 (ReunionPartner, 1);

  partner->id = g_strdup (reunion_stmt_get_text (stmt, 0));
  partner->name = g_strdup (reunion_stmt_get_text (stmt, 1));
  partner->url = g_strdup (reunion_stmt_get_text (stmt, 2));
  partner->secret = g_strdup (reunion_stmt_get_text (stmt, 3));
  reunion_datum_from_name (reunion_stmt_get_text (stmt, 4), &partner->datum);
  partner->accepts_ring = reunion_stmt_get_int (stmt, 5) != 0;
  return partner;
}

static GPtrArray *
collect_partners (ReunionStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) partners
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_partner_free);
  g_autoptr (GError) local_error = NULL;

  while (reunion_stmt_next (stmt, &local_error))
    g_ptr_array_add (partners, read_partner (stmt));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return g_steal_pointer (&partners);
}

ReunionPartner *
reunion_central_store_find_partner (ReunionCentralStore *self, const char *id, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && id != NULL, NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT " PARTNER_COLUMNS " FROM partners p WHERE p.id = $1", "t", id);
  return stmt != NULL && reunion_stmt_next (stmt, error) ? read_partner (stmt) : NULL;
}

GPtrArray *
reunion_central_store_list_partners (ReunionCentralStore *self, GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), NULL);

  stmt = reunion_db_query (
      reunion_central_store_get_db (self), error,
      "SELECT " PARTNER_COLUMNS " FROM partners p WHERE p.url IS NOT NULL ORDER BY p.id", "");
  return stmt != NULL ? collect_partners (stmt, error) : NULL;
}

GPtrArray *
reunion_central_store_list_told_partners (ReunionCentralStore *self,
                                          const char *case_id,
                                          GError **error)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && case_id != NULL, NULL);

  stmt = reunion_db_query (reunion_central_store_get_db (self), error,
                           "SELECT " PARTNER_COLUMNS " FROM partners p WHERE p.id IN"
                           " (SELECT partner FROM deliveries WHERE case_id = $1) ORDER BY p.id",
                           "t", case_id);
  return stmt != NULL ? collect_partners (stmt, error) : NULL;
}

gboolean
reunion_central_store_add_delivery (ReunionCentralStore *self,
                                    const ReunionDelivery *delivery,
                                    GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && delivery != NULL, FALSE);

  return reunion_db_run (
      reunion_central_store_get_db (self), error,
      "INSERT INTO deliveries (id, partner, case_id, kind, stage, revision, body, state,"
      " n_attempts, created_usec, next_try_usec) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8, $8)"
      " ON CONFLICT (partner, case_id, kind, stage, revision) DO NOTHING",
      "ttttiiti", delivery->id, delivery->partner, delivery->case_id,
      reunion_push_kind_to_key (delivery->kind), (gint64) delivery->stage, delivery->revision,
      delivery->body, delivery->created_usec);
}

gboolean
reunion_central_store_drop_deliveries (ReunionCentralStore *self,
                                       const char *case_id,
                                       GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && case_id != NULL, FALSE);

  /* Not deleted: the row says that the partner may have been told. */
  return reunion_db_run (
      reunion_central_store_get_db (self), error,
      "UPDATE deliveries SET state = $2, last_error = 'superseded by the withdrawal'"
      " WHERE case_id = $1 AND state = 0",
      "ti", case_id, (gint64) DELIVERY_DEAD);
}

GPtrArray *
reunion_central_store_list_due_deliveries (ReunionCentralStore *self,
                                           gint64 now_usec,
                                           guint limit,
                                           GError **error)
{
  g_autoptr (GPtrArray) deliveries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) reunion_delivery_free);
  g_autoptr (ReunionStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), NULL);

  stmt = reunion_db_query (
      reunion_central_store_get_db (self), error,
      "SELECT id, partner, case_id, kind, stage, revision, body, n_attempts, created_usec"
      " FROM deliveries WHERE sequence IN (SELECT min(sequence) FROM deliveries WHERE " HEADS
      " AND next_try_usec <= $1 GROUP BY partner) ORDER BY sequence LIMIT $2",
      "ii", now_usec, (gint64) limit);
  if (stmt == NULL)
    return NULL;
  while (reunion_stmt_next (stmt, &local_error))
    {
      ReunionDelivery *delivery = g_new0 (ReunionDelivery, 1);

      delivery->id = g_strdup (reunion_stmt_get_text (stmt, 0));
      delivery->partner = g_strdup (reunion_stmt_get_text (stmt, 1));
      delivery->case_id = g_strdup (reunion_stmt_get_text (stmt, 2));
      reunion_push_kind_from_key (reunion_stmt_get_text (stmt, 3), &delivery->kind);
      delivery->stage = (guint) reunion_stmt_get_int (stmt, 4);
      delivery->revision = reunion_stmt_get_int (stmt, 5);
      delivery->body = g_strdup (reunion_stmt_get_text (stmt, 6));
      delivery->n_attempts = (guint) reunion_stmt_get_int (stmt, 7);
      delivery->created_usec = reunion_stmt_get_int (stmt, 8);
      g_ptr_array_add (deliveries, delivery);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return g_steal_pointer (&deliveries);
}

gint64
reunion_central_store_get_next_delivery_usec (ReunionCentralStore *self)
{
  g_autoptr (ReunionStmt) stmt = NULL;

  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self), -1);

  stmt = reunion_db_query (
      reunion_central_store_get_db (self), NULL,
      "SELECT next_try_usec FROM deliveries WHERE " HEADS " ORDER BY next_try_usec LIMIT 1", "");
  return stmt != NULL && reunion_stmt_next (stmt, NULL) ? reunion_stmt_get_int (stmt, 0) : -1;
}

gboolean
reunion_central_store_acknowledge_delivery (ReunionCentralStore *self,
                                            const char *id,
                                            gint64 now_usec,
                                            GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && id != NULL, FALSE);

  return reunion_db_run (reunion_central_store_get_db (self), error,
                         "UPDATE deliveries SET state = $2, acknowledged_usec = $3,"
                         " n_attempts = n_attempts + 1, last_error = NULL WHERE id = $1",
                         "tii", id, (gint64) DELIVERY_ACKNOWLEDGED, now_usec);
}

gboolean
reunion_central_store_delay_delivery (ReunionCentralStore *self,
                                      const char *id,
                                      const char *reason,
                                      gint64 next_try_usec,
                                      GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && id != NULL, FALSE);

  return reunion_db_run (reunion_central_store_get_db (self), error,
                         "UPDATE deliveries SET next_try_usec = $3, last_error = $2,"
                         " n_attempts = n_attempts + 1 WHERE id = $1",
                         "tti", id, reason, next_try_usec);
}

gboolean
reunion_central_store_bury_delivery (ReunionCentralStore *self,
                                     const char *id,
                                     const char *reason,
                                     GError **error)
{
  g_return_val_if_fail (REUNION_IS_CENTRAL_STORE (self) && id != NULL, FALSE);

  return reunion_db_run (reunion_central_store_get_db (self), error,
                         "UPDATE deliveries SET state = $3, last_error = $2,"
                         " n_attempts = n_attempts + 1 WHERE id = $1",
                         "tti", id, reason, (gint64) DELIVERY_DEAD);
}
