/* reunion-station-store-private.h: what the files of the station's store share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "reunion-db.h"
#include "reunion-station-store.h"

G_BEGIN_DECLS

/* A store over a file that is open; takes @db. What is in it is as it was left. Transfer
 * full. */
ReunionStationStore *reunion_station_store_new_over (ReunionDb *db);
/* Transfer none; lives as long as the store. */
ReunionDb *reunion_station_store_get_db (ReunionStationStore *self);

/* Emits ReunionStationStore::changed; call it after the commit. */
void reunion_station_store_emit_changed (ReunionStationStore *self, const char *case_id);

/* Ends a transaction: commits and tells, or rolls back when @ok is FALSE. */
gboolean reunion_station_store_finish (ReunionStationStore *self,
                                       gboolean ok,
                                       const char *case_id,
                                       GError **error);

/* Writes the case's row, the photos that it names and the index; within a transaction. */
gboolean reunion_station_store_put_case (ReunionStationStore *self,
                                         ReunionCase *case_,
                                         gboolean is_dirty,
                                         GError **error);

/* What the page holds over the course that the store holds, which may have
 * moved on since the page read it. NULL with @error set when the stored record
 * can't be read: it must not be written over unseen. Transfer full. */
ReunionCase *reunion_station_store_bring_up_to_date (ReunionStationStore *self,
                                                     ReunionCase *case_,
                                                     GError **error);
/* A record that the reader would refuse, for its length or a value that JSON
 * has no word for, would be lost once it is written. */
gboolean reunion_station_store_check_can_be_read_back (ReunionCase *case_, GError **error);

/* The service's version of a case while an amendment of it is on its way; NULL to keep
 * none. Within a transaction. */
gboolean reunion_station_store_set_theirs (ReunionStationStore *self,
                                           const char *case_id,
                                           ReunionCase *theirs,
                                           GError **error);
/* NULL without error when none is kept. Transfer full. */
ReunionCase *
reunion_station_store_find_theirs (ReunionStationStore *self, const char *case_id, GError **error);
/* The service's version is the record, and nothing else is kept; within a
 * transaction. */
gboolean
reunion_station_store_settle_on (ReunionStationStore *self, ReunionCase *theirs, GError **error);
/* The record says what @own says, at @revision, where @theirs stands; within a
 * transaction. */
gboolean reunion_station_store_keep_amended (ReunionStationStore *self,
                                             ReunionCase *own,
                                             ReunionCase *theirs,
                                             gint64 revision,
                                             GError **error);

/* Takes in a case from the service, unless the own one is newer, or holds a
 * submission that the service has not answered yet; within a transaction. */
gboolean
reunion_station_store_take_case (ReunionStationStore *self, ReunionCase *theirs, GError **error);

/* The own copy and whether it holds edits that the service has not. NULL
 * without error when there is none. Transfer full. */
ReunionCase *reunion_station_store_find_own (ReunionStationStore *self,
                                             const char *case_id,
                                             gboolean *is_dirty,
                                             GError **error);

/* Forgets what is being written in an amendment; within a transaction. */
gboolean reunion_station_store_forget_amending (ReunionStationStore *self,
                                                const char *case_id,
                                                GError **error);
/* What follows when the service has taken the amendment of @item, or refused
 * one of the case, or a photo that one needs: then the amendment counts as
 * refused in the photo's place. After the row was marked; within a transaction. */
gboolean reunion_station_store_settle_amendment (ReunionStationStore *self,
                                                 ReunionOutboxItem *item,
                                                 ReunionCase *answer,
                                                 GError **error);
gboolean reunion_station_store_refuse_amendment (ReunionStationStore *self,
                                                 const char *case_id,
                                                 GError **error);
gboolean reunion_station_store_refuse_amended_photo (ReunionStationStore *self,
                                                     ReunionOutboxItem *item,
                                                     const char *reason,
                                                     GError **error);

/* Drops all that the desk holds of the case beside its record; within a
 * transaction. */
gboolean
reunion_station_store_erase_case (ReunionStationStore *self, const char *case_id, GError **error);
gboolean reunion_station_store_has_expired (ReunionStationStore *self, const char *case_id);
/* Photos that cases named once, before they expired. Only while no page may hold one
 * that is not saved yet. */
gboolean reunion_station_store_erase_stray_photos (ReunionStationStore *self, GError **error);
/* Cuts the log when something was erased since it was last cut. Not within a
 * transaction. */
void reunion_station_store_wipe_log (ReunionStationStore *self);

/* Adds a row to the outbox, due at once; within a transaction. */
gboolean reunion_station_store_enqueue (ReunionStationStore *self,
                                        const char *case_id,
                                        ReunionOutboxKind kind,
                                        const char *body,
                                        gint64 now_usec,
                                        GError **error);
/* Whether something of @kind of the case waits or is being sent. */
gboolean reunion_station_store_is_going_out (ReunionStationStore *self,
                                             const char *case_id,
                                             ReunionOutboxKind kind);
/* Drops what the service refused before: the officer takes the step again. Of
 * one tip only, unless @tip_id is NULL. Within a transaction. */
gboolean reunion_station_store_forget_refused (ReunionStationStore *self,
                                               const char *case_id,
                                               ReunionOutboxKind kind,
                                               const char *tip_id,
                                               GError **error);

/* The tip and whether the officer's mark on it is still on its way out. NULL
 * without error when there is none. Transfer full. */
ReunionTip *reunion_station_store_find_tip (ReunionStationStore *self,
                                            const char *tip_id,
                                            gboolean *is_dirty,
                                            GError **error);
/* Writes the tip's row; within a transaction. */
gboolean reunion_station_store_put_tip (ReunionStationStore *self,
                                        ReunionTip *tip,
                                        gboolean is_dirty,
                                        GError **error);
/* Takes in a tip from the service, unless the officer's own mark on it is
 * still on its way out. */
gboolean
reunion_station_store_take_tip (ReunionStationStore *self, ReunionTip *tip, GError **error);
/* An officer's mark on the tip has reached the service; the tip is the
 * service's again unless a further mark is still on its way out. */
gboolean
reunion_station_store_settle_tip (ReunionStationStore *self, const char *tip_id, GError **error);

G_END_DECLS
