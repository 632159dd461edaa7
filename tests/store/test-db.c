/* test-db.c: one SQLite file: how it is opened, migrated and written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-test-utils.h"

#include "reunion-central-schema.h"
#include "reunion-station-schema.h"
#include "reunion-station-store-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

static const char *const three_steps[] = {
  "CREATE TABLE a (x INTEGER PRIMARY KEY, y TEXT);",
  "CREATE TABLE b (x INTEGER REFERENCES a (x)); INSERT INTO a VALUES (1, 'kept');",
  "ALTER TABLE a ADD COLUMN z TEXT; UPDATE a SET z = y || '!';",
};

static ReunionDb *
open_steps (StoreTestFolder *folder, guint n_steps)
{
  g_autoptr (GError) error = NULL;
  ReunionDb *db = reunion_db_open (folder->path, three_steps, n_steps, &error);

  g_assert_no_error (error);
  g_assert_nonnull (db);
  return db;
}

static gint64
query_int (ReunionDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionStmt) stmt = reunion_db_query (db, &error, sql, "");

  g_assert_no_error (error);
  g_assert_true (reunion_stmt_next (stmt, &error));
  return reunion_stmt_get_int (stmt, 0);
}

static void
expect_refusal (StoreTestFolder *folder, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionStationStore) store = reunion_station_store_new (folder->path, &error);

  g_assert_null (store);
  store_test_assert_sentence (error, REUNION_STORE_ERROR, code);
  g_assert_nonnull (strstr (error->message, folder->folder));
}

static guint
get_mode (const char *path)
{
  GStatBuf buffer;

  g_assert_cmpint (g_stat (path, &buffer), ==, 0);
  return buffer.st_mode & 0777;
}

static void
test_mode (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autofree char *wal = g_strconcat (folder->path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (folder->path, "-shm", NULL);
  mode_t before = umask (0);
  g_autoptr (ReunionDb) db = open_steps (folder, 3);

  umask (before);
  g_assert_cmphex (get_mode (folder->path), ==, 0600);
  g_assert_cmphex (get_mode (wal), ==, 0600);
  g_assert_cmphex (get_mode (shm), ==, 0600);
}

static void
test_mode_narrowed (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();

  reunion_db_close (open_steps (folder, 3));
  g_assert_cmpint (g_chmod (folder->path, 0664), ==, 0);
  reunion_db_close (open_steps (folder, 3));
  g_assert_cmphex (get_mode (folder->path), ==, 0600);
}

static void
test_pragmas (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionDb) db = open_steps (folder, 3);
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);
  g_autofree char *journal = store_test_raw_get_text (raw, "PRAGMA journal_mode");

  g_assert_cmpstr (journal, ==, "wal");
  g_assert_cmpint (query_int (db, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (query_int (db, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (query_int (db, "PRAGMA secure_delete"), ==, 1);
  g_assert_cmpint (query_int (db, "PRAGMA trusted_schema"), ==, 0);
}

static void
test_foreign_keys (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionDb) db = open_steps (folder, 3);
  g_autoptr (GError) error = NULL;

  g_assert_false (reunion_db_run (db, &error, "INSERT INTO b VALUES ($1)", "i", (gint64) 7));
  store_test_assert_sentence (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_CONSTRAINT);
  g_assert_cmpint (query_int (db, "SELECT count(*) FROM b"), ==, 0);
}

static void
test_values (void)
{
  static const char *const texts[] = {
    "", "x", "'; DROP TABLE a; --", "团圆 👧🏽 e\xcc\x81", "line\nline\ttab\x01",
  };
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionDb) db = open_steps (folder, 1);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\0\1\xff", 3);
  g_autoptr (GBytes) none = g_bytes_new_static (NULL, 0);
  g_autoptr (GBytes) back = NULL;
  g_autoptr (GBytes) none_back = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (ReunionStmt) stmt = NULL;

      g_assert_true (reunion_db_run (db, &error, "INSERT INTO a (y) VALUES ($1)", "t", texts[i]));
      stmt = reunion_db_query (db, &error, "SELECT y FROM a WHERE x = $1", "i",
                               reunion_db_get_last_id (db));
      g_assert_true (reunion_stmt_next (stmt, &error));
      g_assert_cmpstr (reunion_stmt_get_text (stmt, 0), ==, texts[i]);
      g_assert_false (reunion_stmt_next (stmt, &error));
      g_assert_no_error (error);
    }
  {
    g_autoptr (ReunionStmt) stmt
        = reunion_db_query (db, &error, "SELECT $1, $2, $3, $4, $5, $6", "ttdbbi", NULL, "b", 0.1,
                            bytes, none, G_MININT64);

    g_assert_true (reunion_stmt_next (stmt, &error));
    g_assert_null (reunion_stmt_get_text (stmt, 0));
    g_assert_cmpstr (reunion_stmt_get_text (stmt, 1), ==, "b");
    g_assert_cmpfloat (reunion_stmt_get_double (stmt, 2), ==, 0.1);
    back = reunion_stmt_get_bytes (stmt, 3);
    none_back = reunion_stmt_get_bytes (stmt, 4);
    g_assert_cmpint (reunion_stmt_get_int (stmt, 5), ==, G_MININT64);
  }
  g_assert_true (g_bytes_equal (back, bytes));
  g_assert_cmpuint (g_bytes_get_size (none_back), ==, 0);
}

static void
test_rollback (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionDb) db = open_steps (folder, 1);
  g_autoptr (GError) error = NULL;

  g_assert_true (reunion_db_begin (db, &error));
  g_assert_true (reunion_db_run (db, &error, "INSERT INTO a (y) VALUES ('gone')", ""));
  g_assert_cmpint (reunion_db_get_n_changed (db), ==, 1);
  reunion_db_rollback (db);
  reunion_db_rollback (db);
  g_assert_cmpint (query_int (db, "SELECT count(*) FROM a"), ==, 0);
  g_assert_false (reunion_db_commit (db, &error));
  g_assert_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_FAILED);
}

static void
test_full (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionDb) db = open_steps (folder, 1);
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autoptr (GError) error = NULL;

  query_int (db, "PRAGMA max_page_count = 5");
  g_assert_true (reunion_db_begin (db, &error));
  g_assert_false (reunion_db_run (db, &error, "INSERT INTO a (y) VALUES ($1)", "t", text));
  store_test_assert_sentence (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_FULL);
  reunion_db_rollback (db);
  g_assert_cmpint (query_int (db, "SELECT count(*) FROM a"), ==, 0);
}

static void
test_busy (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionDb) db = open_steps (folder, 1);
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);
  g_autoptr (GError) error = NULL;

  query_int (db, "PRAGMA busy_timeout = 20");
  store_test_raw_exec (raw, "BEGIN IMMEDIATE");
  g_assert_false (reunion_db_begin (db, &error));
  store_test_assert_sentence (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_BUSY);
  g_clear_error (&error);
  store_test_raw_exec (raw, "COMMIT");
  g_assert_true (reunion_db_begin (db, &error));
  reunion_db_rollback (db);
}

static void
test_migrate_each (void)
{
  for (guint from = 0; from <= 3; from++)
    {
      g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
      g_autoptr (ReunionDb) db = NULL;

      reunion_db_close (open_steps (folder, from));
      db = open_steps (folder, 3);
      g_assert_cmpint (query_int (db, "PRAGMA user_version"), ==, 3);
      g_assert_cmpint (query_int (db, "SELECT count(*) FROM a WHERE z = 'kept!'"), ==, 1);
    }
}

/* All steps in one transaction: the version before is there to be tried again. */
static void
test_migrate_fails (void)
{
  static const char *const broken[] = {
    "CREATE TABLE a (x INTEGER PRIMARY KEY, y TEXT);",
    "CREATE TABLE c (x); INSERT INTO a VALUES (2, 'gone');",
    "NONSENSE;",
  };
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ReunionDb) db = NULL;

  reunion_db_close (open_steps (folder, 1));
  g_assert_null (reunion_db_open (folder->path, broken, 3, &error));
  g_assert_error (error, REUNION_STORE_ERROR, REUNION_STORE_ERROR_FAILED);
  db = open_steps (folder, 1);
  g_assert_cmpint (query_int (db, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (query_int (db, "SELECT count(*) FROM a"), ==, 0);
  g_assert_cmpint (query_int (db, "SELECT count(*) FROM sqlite_schema WHERE name = 'c'"), ==, 0);
}

static char *
get_schema (StoreTestFolder *folder)
{
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);

  return store_test_raw_get_text (
      raw, "SELECT group_concat(sql, '|') FROM (SELECT sql FROM sqlite_schema ORDER BY name)");
}

static void
migrate_schema (const char *const *migrations, guint n_migrations)
{
  g_autoptr (StoreTestFolder) fresh = store_test_folder_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *expected = NULL;

  reunion_db_close (reunion_db_open (fresh->path, migrations, n_migrations, &error));
  expected = get_schema (fresh);
  for (guint from = 0; from < n_migrations; from++)
    {
      g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
      g_autofree char *schema = NULL;
      ReunionDb *db = reunion_db_open (folder->path, migrations, from, &error);

      g_assert_no_error (error);
      reunion_db_close (db);
      db = reunion_db_open (folder->path, migrations, n_migrations, &error);
      g_assert_no_error (error);
      g_assert_cmpint (query_int (db, "PRAGMA user_version"), ==, n_migrations);
      reunion_db_close (db);
      schema = get_schema (folder);
      g_assert_cmpstr (schema, ==, expected);
    }
}

static void
test_migrate_schemas (void)
{
  migrate_schema (reunion_station_migrations, reunion_n_station_migrations);
  migrate_schema (reunion_central_migrations, reunion_n_central_migrations);
}

static void
test_zero_bytes (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (ReunionStationStore) store = NULL;

  g_assert_true (g_file_set_contents (folder->path, "", 0, NULL));
  store = store_test_open_station (folder);
  g_assert_nonnull (store);
}

static void
test_too_new (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (StoreTestRaw) raw = NULL;

  g_object_unref (store_test_open_station (folder));
  raw = store_test_raw_open (folder);
  store_test_raw_exec (raw, "PRAGMA user_version = 1000; CREATE TABLE news (x)");
  expect_refusal (folder, REUNION_STORE_ERROR_TOO_NEW);
  g_assert_cmpint (store_test_raw_get_int (raw, "PRAGMA user_version"), ==, 1000);
}

static void
test_foreign_version (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autoptr (StoreTestRaw) raw = store_test_raw_open (folder);

  store_test_raw_exec (raw, "PRAGMA user_version = -3; CREATE TABLE other (x)");
  expect_refusal (folder, REUNION_STORE_ERROR_CORRUPT);
  g_assert_cmpint (store_test_raw_get_int (raw, "PRAGMA user_version"), ==, -3);
}

static void
test_no_database (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autofree char *text = g_strnfill (5000, 'A');
  g_autofree char *after = NULL;
  gsize length;

  g_assert_true (g_file_set_contents (folder->path, text, -1, NULL));
  g_assert_cmpint (g_chmod (folder->path, 0644), ==, 0);
  expect_refusal (folder, REUNION_STORE_ERROR_CORRUPT);
  /* What it is is not ours to change, nor who may read it. */
  g_assert_cmphex (get_mode (folder->path), ==, 0644);
  g_assert_true (g_file_get_contents (folder->path, &after, &length, NULL));
  g_assert_cmpmem (after, length, text, 5000);
}

/* Whatever is missing of a database, it is refused, and not taken for an empty
 * one. */
static void
test_truncated (void)
{
  static const gsize lengths[] = { 15, 99, 100, 512, 4095, 4096, 8192, 12288 };
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autofree char *whole = NULL;
  g_autoptr (StoreTestRaw) raw = NULL;
  gsize length;

  {
    g_autoptr (ReunionStationStore) store = store_test_open_station (folder);
    g_autoptr (ReunionCase) case_ = store_test_make_case ();

    store_test_submit (store, case_);
  }
  g_assert_true (g_file_get_contents (folder->path, &whole, &length, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_assert_cmpuint (lengths[i], <, length);
      g_assert_true (g_file_set_contents (folder->path, whole, (gssize) lengths[i], NULL));
      expect_refusal (folder, REUNION_STORE_ERROR_CORRUPT);
    }
}

static void
test_scribbled (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();
  g_autofree char *bytes = NULL;
  gsize length;

  g_object_unref (store_test_open_station (folder));
  g_assert_true (g_file_get_contents (folder->path, &bytes, &length, NULL));
  memset (bytes + 100, 0xa5, length - 100);
  g_assert_true (g_file_set_contents (folder->path, bytes, (gssize) length, NULL));
  expect_refusal (folder, REUNION_STORE_ERROR_CORRUPT);
}

static void
test_directory (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();

  g_assert_cmpint (g_mkdir (folder->path, 0700), ==, 0);
  expect_refusal (folder, REUNION_STORE_ERROR_OPEN);
}

static void
test_no_folder (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();

  g_free (folder->path);
  folder->path = g_build_filename (folder->folder, "not", "there.db", NULL);
  expect_refusal (folder, REUNION_STORE_ERROR_OPEN);
}

/* Who may do everything may write a read-only file too, so a child without
 * such rights tries. Its exit status is the code of the error. */
static int
open_unprivileged (const char *path)
{
  pid_t pid = fork ();
  int status = 0;

  if (pid == 0)
    {
      g_autoptr (GError) error = NULL;

      if (geteuid () == 0 && setuid (NOBODY) != 0)
        _exit (99);
      if (reunion_station_store_new (path, &error) != NULL)
        _exit (98);
      _exit (error->domain == REUNION_STORE_ERROR && strstr (error->message, path) != NULL
                 ? error->code
                 : 97);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static void
test_read_only (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();

  g_object_unref (store_test_open_station (folder));
  g_assert_cmpint (g_chmod (folder->path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (folder->folder, 0555), ==, 0);
  g_assert_cmpint (open_unprivileged (folder->path), ==, REUNION_STORE_ERROR_READ_ONLY);
  g_assert_cmpint (g_chmod (folder->folder, 0700), ==, 0);
}

static void
test_unreadable (void)
{
  g_autoptr (StoreTestFolder) folder = store_test_folder_new ();

  g_object_unref (store_test_open_station (folder));
  g_assert_cmpint (g_chmod (folder->path, 0000), ==, 0);
  g_assert_cmpint (g_chmod (folder->folder, 0555), ==, 0);
  g_assert_cmpint (open_unprivileged (folder->path), ==, REUNION_STORE_ERROR_OPEN);
  g_assert_cmpint (g_chmod (folder->folder, 0700), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/mode", test_mode);
  g_test_add_func ("/db/mode-narrowed", test_mode_narrowed);
  g_test_add_func ("/db/pragmas", test_pragmas);
  g_test_add_func ("/db/foreign-keys", test_foreign_keys);
  g_test_add_func ("/db/values", test_values);
  g_test_add_func ("/db/rollback", test_rollback);
  g_test_add_func ("/db/full", test_full);
  g_test_add_func ("/db/busy", test_busy);
  g_test_add_func ("/db/migrate/each", test_migrate_each);
  g_test_add_func ("/db/migrate/fails", test_migrate_fails);
  g_test_add_func ("/db/migrate/schemas", test_migrate_schemas);
  g_test_add_func ("/db/open/zero-bytes", test_zero_bytes);
  g_test_add_func ("/db/open/too-new", test_too_new);
  g_test_add_func ("/db/open/foreign-version", test_foreign_version);
  g_test_add_func ("/db/open/no-database", test_no_database);
  g_test_add_func ("/db/open/truncated", test_truncated);
  g_test_add_func ("/db/open/scribbled", test_scribbled);
  g_test_add_func ("/db/open/directory", test_directory);
  g_test_add_func ("/db/open/no-folder", test_no_folder);
  g_test_add_func ("/db/open/read-only", test_read_only);
  g_test_add_func ("/db/open/unreadable", test_unreadable);
  return g_test_run ();
}
