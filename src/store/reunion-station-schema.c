/* reunion-station-schema.c: the tables of the desk's store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reunion-station-schema.h"

/* cases.record is the wire form of the case, the same bytes that travel; the
 * other columns are taken from it so that they can be searched. place_in_list:
 * 0 drafts, 1 open, 2 ended. is_dirty: edits here that the service has not. */
const char *const reunion_station_migrations[] = {
  "CREATE TABLE cases ("
  "  id TEXT PRIMARY KEY,"
  "  state TEXT NOT NULL,"
  "  place_in_list INTEGER NOT NULL,"
  "  last_seen_usec INTEGER NOT NULL,"
  "  revision INTEGER NOT NULL,"
  "  is_dirty INTEGER NOT NULL,"
  "  record TEXT NOT NULL"
  ");"
  "CREATE INDEX cases_in_list ON cases (place_in_list, last_seen_usec);"
  "CREATE TABLE photos ("
  "  sha256 TEXT PRIMARY KEY,"
  "  media_type TEXT NOT NULL,"
  "  bytes BLOB NOT NULL"
  ");"
  "CREATE TABLE case_photos ("
  "  case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,"
  "  position INTEGER NOT NULL,"
  "  sha256 TEXT NOT NULL,"
  "  PRIMARY KEY (case_id, position)"
  ");"
  "CREATE INDEX case_photos_by_hash ON case_photos (sha256);"
  "CREATE TABLE tips ("
  "  id TEXT PRIMARY KEY,"
  "  case_id TEXT NOT NULL,"
  "  state TEXT NOT NULL,"
  "  received_usec INTEGER NOT NULL,"
  "  is_dirty INTEGER NOT NULL,"
  "  record TEXT NOT NULL"
  ");"
  "CREATE INDEX tips_of_case ON tips (case_id, received_usec);"
  "CREATE INDEX tips_by_time ON tips (received_usec);"
  "CREATE TABLE outbox ("
  "  sequence INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  operation_id TEXT NOT NULL UNIQUE,"
  "  case_id TEXT NOT NULL,"
  "  kind TEXT NOT NULL,"
  "  body TEXT NOT NULL,"
  "  state INTEGER NOT NULL," /* ReunionOutboxState */
  "  n_attempts INTEGER NOT NULL,"
  "  created_usec INTEGER NOT NULL,"
  "  next_try_usec INTEGER NOT NULL,"
  "  sent_usec INTEGER,"
  "  last_error TEXT"
  ");"
  "CREATE INDEX outbox_unsent ON outbox (case_id, sequence) WHERE state <> 2;"
  "CREATE TABLE settings ("
  "  key TEXT PRIMARY KEY,"
  "  value TEXT NOT NULL"
  ");",

  /* history.record: the wire form of the history, as the service last told it.
   * cases.theirs: the service's version while an amendment is on its way. */
  "CREATE TABLE history ("
  "  case_id TEXT PRIMARY KEY REFERENCES cases (id) ON DELETE CASCADE,"
  "  record TEXT NOT NULL"
  ");"
  "ALTER TABLE cases ADD COLUMN theirs TEXT;",

  /* The index of the search: see reunion-station-index-private.h. case_words
   * keeps which cases hold a word and nothing else, case_texts what is looked
   * through, and case_rows what a line of the list says. They are filled from
   * the records when the store is opened. */
  "CREATE TABLE case_rows ("
  "  position INTEGER PRIMARY KEY,"
  "  case_id TEXT NOT NULL UNIQUE REFERENCES cases (id),"
  "  state TEXT NOT NULL,"
  "  last_seen_usec INTEGER NOT NULL,"
  "  closed_usec INTEGER NOT NULL,"
  "  has_point INTEGER NOT NULL,"
  "  lat_deg REAL NOT NULL,"
  "  lon_deg REAL NOT NULL,"
  "  name TEXT,"
  "  sex TEXT,"
  "  birth_date TEXT,"
  "  age_years INTEGER NOT NULL,"
  "  place TEXT,"
  "  lead_photo TEXT"
  ");"
  "CREATE INDEX case_rows_by_state ON case_rows (state);"
  "CREATE TABLE case_texts ("
  "  position INTEGER PRIMARY KEY,"
  "  facets TEXT NOT NULL,"
  "  text TEXT NOT NULL"
  ");"
  "CREATE VIRTUAL TABLE case_words USING fts5 (words, content = '', columnsize = 0,"
  " detail = none, tokenize = 'ascii');",

  /* outbox.account: who made the item; NULL for those of before. */
  "ALTER TABLE outbox ADD COLUMN account TEXT;",

  /* case_keys: what open cases are known by, see reunion-duplicate.h; filled with
   * the index, which is therefore made anew. not_same: pairs of cases that a person
   * has looked at and told apart, the smaller id first. */
  "CREATE TABLE case_keys ("
  "  key TEXT NOT NULL,"
  "  case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,"
  "  PRIMARY KEY (key, case_id)"
  ") WITHOUT ROWID;"
  "CREATE INDEX case_keys_of_case ON case_keys (case_id);"
  "CREATE TABLE not_same ("
  "  case_id TEXT NOT NULL,"
  "  other_id TEXT NOT NULL,"
  "  PRIMARY KEY (case_id, other_id)"
  ") WITHOUT ROWID;"
  "DELETE FROM settings WHERE key = 'search_text_version';",
  /* amending: what is being written in an amendment, base: the case that it was
   * begun on. outbox.base: what an amendment that is on its way was based on. */
  "CREATE TABLE amending ("
  "  case_id TEXT PRIMARY KEY REFERENCES cases (id) ON DELETE CASCADE,"
  "  base TEXT NOT NULL,"
  "  record TEXT NOT NULL,"
  "  reason TEXT"
  ");"
  "ALTER TABLE outbox ADD COLUMN base TEXT;",
};

const guint reunion_n_station_migrations = G_N_ELEMENTS (reunion_station_migrations);
