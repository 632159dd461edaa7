#!/usr/bin/env python3
"""What reunion-central says on its command line, above all when it can't go on:
one sentence that says what is wrong and what to do, and a status of its own."""

import os
import pathlib
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import unittest

from service import PROGRAM, SAMPLE, Service, TIMEOUT_S


def run(*options, program=PROGRAM, **more):
    return subprocess.run([program, *options], capture_output=True, text=True,
                          timeout=TIMEOUT_S, check=False, **more)


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="reunion-central-"))
        self.store = self.folder / "central.sqlite"
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def refuse(self, *options, says=(), status=None, **more):
        """Runs, and expects one sentence with each of @says in it."""
        done = run(*options, **more)
        self.assertGreater(done.returncode, 0, f"{options} went on, or crashed: {done}")
        if status is not None:
            self.assertEqual(done.returncode, status, done.stderr)
        self.assertEqual(done.stdout, "", f"{options} said this on stdout")
        lines = done.stderr.splitlines()
        self.assertEqual(len(lines), 1, f"{options} needs one sentence, not {done.stderr!r}")
        self.assertTrue(lines[0].startswith("reunion-central: "), lines[0])
        self.assertTrue(lines[0].endswith("."), lines[0])
        for piece in says:
            self.assertIn(piece, lines[0])
        return lines[0]

    def serve(self, *options, **more):
        return self.refuse("--listen", "127.0.0.1:0", *options, **more)

    def test_help(self):
        done = run("--help")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for option in ("--listen", "--store", "--policy", "--sample", "--partner-url",
                       "--public-url", "--certificate", "--key", "--trusted-proxy",
                       "--insecure-clear-text", "--version"):
            self.assertIn(option, done.stdout)

    def test_version(self):
        done = run("--version")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertRegex(done.stdout, r"^reunion-central \d+\.\d+\.\d+\n$")

    def test_unknown_option(self):
        self.refuse("--nonsense", says=["--nonsense", "--help"], status=2)
        self.refuse("-x", says=["-x", "--help"], status=2)
        self.refuse("nonsense", says=["nonsense", "--help"], status=2)
        self.refuse("--store", says=["--store", "--help"], status=2)

    def test_listen(self):
        for address in ("nonsense", "", ":", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1",
                        "300.0.0.1:80", "localhost:8700", "[::1", "127.0.0.1:80:90"):
            with self.subTest(address):
                self.refuse("--listen", address, "--store", str(self.store),
                            says=[address, "127.0.0.1:8700"], status=2)
        self.assertFalse(self.store.exists(), "the store was made all the same")

    def test_clear_text(self):
        for address in ("0.0.0.0:0", "192.0.2.1:0", "[::]:0", "[2001:db8::1]:0"):
            with self.subTest(address):
                self.refuse("--listen", address, "--store", str(self.store),
                            says=["loopback", "TLS proxy", "--insecure-clear-text"], status=2)
        self.assertFalse(self.store.exists(), "the store was made all the same")

    def test_partner_url(self):
        for url in ("nonsense", "", "127.0.0.1:9700", "ftp://127.0.0.1/"):
            with self.subTest(url):
                self.refuse("--partner-url", url, "--store", str(self.store),
                            says=["--partner-url", "http://"], status=2)

    def test_public_url(self):
        for url in ("nonsense", "", "reunion.example", "ftp://reunion.example/"):
            with self.subTest(url):
                self.refuse("--public-url", url, "--store", str(self.store),
                            says=["--public-url", "https://"], status=2)

    def test_policy(self):
        policy = self.folder / "policy.json"
        self.serve("--store", str(self.store), "--policy", str(policy), says=[str(policy)])
        self.serve("--store", str(self.store), "--policy", str(self.folder),
                   says=[str(self.folder)])
        for text in ("", "nonsense", "[]", "{}", '{"stages": 5}', '{"stages": []}',
                     '{"stages": [5]}', '{"stages": [{"after_seconds": 0}]}',
                     '{"stages": [{"after_seconds": 60, "radius_km": 100}]}',
                     '{"stages": [{"after_seconds": 0, "radius_km": -1}]}',
                     '{"stages": [{"after_seconds": 0, "radius_km": 1e9}]}',
                     '{"stages": [{"after_seconds": 0, "radius_km": 100},'
                     ' {"after_seconds": 60, "radius_km": 50}]}',
                     '{"stages": [{"after_seconds": 0, "radius_km": 100},'
                     ' {"after_seconds": 0, "radius_km": 200}]}',
                     '{"stages": [{"after_seconds": 0, "radius_km": 100}], "review_levels": []}'):
            with self.subTest(text):
                policy.write_text(text)
                self.serve("--store", str(self.store), "--policy", str(policy),
                           says=[str(policy)], status=1)

    def test_own_policy(self):
        policy = self.folder / "policy.json"
        stages = [{"after_seconds": 0, "radius_km": 5}, {"after_seconds": 60, "radius_km": 7.5}]
        policy.write_text('{"stages": [{"after_seconds": 0, "radius_km": 5},'
                          ' {"after_seconds": 60, "radius_km": 7.5}],'
                          ' "review_levels": [{"region_digits": 4, "wait_seconds": 30},'
                          ' {"region_digits": 0}]}')
        levels = [{"region_digits": 4, "wait_seconds": 30}, {"region_digits": 0}]
        service = Service()
        self.addCleanup(service.close)
        service.start("--policy", str(policy))
        self.assertEqual(service.call("GET", "/v1/policy"),
                         (200, {"stages": stages, "review_levels": levels}))

    def test_store_is_folder(self):
        self.serve("--store", str(self.folder), says=[str(self.folder)], status=1)

    def test_store_in_memory(self):
        """A store without a file would be lost at the end, without a word."""
        self.serve("--store", "", says=["can't be opened"], status=1)

    def test_store_in_no_folder(self):
        store = self.folder / "nowhere" / "central.sqlite"
        self.serve("--store", str(store), says=[str(store), "folder"], status=1)

    def test_store_is_no_database(self):
        self.store.write_text("This is a letter and no database. " * 100)
        before = self.store.read_bytes()
        self.serve("--store", str(self.store), says=[str(self.store), "no database"], status=1)
        self.assertEqual(self.store.read_bytes(), before, "somebody's file was changed")

    def test_store_is_newer(self):
        with sqlite3.connect(self.store) as database:
            database.execute("PRAGMA user_version = 9999")
        database.close()
        self.serve("--store", str(self.store), says=[str(self.store), "newer"], status=1)

    def test_store_without_permission(self):
        more, program = {}, PROGRAM
        # Whoever may write everything becomes somebody who may not.
        if os.getuid() == 0:
            program = shutil.copy(PROGRAM, self.folder / "reunion-central")
            os.chmod(program, 0o755)
            os.chmod(self.folder, 0o755)
            more = {"user": 65534, "group": 65534, "extra_groups": []}
        locked = self.folder / "locked"
        locked.mkdir()
        store = locked / "central.sqlite"
        os.chmod(locked, 0o555)
        self.serve("--store", str(store), says=[str(store)], status=1, program=program, **more)
        os.chmod(locked, 0o755)
        store.write_bytes(b"")
        os.chmod(store, 0o400 if os.getuid() != 0 else 0o600)
        os.chmod(locked, 0o555)
        self.serve("--store", str(store), says=[str(store)], status=1, program=program, **more)
        os.chmod(locked, 0o755)

    def test_store_is_private(self):
        service = Service()
        self.addCleanup(service.close)
        service.start()
        self.assertEqual(service.store.stat().st_mode & 0o777, 0o600)

    def test_port_in_use(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            self.refuse("--listen", f"127.0.0.1:{port}", "--store", str(self.store),
                        "--sample", str(SAMPLE), says=[str(port), "--listen"], status=1)
        # The store is as it was, so that the same command can be given again.
        service = Service()
        self.addCleanup(service.close)
        service.store = self.store
        service.start("--sample", str(SAMPLE))

    def test_sample(self):
        self.serve("--store", str(self.store), "--sample", str(self.folder / "nowhere"),
                   says=["nowhere"], status=1)
        service = Service()
        self.addCleanup(service.close)
        service.start("--sample", str(SAMPLE))
        service.stop()
        self.serve("--store", str(service.store), "--sample", str(SAMPLE),
                   says=["cases already", "--store"], status=1)

    def test_ends(self):
        service = Service()
        self.addCleanup(service.close)
        service.start()
        self.assertEqual(service.stop(), 0, "SIGTERM is no failure")


if __name__ == "__main__":
    unittest.main()
