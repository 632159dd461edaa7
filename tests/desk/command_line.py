#!/usr/bin/env python3
"""Starts the real reunion-station as somebody might who has made a mistake: it
ends at once with a sentence, or shows a window that says what is wrong.

Needs a display (for those that show a window). Usage: command_line.py PROGRAM
"""

import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = None
PATIENCE_S = 60
USAGE, FAILED = 2, 1


def environment(home, display=True):
    """As the tests have it, with a home of its own."""
    made = dict(os.environ, HOME=str(home), XDG_DATA_HOME=str(home / "data"),
                XDG_CONFIG_HOME=str(home / "config"), XDG_CACHE_HOME=str(home / "cache"))
    if not display:
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "GDK_BACKEND", "DBUS_SESSION_BUS_ADDRESS"):
            made.pop(name, None)
    return made


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="reunion-command-line-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def run_program(self, *options, display=False):
        return subprocess.run([PROGRAM, *map(str, options)], capture_output=True, text=True,
                              timeout=PATIENCE_S, env=environment(self.folder, display))

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return path

    def expect_sentence(self, output, *words):
        self.assertRegex(output, r"reunion-station: .+\S+ .+\.\n")
        for word in words:
            self.assertIn(word, output)
        self.assertNotIn("CRITICAL", output)

    def expect_refusal(self, options, *words):
        for display in (False, True):
            done = self.run_program(*options, display=display)
            self.assertEqual(done.returncode, USAGE, done.stderr)
            self.assertEqual(done.stdout, "")
            self.expect_sentence(done.stderr, *words)


class WithoutDisplay(CommandLine):
    def test_help(self):
        done = self.run_program("--help")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr, "")
        for option in ("--service", "--account", "--password-file", "--data-dir", "--version"):
            self.assertIn(option, done.stdout)

    def test_version(self):
        done = self.run_program("--version")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr, "")
        self.assertRegex(done.stdout, r"^reunion-station \d+\.\d+\.\d+\n$")

    def test_nothing_left_behind(self):
        self.run_program("--help")
        self.run_program("--version")
        self.run_program("--service", "nonsense")
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_no_display(self):
        done = self.run_program("--data-dir", self.folder / "station")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("display", done.stderr)


class Refused(CommandLine):
    def test_unknown_option(self):
        done = self.run_program("--nonsense")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("--nonsense", done.stderr)

    def test_option_without_value(self):
        done = self.run_program("--service")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("--service", done.stderr)

    def test_service(self):
        for service in ("", "nonsense", "ftp://127.0.0.1", "127.0.0.1:8700", "http://"):
            with self.subTest(service=service):
                self.expect_refusal(["--service", service], "--service", f"“{service}”")

    def test_account_alone(self):
        self.expect_refusal(["--account", "zhang"], "--account", "--password-file")

    def test_password_file_alone(self):
        self.expect_refusal(["--password-file", self.write("password", b"secret\n")],
                            "--account", "--password-file")

    def test_password_file(self):
        files = {"missing": self.folder / "missing", "empty": self.write("empty", b""),
                 "folder": self.folder, "blank": self.write("blank", b"\nsecret\n"),
                 "no text": self.write("binary", b"\xff\xfe\x00\n")}
        for name, path in files.items():
            with self.subTest(name):
                self.expect_refusal(["--account", "zhang", "--password-file", path],
                                    "--password-file", str(path))

    def test_password_not_shown(self):
        path = self.write("password", b"QZ-secret-QZ\n")
        done = self.run_program("--account", "zhang", "--password-file", path, "--data-dir",
                                "/proc/reunion")
        self.assertEqual(done.returncode, USAGE)
        self.assertNotIn("QZ-secret-QZ", done.stdout + done.stderr)

    def test_data_dir(self):
        file = self.write("file", b"text")
        for path in (file, file / "station", "/proc/reunion"):
            with self.subTest(path=path):
                self.expect_refusal(["--data-dir", path], "--data-dir", f"“{path}”")


class InAWindow(CommandLine):
    """A store that can't be opened: the sentence is on the screen, and on stderr."""

    def setUp(self):
        super().setUp()
        self.station = self.folder / "station"
        self.station.mkdir()

    def wait_for(self, what, found):
        deadline = time.monotonic() + PATIENCE_S
        while not found():
            self.assertLess(time.monotonic(), deadline, f"waited in vain for {what}")
            time.sleep(0.1)

    def find_window(self, program):
        return subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(program.pid)],
                              capture_output=True, text=True).stdout.strip()

    def start(self, errors):
        program = subprocess.Popen(
            [PROGRAM, "--data-dir", str(self.station), "--service", "http://127.0.0.1:9"],
            stdout=subprocess.DEVNULL, stderr=errors, env=environment(self.folder))
        self.addCleanup(program.wait)
        self.addCleanup(program.kill)
        self.wait_for("a window",
                      lambda: self.find_window(program) or program.poll() is not None)
        self.assertIsNone(program.poll(), "it has ended without a window")
        return program

    def expect_failure_window(self, *words):
        path = self.folder / "errors"
        with open(path, "w") as errors:
            program = self.start(errors)
            program.send_signal(signal.SIGTERM)
            self.assertEqual(program.wait(PATIENCE_S), FAILED)
        self.expect_sentence(path.read_text(), *words)

    def test_good(self):
        path = self.folder / "errors"
        with open(path, "w") as errors:
            program = self.start(errors)
            program.send_signal(signal.SIGTERM)
            self.assertEqual(program.wait(PATIENCE_S), 0)
        self.assertNotIn("reunion-station:", path.read_text())
        self.assertTrue((self.station / "station.sqlite").exists())

    def test_newer_store(self):
        self.test_good()
        with sqlite3.connect(self.station / "station.sqlite") as store:
            store.execute("PRAGMA user_version = 999")
        store.close()
        self.expect_failure_window("station.sqlite")

    def test_corrupt_store(self):
        (self.station / "station.sqlite").write_bytes(b"This is no database at all.\n" * 500)
        self.expect_failure_window("station.sqlite")
        # Nor is it made worse.
        self.assertTrue((self.station / "station.sqlite").read_bytes().startswith(b"This is no"))

    def test_broken_off_store(self):
        self.test_good()
        path = self.station / "station.sqlite"
        path.write_bytes(path.read_bytes()[:3000])
        self.expect_failure_window("station.sqlite")

    def test_two_on_one_folder(self):
        """The second would write over what is being typed in the first."""
        with open(self.folder / "first-errors", "w") as errors:
            self.start(errors)
            self.expect_failure_window(str(self.station), "Close it")

    def test_store_is_a_folder(self):
        (self.station / "station.sqlite").mkdir()
        self.expect_failure_window("station.sqlite")


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=2)
