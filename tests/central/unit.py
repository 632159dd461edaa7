#!/usr/bin/env python3
"""The unit of systemd: without mistakes, and as closed as a service can be that has to
speak to the network. The arguments: the program, and the unit as it is installed."""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM, UNIT = (str(pathlib.Path(word).resolve()) for word in sys.argv[1:3])
del sys.argv[1:3]
TIMEOUT_S = 60
# Tenths of systemd's measure of exposure, from 0 to 100. What is left is the network.
MOST_EXPOSED = 15


class Unit(unittest.TestCase):
    def setUp(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="reunion-central-"))
        self.addCleanup(shutil.rmtree, folder)
        self.unit = folder / "reunion-central.service"
        text = pathlib.Path(UNIT).read_text()
        # Not installed yet, so the one that was built.
        self.unit.write_text(re.sub(r"(?m)^ExecStart=\S+", f"ExecStart={PROGRAM}", text))
        self.text = text

    def analyze(self, *words):
        return subprocess.run(["systemd-analyze", *words, str(self.unit)], capture_output=True,
                              text=True, timeout=TIMEOUT_S, check=False)

    def test_verify(self):
        done = self.analyze("verify", "--man=no")
        ours = [line for line in done.stderr.splitlines() if "reunion-central" in line]
        self.assertEqual((done.returncode, ours), (0, []))
        self.unit.write_text(self.unit.read_text().replace("ProtectSystem=strict",
                                                           "ProtectSystem=nonsense"))
        self.assertIn("nonsense", self.analyze("verify", "--man=no").stderr,
                      "it finds no mistakes at all")

    def test_security(self):
        done = self.analyze("security", "--offline=true", f"--threshold={MOST_EXPOSED}")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.unit.write_text(self.unit.read_text().replace("DynamicUser=yes", "")
                             .replace("NoNewPrivileges=yes", "")
                             .replace("CapabilityBoundingSet=", ""))
        done = self.analyze("security", "--offline=true", f"--threshold={MOST_EXPOSED}")
        self.assertNotEqual(done.returncode, 0, "it takes anything")

    def test_options(self):
        """That the program knows the options it is given there."""
        command = re.search(r"(?ms)^ExecStart=(.*?[^\\])$", self.text)[1].replace("\\\n", " ")
        options = re.findall(r"--[a-z-]+", command)
        self.assertGreater(len(options), 2)
        told = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True,
                              timeout=TIMEOUT_S, check=True).stdout
        for option in options:
            self.assertIn(option, told)
        self.assertIn("Type=notify\n", self.text)
        stop = int(re.search(r"TimeoutStopSec=(\d+)s", self.text)[1])
        self.assertGreater(stop, 10 + 10, "systemd would end it before it has ended itself")


if __name__ == "__main__":
    unittest.main()
