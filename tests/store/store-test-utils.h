/* store-test-utils.h: what the tests of the store share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <sqlite3.h>

#include "reunion-central-store.h"
#include "reunion-db.h"
#include "reunion-station-store.h"

G_BEGIN_DECLS

/* 14 November 2023, 22:13:20 UTC. */
#define STORE_TEST_NOW (G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC)

/* A folder of its own, and the path of a database in it that is not there
 * yet. Freed together with everything in it. */
typedef struct
{
  char *folder;
  char *path;
} StoreTestFolder;

StoreTestFolder *store_test_folder_new (void);
void store_test_folder_free (StoreTestFolder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreTestFolder, store_test_folder_free)

/* A station's store that must open. */
ReunionStationStore *store_test_open_station (StoreTestFolder *folder);
ReunionCentralStore *store_test_open_central (StoreTestFolder *folder);

/* A second connection to the same file, as another program would have it. */
typedef sqlite3 StoreTestRaw;
StoreTestRaw *store_test_raw_open (StoreTestFolder *folder);
void store_test_raw_close (StoreTestRaw *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreTestRaw, store_test_raw_close)
void store_test_raw_exec (StoreTestRaw *self, const char *sql);
gint64 store_test_raw_get_int (StoreTestRaw *self, const char *sql);
char *store_test_raw_get_text (StoreTestRaw *self, const char *sql);

/* A report that meets the publishing standard; a new id with each call. */
ReunionCase *store_test_make_case (void);
/* The same with a photo whose bytes, "@seed", are in @store. */
ReunionCase *store_test_make_case_with_photo (ReunionStationStore *store, const char *seed);
/* Puts bytes made from @seed into @store and names them in @case_. Transfer
 * full: the hash. */
char *store_test_add_photo (ReunionStationStore *store, ReunionCase *case_, const char *seed);
/* As the service would have it: the same report in another state. */
ReunionCase *store_test_make_theirs (ReunionCase *own, ReunionCaseState state, gint64 revision);
ReunionTip *store_test_make_tip (const char *id, const char *case_id, const char *text);

/* Submits and asserts that it went well. */
void store_test_submit (ReunionStationStore *store, ReunionCase *case_);
/* Takes the case in as entry @sequence of the feed. */
void store_test_feed_case (ReunionStationStore *store, gint64 sequence, ReunionCase *theirs);
void store_test_feed_tip (ReunionStationStore *store, gint64 sequence, ReunionTip *tip);
/* The state and the revision in the store. */
void store_test_assert_case (ReunionStationStore *store,
                             const char *case_id,
                             ReunionCaseState state,
                             gint64 revision);
/* "kind:state kind:state …" of what is unsent, of one case or of all. */
void
store_test_assert_outbox (ReunionStationStore *store, const char *case_id, const char *expected);
/* The first due item, which must be of that case and kind. Transfer full. */
ReunionOutboxItem *
store_test_expect_due (ReunionStationStore *store, const char *case_id, ReunionOutboxKind kind);

/* A sentence for a person: it begins with a capital, a quote or the path, and
 * it ends, or leads to a detail after a colon. Also that it is in the domain and has the code. */
void store_test_assert_sentence (const GError *error, GQuark domain, int code);

G_END_DECLS
