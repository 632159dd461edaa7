#!/usr/bin/env python3
"""What reunion-central does beside serving: backup, restore, migrate, verify, expire
and accounts, on real files and with a service that goes on meanwhile."""

import os
import pathlib
import pty
import shutil
import sqlite3
import subprocess
import tempfile
import time
import unittest
import uuid

from service import PROGRAM, SAMPLE, Service, TIMEOUT_S, new_case


def run(*words, stdin=None):
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True,
                          timeout=TIMEOUT_S, check=False, input=stdin)


class Commands(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="reunion-central-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.service = Service()
        self.addCleanup(self.service.close)
        self.store = self.service.store
        self.copy = self.folder / "copy.sqlite"

    def do(self, *words, says="", stdin=None):
        done = run(*words, stdin=stdin)
        self.assertEqual((done.returncode, done.stderr), (0, ""), words)
        self.assertIn(says, done.stdout)
        return done.stdout

    def refuse(self, *words, says=(), status=1, stdin=None):
        done = run(*words, stdin=stdin)
        self.assertEqual((done.returncode, done.stdout), (status, ""), (words, done.stderr))
        for line in done.stderr.splitlines():
            self.assertTrue(line.startswith("reunion-central: ") and line.endswith("."), line)
        for piece in says:
            self.assertIn(piece, done.stderr)
        return done.stderr

    def start(self):
        self.service.start("--sample", str(SAMPLE))
        self.service.sign_in()

    def file(self):
        case = new_case(time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 600)))
        status, answer = self.service.call("POST", "/v1/cases", case, "wang.jun",
                                           str(uuid.uuid4()))
        self.assertEqual(status, 201, answer)
        return case["id"]

    def query(self, store, sql):
        with sqlite3.connect(store) as database:
            rows = database.execute(sql).fetchall()
        database.close()
        return rows

    # --- what each says of itself -----------------------------------------------------

    def test_help(self):
        for words in (["backup"], ["restore"], ["migrate"], ["verify"], ["expire"], ["serve"],
                      ["user"], ["user", "add"], ["user", "lock"], ["user", "unlock"],
                      ["user", "list"]):
            with self.subTest(words):
                self.do(*words, "--help", says="Usage:")
                if words != ["serve"]:
                    self.refuse(*words, "--nonsense", status=2, says=["--help"])

    def test_missing_words(self):
        self.refuse("backup", status=2, says=["FILE", "--help"])
        self.refuse("restore", status=2, says=["FILE", "--help"])
        self.refuse("backup", "a", "b", status=2, says=["“b”"])
        self.refuse("migrate", "a", status=2, says=["“a”"])
        self.refuse("user", status=2, says=["user add"])
        self.refuse("user", "lock", status=2, says=["ACCOUNT"])

    def test_no_store(self):
        for words in (["backup", self.copy], ["migrate"], ["verify"], ["expire"],
                      ["user", "list"], ["user", "lock", "x"]):
            with self.subTest(words):
                self.refuse(*words, "--store", self.folder / "none.sqlite", says=["none.sqlite"])
        self.assertEqual(list(self.folder.iterdir()), [], "something was made all the same")

    # --- backup and restore --------------------------------------------------------------

    def test_backup_while_serving(self):
        self.start()
        ids = {self.file() for _ in range(5)}
        self.do("backup", self.copy, "--store", self.store, says=str(self.copy))
        later = self.file()
        self.assertEqual(self.copy.stat().st_mode & 0o777, 0o600)
        self.assertEqual([p.name for p in self.folder.iterdir()], [self.copy.name],
                         "a backup is one file")
        there = {row[0] for row in self.query(self.copy, "SELECT id FROM cases")}
        self.assertTrue(ids <= there)
        self.assertNotIn(later, there)
        self.do("verify", "--store", self.copy)
        self.refuse("backup", self.copy, "--store", self.store, says=["there already"])

    def test_restore(self):
        self.start()
        first = self.file()
        self.do("backup", self.copy, "--store", self.store)
        second = self.file()
        before = self.copy.read_bytes()
        self.refuse("restore", self.copy, "--store", self.store, says=["--force"])
        self.refuse("restore", self.copy, "--store", self.store, "--force",
                    says=["A service holds", "End it first"])
        self.assertIn(second, self.service.cases("wang.jun"), "the service was disturbed")
        self.service.kill()
        # Killed, so that its log is there; nothing of it may be left over.
        self.assertTrue(pathlib.Path(f"{self.store}-wal").exists())
        self.do("restore", self.copy, "--store", self.store, "--force", says="version")
        self.assertEqual(self.copy.read_bytes(), before, "the backup was changed")
        self.service.start()
        cases = self.service.cases("wang.jun")
        self.assertIn(first, cases)
        self.assertNotIn(second, cases)
        self.assertEqual(self.store.stat().st_mode & 0o777, 0o600)
        other = self.folder / "new.sqlite"
        self.do("restore", self.copy, "--store", other)
        self.do("verify", "--store", other)

    def test_restore_of_nonsense(self):
        self.start()
        self.service.stop()
        before = self.query(self.store, "SELECT count(*) FROM cases")
        letter = self.folder / "letter"
        letter.write_text("This is a letter. " * 500)
        newer = self.folder / "newer"
        self.do("backup", newer, "--store", self.store)
        with sqlite3.connect(newer) as database:
            database.execute("PRAGMA user_version = 9999")
        database.close()
        desk = self.folder / "desk"
        with sqlite3.connect(desk) as database:
            database.execute("CREATE TABLE cases (id)")
        database.close()
        broken = self.folder / "broken"
        self.do("backup", broken, "--store", self.store)
        with sqlite3.connect(broken) as database:
            database.execute("UPDATE cases SET record = '{}' WHERE rowid = 1")
        database.close()
        torn = self.folder / "torn"
        torn.write_bytes(newer.read_bytes()[:newer.stat().st_size // 2])
        for path, piece in ((letter, "letter"), (newer, "newer"), (desk, "no store"),
                            (broken, "not whole"), (torn, "torn"),
                            (self.folder / "none", "none")):
            with self.subTest(path.name):
                self.refuse("restore", path, "--store", self.store, "--force", says=[piece])
                self.assertEqual(self.query(self.store, "SELECT count(*) FROM cases"), before)
        self.assertEqual(list(self.store.parent.glob("*.restored*")), [])

    def test_server_url(self):
        url = "postgresql://nobody@127.0.0.1/nothing"
        self.refuse("backup", self.copy, "--store", url, status=2, says=["pg_dump"])
        self.refuse("restore", self.copy, "--store", url, status=2, says=["pg_restore"])

    # --- migrate and verify ----------------------------------------------------------------

    def test_migrate(self):
        self.do("user", "add", "root", "--store", self.store, "--name", "Root", "--role",
                "administrator", "--region", "", "--password-stdin", stdin="a long secret\n")
        version = self.query(self.store, "PRAGMA user_version")[0][0]
        self.do("migrate", "--store", self.store, says=f"version {version} already")
        old = self.folder / "old.sqlite"
        with sqlite3.connect(old) as database:
            pass
        database.close()
        old.touch()
        self.refuse("verify", "--store", old, says=["migrate"])
        self.do("migrate", "--store", old, says=f"from version 0 to {version}")
        self.do("verify", "--store", old)

    def test_verify(self):
        self.start()
        self.file()
        self.do("verify", "--store", self.store, says="whole")
        self.service.stop()
        breaches = {
            "UPDATE photos SET bytes = x'00' WHERE rowid = 1": "not what its hash says",
            "UPDATE cases SET state = 'draft' WHERE rowid = 1": "another state",
            "UPDATE cases SET revision = 99 WHERE rowid = 1": "another revision",
            "UPDATE cases SET record = 'no' WHERE rowid = 1": "can't be read",
            "UPDATE tips SET record = '{}' WHERE rowid = 1": "can't be read",
            "UPDATE audit SET record = '[' WHERE rowid = 1": "history can't be read",
            "DELETE FROM stations WHERE code IN (SELECT station FROM accounts)": "refers to",
            "DELETE FROM photos WHERE sha256 IN (SELECT sha256 FROM case_photos)": "lost its photo",
        }
        for sql, sentence in breaches.items():
            with self.subTest(sql):
                broken = self.folder / "broken.sqlite"
                shutil.copy(self.store, broken)
                with sqlite3.connect(broken) as database:
                    database.execute(sql)
                database.close()
                self.refuse("verify", "--store", broken, says=[sentence])
        page = self.folder / "page.sqlite"
        data = bytearray(self.store.read_bytes())
        for at in range(len(data) // 2, len(data) // 2 + 20000):
            data[at] ^= 0x55
        page.write_bytes(data)
        self.refuse("verify", "--store", page)

    # --- expire --------------------------------------------------------------------------------

    def close_case(self):
        case_id = self.file()
        self.assertEqual(self.service.approve(case_id)[0], 200)
        status, _ = self.service.call("POST", f"/v1/cases/{case_id}/closing",
                                      {"outcome": "lost", "note": "PRIVATE-note"}, "wang.jun",
                                      str(uuid.uuid4()))
        self.assertEqual(status, 200)
        return case_id

    def test_expire(self):
        self.start()
        case_id = self.close_case()
        self.do("expire", "--store", self.store, says="0 cases")
        self.assertEqual(self.service.cases("wang.jun")[case_id]["state"], "closed")
        with sqlite3.connect(self.store) as database:
            database.execute("UPDATE cases SET expires_usec = 1 WHERE id = ?", (case_id,))
        database.close()
        self.do("expire", "--store", self.store, "--rewrite", says="1 case has")
        self.assertEqual(self.service.cases("wang.jun")[case_id]["state"], "expired")

    def test_service_expires(self):
        """By itself, from its backups too, and the desks hear of it."""
        backups = self.folder / "backups"
        self.service.start("--sample", str(SAMPLE), "--expire-after", "0", "--backups",
                           str(backups))
        self.service.sign_in()
        case_id = self.close_case()
        end = time.monotonic() + TIMEOUT_S
        while self.service.cases("wang.jun")[case_id]["state"] != "expired":
            self.assertLess(time.monotonic(), end)
            time.sleep(0.05)
        self.assertEqual(backups.stat().st_mode & 0o777, 0o700)
        self.service.stop()
        files = [*backups.iterdir(), *self.store.parent.iterdir()]
        self.assertTrue(any(p.name.endswith("Z.sqlite") for p in files), files)
        for path in files:
            if path.is_file():
                self.assertNotIn(b"PRIVATE-note", path.read_bytes(), path)

    # --- accounts ----------------------------------------------------------------------------------

    def add(self, account, *words, stdin="a long secret\n"):
        return self.do("user", "add", account, "--store", self.store, "--name", "王军", *words,
                       "--password-stdin", stdin=stdin)

    def sign_in(self, account, password):
        return self.service.call("POST", "/v1/sessions",
                                 {"account": account, "password": password})

    def test_user(self):
        self.add("wang.jun", "--role", "officer", "--station", "520524-01", "--station-name",
                 "城关派出所", "--station-phone", "0857-7621234")
        self.add("li.min", "--role", "reviewer", "--region", "52")
        self.assertEqual(self.do("user", "list", "--store", self.store),
                         "li.min\t王军\treviewer\t\t52\t\n"
                         "wang.jun\t王军\tofficer\t520524-01\t520524\t\n")
        self.service.start()
        status, session = self.sign_in("wang.jun", "a long secret")
        self.assertEqual(status, 201, session)
        self.assertEqual(session["account"]["station_name"], "城关派出所")
        self.service.tokens["wang.jun"] = session["token"]
        self.assertEqual(self.service.call("GET", "/v1/statistics", None, "wang.jun")[0], 200)
        self.do("user", "lock", "wang.jun", "--store", self.store)
        self.do("user", "lock", "wang.jun", "--store", self.store)
        self.assertIn("\tlocked\n", self.do("user", "list", "--store", self.store))
        self.assertEqual(self.service.call("GET", "/v1/statistics", None, "wang.jun")[0], 401)
        self.assertEqual(self.sign_in("wang.jun", "a long secret")[0], 403)
        self.do("user", "unlock", "wang.jun", "--store", self.store)
        self.assertEqual(self.sign_in("wang.jun", "a long secret")[0], 201)
        self.assertNotIn(b"a long secret", self.store.read_bytes())

    def test_user_refused(self):
        def add(*words, status=2, says=(), stdin="a long secret\n"):
            return self.refuse("user", "add", *words, "--store", self.store, "--password-stdin",
                               status=status, says=says, stdin=stdin)

        whole = ["--name", "W", "--role", "reviewer", "--region", "52"]
        add("a b", *whole, says=["letters"])
        add("wei", "--role", "reviewer", "--region", "52", says=["--name"])
        add("wei", "--name", "W", "--role", "king", "--region", "52", says=["--role"])
        add("wei", "--name", "W", "--role", "officer", says=["--station"])
        add("wei", "--name", "W", "--role", "reviewer", says=["--region"])
        add("wei", "--name", "W", "--role", "reviewer", "--region", "5x", says=["--region"])
        add("wei", "--name", "W", "--role", "officer", "--station", "1", status=1,
            says=["--station-name"])
        add("wei", *whole, status=1, says=["8"], stdin="short\n")
        add("wei", *whole, status=1, says=["8"], stdin="")
        self.do("user", "add", "wei", *whole, "--store", self.store, "--password-stdin",
                stdin="a long secret")
        add("wei", *whole, status=1, says=["already"])
        self.refuse("user", "lock", "x", "--store", self.store, says=["“x”"])
        # Where there is no terminal, it is not read from elsewhere.
        done = subprocess.run([PROGRAM, "user", "add", "vera", *whole, "--store", str(self.store)],
                              input="a long secret\n", capture_output=True, text=True,
                              timeout=TIMEOUT_S, check=False, start_new_session=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("--password-stdin", done.stderr)

    def ask(self, *answers):
        """At a terminal: the status, and all that was to be seen there."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.execv(PROGRAM, [PROGRAM, "user", "add", "wei", "--name", "W", "--role", "reviewer",
                               "--region", "52", "--store", str(self.store)])
        seen = b""
        for i, answer in enumerate(answers):
            while seen.count(b": ") <= i:
                seen += os.read(terminal, 4096)
            os.write(terminal, answer)
        try:
            while chunk := os.read(terminal, 4096):
                seen += chunk
        except OSError:
            pass
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), seen

    def test_password_at_terminal(self):
        status, seen = self.ask(b"a long secret\n", b"another secret\n")
        self.assertEqual(status, 1, seen)
        self.assertIn(b"not the same", seen)
        status, seen = self.ask(b"a long secret\n", b"a long secret\n")
        self.assertEqual(status, 0, seen)
        self.assertNotIn(b"secret", seen, "it was shown")


if __name__ == "__main__":
    unittest.main()
