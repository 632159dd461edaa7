/* reunion-station-store.h: what the desk keeps
 *
 * Every change that has to reach the service is written in one transaction
 * with its row in the outbox. Pages read and write here; the sender takes
 * outbox rows from here; the feed writes what the service says here. After
 * each change ReunionStationStore::changed is emitted once, and pages re-read.
 *
 * Errors are in the domain of reunion-db.h, or of reunion-case-state.h and
 * reunion-standard.h where a rule forbids the step. Times are microseconds
 * since the epoch.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "reunion-case.h"
#include "reunion-outbox-item.h"
#include "reunion-statistics.h"
#include "reunion-tip.h"

G_BEGIN_DECLS

#define REUNION_TYPE_STATION_STORE (reunion_station_store_get_type ())
G_DECLARE_FINAL_TYPE (ReunionStationStore, reunion_station_store, REUNION, STATION_STORE, GObject)

/* Opens @path, or makes it. Transfer full.
 *
 * ReunionStationStore::changed (const char *case_id): something was written;
 * @case_id says of which case, or is NULL when it may concern any. */
ReunionStationStore *reunion_station_store_new (const char *path, GError **error);

/* Told in the thread that does the work; only where there is some. */
typedef void (*ReunionStoreProgressFunc) (guint n_done, guint n_cases, gpointer user_data);

/* Brings a file of an earlier version up to date and closes it again, so that
 * reunion_station_store_new() is quick; a large file takes up to a minute. May be
 * called in any thread, while nobody else has the file open. Ended half-way, by
 * @cancellable or by a kill, it goes on from there the next time. @progress and
 * @cancellable may be NULL. */
gboolean reunion_station_store_prepare (const char *path,
                                        GCancellable *cancellable,
                                        ReunionStoreProgressFunc progress,
                                        gpointer user_data,
                                        GError **error);

/* --- cases ------------------------------------------------------------- */

/* ReunionCase, drafts first, then open cases, the latest loss first, then
 * ended ones, the latest first. Transfer full. */
GPtrArray *reunion_station_store_list_cases (ReunionStationStore *self, GError **error);
/* Cases that wait for review, the longest lost first. Transfer full. */
GPtrArray *reunion_station_store_list_review_queue (ReunionStationStore *self, GError **error);
/* NULL with REUNION_STORE_ERROR_NOT_FOUND when there is none. Transfer full. */
ReunionCase *
reunion_station_store_get_case (ReunionStationStore *self, const char *case_id, GError **error);
/* Keeps a draft, or the edits of a returned case, as it is, complete or not.
 * Report and photos are @case_'s; where the case stands stays as stored, for
 * @case_ may have been read before the service moved it on. */
gboolean
reunion_station_store_save_case (ReunionStationStore *self, ReunionCase *case_, GError **error);
/* Throws a draft away; refused once it has been submitted. */
gboolean reunion_station_store_discard_draft (ReunionStationStore *self,
                                              const char *case_id,
                                              GError **error);

/* --- what goes out: each writes its change and its outbox rows together --- */

/* Submits a draft or a returned case: checks the publishing standard, keeps it
 * as queued, and queues its photos and then itself. */
gboolean reunion_station_store_submit (ReunionStationStore *self,
                                       ReunionCase *case_,
                                       gint64 now_usec,
                                       GError **error);
/* A reviewer's decision: REUNION_CASE_ACTION_APPROVE, _RETURN or _REJECT; the
 * last two need a @reason. The state follows when the service has taken it. */
gboolean reunion_station_store_decide (ReunionStationStore *self,
                                       const char *case_id,
                                       ReunionCaseAction action,
                                       const char *reason,
                                       gint64 now_usec,
                                       GError **error);
/* The same for a return, with reasons at the fields that they concern beside
 * the overall @reason. */
gboolean reunion_station_store_return_at_fields (ReunionStationStore *self,
                                                 const char *case_id,
                                                 const char *reason,
                                                 const ReunionFieldReason *reasons,
                                                 gsize n_reasons,
                                                 gint64 now_usec,
                                                 GError **error);
/* Amends a published case: keeps what @case_ says, and queues its new photos
 * and then the amendment, based on @case_'s revision. @reason, for the history,
 * may be NULL. Several may wait; each follows the one before it. The publishing
 * standard must hold, and something must have changed. */
gboolean reunion_station_store_amend (ReunionStationStore *self,
                                      ReunionCase *case_,
                                      const char *reason,
                                      gint64 now_usec,
                                      GError **error);
/* What the officer wrote in an amendment that the service refused, say because
 * somebody else changed the case meanwhile, over where the case now stands: once
 * looked through, it can be given to reunion_station_store_amend() again. Why it
 * was refused is the last error of its outbox item. NULL without error when none
 * was refused. *@reason, if not NULL, is transfer full. Transfer full. */
ReunionCase *reunion_station_store_get_refused_amendment (ReunionStationStore *self,
                                                          const char *case_id,
                                                          char **reason,
                                                          GError **error);
/* The case as it was when that was written, so that what the officer changed can
 * be told from what others did. NULL without error when none was refused, or when
 * it is not known. Transfer full. */
ReunionCase *reunion_station_store_get_refused_base (ReunionStationStore *self,
                                                     const char *case_id,
                                                     GError **error);
/* Gives it up. */
gboolean reunion_station_store_drop_refused_amendment (ReunionStationStore *self,
                                                       const char *case_id,
                                                       GError **error);
/* Keeps what is being written in an amendment, complete or not, beside the case,
 * which stays as it is. @base: the case that it was begun on; @reason may be NULL.
 * reunion_station_store_amend() forgets it in the same transaction. */
gboolean reunion_station_store_save_amending (ReunionStationStore *self,
                                              ReunionCase *base,
                                              ReunionCase *written,
                                              const char *reason,
                                              GError **error);
/* NULL without error when none is being written. *@base and *@reason, if not NULL,
 * are transfer full, and untouched then. Transfer full. */
ReunionCase *reunion_station_store_get_amending (ReunionStationStore *self,
                                                 const char *case_id,
                                                 ReunionCase **base,
                                                 char **reason,
                                                 GError **error);
gboolean reunion_station_store_has_amending (ReunionStationStore *self, const char *case_id);
/* Throws it away. */
gboolean reunion_station_store_drop_amending (ReunionStationStore *self,
                                              const char *case_id,
                                              GError **error);
/* Ends a published case; @note may be NULL. */
gboolean reunion_station_store_close (ReunionStationStore *self,
                                      const char *case_id,
                                      ReunionOutcome outcome,
                                      const char *note,
                                      gint64 now_usec,
                                      GError **error);
gboolean reunion_station_store_set_tip_state (ReunionStationStore *self,
                                              const char *tip_id,
                                              ReunionTipState state,
                                              gint64 now_usec,
                                              GError **error);

/* --- history ------------------------------------------------------------ */

/* ReunionHistoryEntry, the earliest first, as the service last told it; empty
 * while it has not. See reunion_sync_request_history(). Transfer full. */
GPtrArray *
reunion_station_store_list_history (ReunionStationStore *self, const char *case_id, GError **error);
/* Keeps what the service told of a case that is on this PC. */
gboolean reunion_station_store_set_history (ReunionStationStore *self,
                                            const char *case_id,
                                            GPtrArray *entries,
                                            GError **error);

/* --- photos ------------------------------------------------------------ */

/* Keeps @bytes under their hash; once however often it is called. */
gboolean reunion_station_store_put_photo (ReunionStationStore *self,
                                          ReunionPhoto *photo,
                                          GBytes *bytes,
                                          GError **error);
/* NULL with REUNION_STORE_ERROR_NOT_FOUND when it has not arrived. Transfer
 * full. */
GBytes *
reunion_station_store_get_photo (ReunionStationStore *self, const char *sha256, GError **error);
/* Hashes (char *) of the photos that some case names and the store lacks, each
 * once. Transfer full. */
GPtrArray *reunion_station_store_list_missing_photos (ReunionStationStore *self);

/* --- tips -------------------------------------------------------------- */

/* ReunionTip of one case, or of all for NULL, the latest first. Transfer full. */
GPtrArray *
reunion_station_store_list_tips (ReunionStationStore *self, const char *case_id, GError **error);
/* Those in @state of one case, or of all for NULL. */
guint reunion_station_store_count_tips (ReunionStationStore *self,
                                        const char *case_id,
                                        ReunionTipState state);

/* --- outbox: for the sender, and for pages that show it ----------------- */

/* ReunionOutboxItem not yet sent, of one case or of all for NULL, in the order
 * in which they go out. Transfer full. */
GPtrArray *
reunion_station_store_list_outbox (ReunionStationStore *self, const char *case_id, GError **error);
/* The first item that may go out at @now_usec: the earliest unsent of its
 * case, and not waiting for a later try, at most ten minutes ahead: what seems
 * to wait longer was written before the clock was set back. A refused photo or report holds back
 * what follows in its case; another refused step does not. NULL, without
 * error, when there is none. Transfer full. */
ReunionOutboxItem *
reunion_station_store_next_due (ReunionStationStore *self, gint64 now_usec, GError **error);
/* When the next waiting item is due; -1 when none waits. */
gint64 reunion_station_store_get_next_try_usec (ReunionStationStore *self);
gboolean reunion_station_store_mark_sending (ReunionStationStore *self,
                                             ReunionOutboxItem *item,
                                             GError **error);
/* The service has it. @answer is the case as it stood there when it was taken,
 * or NULL; the feed may have brought a newer one since, which stays. */
gboolean reunion_station_store_mark_sent (ReunionStationStore *self,
                                          ReunionOutboxItem *item,
                                          ReunionCase *answer,
                                          gint64 now_usec,
                                          GError **error);
/* It did not get through; it is tried again at @next_try_usec. */
gboolean reunion_station_store_mark_waiting (ReunionStationStore *self,
                                             ReunionOutboxItem *item,
                                             const char *reason,
                                             gint64 next_try_usec,
                                             GError **error);
/* The service refused it for good; it stays until somebody sees to it, by
 * taking the step again. A refused submission becomes a draft again, so that
 * it can be mended. After a refused amendment, or a refused photo of one, the
 * case is as the service has it, and what was written stays in the item. */
gboolean reunion_station_store_mark_attention (ReunionStationStore *self,
                                               ReunionOutboxItem *item,
                                               const char *reason,
                                               GError **error);
/* Lets every waiting item go at once. */
gboolean reunion_station_store_retry_now (ReunionStationStore *self, GError **error);

/* --- what the service says ---------------------------------------------- */

/* The cursor of the change feed, of the account that uses the store: what the
 * service shows differs from one to the next. 0 at the start. */
gint64 reunion_station_store_get_cursor (ReunionStationStore *self);
/* Back to the start: everything is read again. */
gboolean reunion_station_store_reset_cursor (ReunionStationStore *self, GError **error);
/* Takes ReunionChange entries in and moves the cursor to @next, together.
 * Entries at or before the cursor are passed over. */
gboolean reunion_station_store_apply_changes (ReunionStationStore *self,
                                              GPtrArray *changes,
                                              gint64 next,
                                              GError **error);
/* The deployment's policy; the national one until it is known. Transfer full. */
ReunionPolicy *reunion_station_store_get_policy (ReunionStationStore *self);
gboolean
reunion_station_store_set_policy (ReunionStationStore *self, ReunionPolicy *policy, GError **error);
/* ReunionStatistics, one for each period; empty until the service has said.
 * Transfer full. */
GPtrArray *reunion_station_store_list_statistics (ReunionStationStore *self);
gboolean reunion_station_store_set_statistics (ReunionStationStore *self,
                                               GPtrArray *periods,
                                               GError **error);

/* --- who uses it -------------------------------------------------------- */

/* The account in whose name items enter the outbox and leave it; NULL, as at the
 * start, for none. An item goes out under the account that made it, and waits
 * while another is signed in. */
void reunion_station_store_set_account (ReunionStationStore *self, const char *account);
/* NULL for none. Transfer none. */
const char *reunion_station_store_get_account (ReunionStationStore *self);
/* Items that wait for another account to sign in. */
guint reunion_station_store_count_outbox_of_others (ReunionStationStore *self);

/* --- small things that last: account, window size ------------------------ */

/* NULL when never set. Transfer full. */
char *reunion_station_store_get_setting (ReunionStationStore *self, const char *key);
gboolean reunion_station_store_set_setting (ReunionStationStore *self,
                                            const char *key,
                                            const char *value,
                                            GError **error);

G_END_DECLS
