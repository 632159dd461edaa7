/* reunion-central-store.h: what the central service keeps
 *
 * One face, behind which SQLite stands now. A change and everything that
 * follows from it (entry in the change feed, deliveries to partners, answer
 * under its idempotency key, audit) are written between begin() and commit().
 * What decides is in the service; this file stores and finds.
 *
 * Finders return NULL without error where there is nothing. Times are
 * microseconds since the epoch. Errors are in the domain of reunion-db.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "reunion-case.h"
#include "reunion-datum.h"
#include "reunion-history.h"
#include "reunion-notice.h"
#include "reunion-tip.h"

G_BEGIN_DECLS

#define REUNION_TYPE_CENTRAL_STORE (reunion_central_store_get_type ())
G_DECLARE_FINAL_TYPE (ReunionCentralStore, reunion_central_store, REUNION, CENTRAL_STORE, GObject)

/* Opens @path, or makes it. Transfer full. */
ReunionCentralStore *reunion_central_store_new (const char *path, GError **error);

gboolean reunion_central_store_begin (ReunionCentralStore *self, GError **error);
gboolean reunion_central_store_commit (ReunionCentralStore *self, GError **error);
void reunion_central_store_rollback (ReunionCentralStore *self);

/* --- stations, accounts, sessions ---------------------------------------- */

/**
 * ReunionCentralAccount:
 * @region: GB/T 2260 prefix of what the account answers for
 * @password_hash: Argon2id, in libsodium's text form
 */
typedef struct
{
  char *account;
  char *name;
  ReunionRole role;
  char *station;
  char *station_name;
  char *station_phone;
  char *region;
  char *password_hash;
} ReunionCentralAccount;

void reunion_central_account_free (ReunionCentralAccount *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionCentralAccount, reunion_central_account_free)

gboolean reunion_central_store_put_station (ReunionCentralStore *self,
                                            const char *code,
                                            const char *name,
                                            const char *phone,
                                            GError **error);
/* Station's name and phone are taken from its own row. */
gboolean reunion_central_store_put_account (ReunionCentralStore *self,
                                            const ReunionCentralAccount *account,
                                            GError **error);
ReunionCentralAccount *
reunion_central_store_find_account (ReunionCentralStore *self, const char *account, GError **error);
/* @token_hash: SHA-256 of the token, in hexadecimal: a stolen file gives no
 * tokens away. */
gboolean reunion_central_store_put_session (ReunionCentralStore *self,
                                            const char *token_hash,
                                            const char *account,
                                            gint64 expires_usec,
                                            GError **error);
/* The account of a session that has not run out at @now_usec. */
ReunionCentralAccount *reunion_central_store_find_session (ReunionCentralStore *self,
                                                           const char *token_hash,
                                                           gint64 now_usec,
                                                           GError **error);

/* --- cases and photos ----------------------------------------------------- */

ReunionCase *
reunion_central_store_find_case (ReunionCentralStore *self, const char *case_id, GError **error);
/* @next_change_usec: when its radius grows next, -1 for never. */
gboolean reunion_central_store_put_case (ReunionCentralStore *self,
                                         ReunionCase *case_,
                                         gint64 next_change_usec,
                                         GError **error);
gint64 reunion_central_store_count_cases (ReunionCentralStore *self);
/* ReunionCase whose notice is out and whose radius was to grow at or before
 * @now_usec, at most @limit. Transfer full. */
GPtrArray *reunion_central_store_list_due_cases (ReunionCentralStore *self,
                                                 gint64 now_usec,
                                                 guint limit,
                                                 GError **error);
/* The earliest instant at which a radius grows; -1 when none will. */
gint64 reunion_central_store_get_next_change_usec (ReunionCentralStore *self);

/* FALSE with an error; *@is_new, if not NULL, says whether it was not there. */
gboolean reunion_central_store_put_photo (ReunionCentralStore *self,
                                          const char *sha256,
                                          const char *media_type,
                                          GBytes *bytes,
                                          gboolean *is_new,
                                          GError **error);
/* *@media_type, if not NULL, is transfer full. */
GBytes *reunion_central_store_find_photo (ReunionCentralStore *self,
                                          const char *sha256,
                                          char **media_type,
                                          GError **error);
gboolean reunion_central_store_has_photo (ReunionCentralStore *self, const char *sha256);

/* --- tips ------------------------------------------------------------------ */

ReunionTip *
reunion_central_store_find_tip (ReunionCentralStore *self, const char *tip_id, GError **error);
/* The tip that @partner sent under that id of its own. */
ReunionTip *reunion_central_store_find_partner_tip (ReunionCentralStore *self,
                                                    const char *partner,
                                                    const char *partner_tip_id,
                                                    GError **error);
gboolean reunion_central_store_put_tip (ReunionCentralStore *self, ReunionTip *tip, GError **error);

/* --- the change feed -------------------------------------------------------- */

/* Adds an entry; @tip_id is NULL when the case itself changed. */
gboolean reunion_central_store_add_change (ReunionCentralStore *self,
                                           const char *case_id,
                                           const char *tip_id,
                                           gint64 now_usec,
                                           GError **error);

/**
 * ReunionCentralChange:
 * @tip: NULL when the case itself changed
 * @level: how many digits of the region are asked for since this entry; -1 for an
 *   entry that is no ring
 * @from_level: how many were asked for before it
 *
 * An entry of the feed, with the records as they stand now.
 */
typedef struct
{
  gint64 sequence;
  int level;
  int from_level;
  ReunionCase *case_;
  ReunionTip *tip;
} ReunionCentralChange;

/* ReunionCentralChange after @after, in order, at most @limit. Transfer full. */
GPtrArray *reunion_central_store_list_changes (ReunionCentralStore *self,
                                               gint64 after,
                                               guint limit,
                                               GError **error);

/* --- partners and deliveries -------------------------------------------------- */

/**
 * ReunionPartner:
 * @url: where notices go; NULL while the partner takes none
 * @secret: "whsec_…", for both ways
 * @accepts_ring: whether it can leave out those told before
 */
typedef struct
{
  char *id;
  char *name;
  char *url;
  char *secret;
  ReunionDatum datum;
  gboolean accepts_ring;
} ReunionPartner;

void reunion_partner_free (ReunionPartner *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionPartner, reunion_partner_free)

gboolean reunion_central_store_put_partner (ReunionCentralStore *self,
                                            const ReunionPartner *partner,
                                            GError **error);
ReunionPartner *
reunion_central_store_find_partner (ReunionCentralStore *self, const char *id, GError **error);
/* ReunionPartner with a URL. Transfer full. */
GPtrArray *reunion_central_store_list_partners (ReunionCentralStore *self, GError **error);
/* ReunionPartner that were ever sent a notice of the case. Transfer full. */
GPtrArray *reunion_central_store_list_told_partners (ReunionCentralStore *self,
                                                     const char *case_id,
                                                     GError **error);

/**
 * ReunionDelivery:
 * @id: webhook-id, the same at every attempt
 * @stage: of the policy; 0 for a withdrawal
 * @revision: of the case, for updates; 0 otherwise
 * @created_usec: since when it waits
 */
typedef struct
{
  char *id;
  char *partner;
  char *case_id;
  ReunionPushKind kind;
  guint stage;
  gint64 revision;
  char *body;
  guint n_attempts;
  gint64 created_usec;
} ReunionDelivery;

void reunion_delivery_free (ReunionDelivery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionDelivery, reunion_delivery_free)

/* A second one for the same partner, case, kind, stage and revision is passed
 * over: nobody is told the same twice. */
gboolean reunion_central_store_add_delivery (ReunionCentralStore *self,
                                             const ReunionDelivery *delivery,
                                             GError **error);
/* Drops what waits for the case: a withdrawal makes it pointless. */
gboolean reunion_central_store_drop_deliveries (ReunionCentralStore *self,
                                                const char *case_id,
                                                GError **error);
/* ReunionDelivery due at @now_usec, one for each partner, so that a partner
 * for which many wait crowds nobody out: the earliest before which no other of
 * the same case waits. At most @limit. Transfer full. */
GPtrArray *reunion_central_store_list_due_deliveries (ReunionCentralStore *self,
                                                      gint64 now_usec,
                                                      guint limit,
                                                      GError **error);
gint64 reunion_central_store_get_next_delivery_usec (ReunionCentralStore *self);
gboolean reunion_central_store_acknowledge_delivery (ReunionCentralStore *self,
                                                     const char *id,
                                                     gint64 now_usec,
                                                     GError **error);
gboolean reunion_central_store_delay_delivery (ReunionCentralStore *self,
                                               const char *id,
                                               const char *reason,
                                               gint64 next_try_usec,
                                               GError **error);
/* No further attempts; kept for an administrator. */
gboolean reunion_central_store_bury_delivery (ReunionCentralStore *self,
                                              const char *id,
                                              const char *reason,
                                              GError **error);

/* --- what the public was told ----------------------------------------------------- */

/**
 * ReunionTold:
 * @number: from 1, in the order in which they went out; never given twice
 * @told_radius_km: radius within which people were told before it; 0 when none were
 *
 * One message of a case to the public, whoever took it.
 */
typedef struct
{
  guint number;
  ReunionPushKind kind;
  double told_radius_km;
  gint64 sent_usec;
} ReunionTold;

void reunion_told_free (ReunionTold *self);

gboolean reunion_central_store_add_told (ReunionCentralStore *self,
                                         const char *case_id,
                                         ReunionPushKind kind,
                                         double told_radius_km,
                                         gint64 now_usec,
                                         GError **error);
/* ReunionTold, the earliest first. Transfer full. */
GPtrArray *
reunion_central_store_list_told (ReunionCentralStore *self, const char *case_id, GError **error);

/* --- answers under idempotency keys, audit ------------------------------------- */

/**
 * ReunionStoredAnswer:
 * @request_hash: SHA-256 of method, path and body
 */
typedef struct
{
  char *request_hash;
  guint status;
  char *body;
} ReunionStoredAnswer;

void reunion_stored_answer_free (ReunionStoredAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReunionStoredAnswer, reunion_stored_answer_free)

ReunionStoredAnswer *reunion_central_store_find_answer (ReunionCentralStore *self,
                                                        const char *account,
                                                        const char *key,
                                                        GError **error);
gboolean reunion_central_store_put_answer (ReunionCentralStore *self,
                                           const char *account,
                                           const char *key,
                                           const ReunionStoredAnswer *answer,
                                           gint64 now_usec,
                                           GError **error);
gboolean reunion_central_store_add_audit (ReunionCentralStore *self,
                                          const char *who,
                                          const char *what,
                                          const char *case_id,
                                          gint64 now_usec,
                                          GError **error);

/* --- the history of a case: the part of the audit that people read -------------- */

/* Adds a step of the case, which led to @revision, to the audit. */
gboolean reunion_central_store_add_history (ReunionCentralStore *self,
                                            const char *case_id,
                                            ReunionHistoryEntry *entry,
                                            gint64 revision,
                                            GError **error);
/* ReunionHistoryEntry, the earliest first; of a very long history the latest
 * part. Steps that were taken before the audit held more say who and when
 * alone. Transfer full. */
GPtrArray *
reunion_central_store_list_history (ReunionCentralStore *self, const char *case_id, GError **error);
/* How many steps after @revision the service took by itself; -1 with @error
 * set. */
gint64 reunion_central_store_count_own_steps (ReunionCentralStore *self,
                                              const char *case_id,
                                              gint64 revision,
                                              GError **error);

G_END_DECLS
