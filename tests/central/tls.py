#!/usr/bin/env python3
"""TLS in the program itself: a certificate made here with openssl, exchanged while
the service runs and a stream is open, and refused when it can't be used."""

import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import unittest

from service import PROGRAM, SAMPLE, TIMEOUT_S, new_case

PATIENCE_S = 60


def make_certificate(folder, name, *more):
    """PEM files of a certificate for 127.0.0.1 that vouches for itself."""
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", certificate,
                    "-days", "2", "-subj", f"/CN={name}", "-addext",
                    "subjectAltName=IP:127.0.0.1", *more],
                   check=True, capture_output=True, timeout=TIMEOUT_S)
    return certificate, key


class Tls(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="reunion-central-tls-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.certificate, self.key = self.folder / "live.pem", self.folder / "live.key"
        self.old, self.new = (make_certificate(self.folder, name) for name in ("old", "new"))
        self.process = None
        self.port = None
        self.token = None
        self.said = self.folder / "stderr"

    def put(self, certificate, key):
        """Exchanges the files as a program for certificates does: whole, at once."""
        for source, target in ((certificate, self.certificate), (key, self.key)):
            fresh = target.with_suffix(".fresh")
            shutil.copy(source, fresh)
            os.rename(fresh, target)

    def start(self, *options, listen="127.0.0.1:0"):
        self.put(*self.old)
        with self.said.open("w") as said:
            self.process = subprocess.Popen(
                [PROGRAM, "--listen", listen, "--store", str(self.folder / "central.sqlite"),
                 "--sample", str(SAMPLE), "--certificate", str(self.certificate),
                 "--key", str(self.key), *options],
                stdout=subprocess.PIPE, stderr=said, text=True)
        self.addCleanup(self.end)
        line = self.process.stdout.readline()
        self.assertRegex(line, r"^Listening on https://")
        self.port = int(line.rsplit(":", 1)[1])

    def end(self):
        self.process.kill()
        self.process.wait(TIMEOUT_S)
        self.process.stdout.close()

    def connect(self, authority):
        """A connection that believes this certificate only."""
        return http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=TIMEOUT_S,
            context=ssl.create_default_context(cafile=str(authority)))

    def get(self, authority, path, **headers):
        connection = self.connect(authority)
        try:
            connection.request("GET", path, None, headers)
            answer = connection.getresponse()
            answer.read()
            return answer
        finally:
            connection.close()

    def shown(self):
        """The certificate that is shown now."""
        pem = ssl.get_server_certificate(("127.0.0.1", self.port), timeout=TIMEOUT_S)
        return ssl.PEM_cert_to_DER_cert(pem)

    def wait_for(self, certificate):
        expected = ssl.PEM_cert_to_DER_cert(certificate.read_text())
        deadline = time.monotonic() + PATIENCE_S
        while self.shown() != expected:
            self.assertLess(time.monotonic(), deadline, "the other certificate is still shown")
            time.sleep(0.05)

    def open_stream(self):
        connection = self.connect(self.old[0])
        connection.request("POST", "/v1/sessions",
                           '{"account": "wang.jun", "password": "zhijin-officer"}')
        self.token = json.loads(connection.getresponse().read())["token"]
        connection.close()
        connection = self.connect(self.old[0])
        connection.request("GET", "/v1/events", None,
                           {"Authorization": f"Bearer {self.token}"})
        answer = connection.getresponse()
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.readline(), b": alive\n")
        self.assertEqual(answer.readline(), b"\n")
        self.addCleanup(connection.close)
        return answer

    def test_exchanged(self):
        self.start()
        stream = self.open_stream()
        self.put(*self.new)
        self.process.send_signal(signal.SIGHUP)
        self.wait_for(self.new[0])
        self.assertEqual(self.get(self.new[0], "/healthz").status, 200)
        with self.assertRaises(ssl.SSLError):
            self.get(self.old[0], "/healthz")
        # The stream from before goes on: it tells of what comes in on new connections.
        connection = self.connect(self.new[0])
        case = new_case("2026-05-15T12:00:00+08:00")
        connection.request("POST", "/v1/cases", json.dumps(case),
                           {"Authorization": f"Bearer {self.token}", "Idempotency-Key": "key"})
        answer = connection.getresponse()
        self.assertEqual(answer.status, 201, answer.read())
        connection.close()
        self.assertTrue(any(case["id"].encode() in line for line in iter(stream.readline, b"")))

    def test_exchanged_by_itself(self):
        self.start()
        self.put(*self.new)
        self.wait_for(self.new[0])
        # One file after the other, in place.
        shutil.copy(self.old[0], self.certificate)
        time.sleep(0.1)
        shutil.copy(self.old[1], self.key)
        self.wait_for(self.old[0])

    def test_broken_one_is_passed_over(self):
        self.start()
        before = self.shown()
        nonsense = self.folder / "nonsense"
        nonsense.write_text("This is no certificate.")
        for number, pair in enumerate(((nonsense, nonsense), (self.new[0], self.old[1]),
                                       (self.new[0], nonsense), (nonsense, self.new[1]))):
            with self.subTest(pair):
                self.put(*pair)
                self.process.send_signal(signal.SIGHUP)
                deadline = time.monotonic() + PATIENCE_S
                while self.said.read_text().count("from before stays") <= number:
                    self.assertLess(time.monotonic(), deadline, self.said.read_text())
                    time.sleep(0.05)
                self.assertEqual(self.shown(), before)
        # And then a good one all the same.
        self.put(*self.new)
        self.process.send_signal(signal.SIGHUP)
        self.wait_for(self.new[0])

    def test_strict_transport(self):
        self.start()
        for path in ("/healthz", "/v1/changes", "/nowhere"):
            with self.subTest(path):
                answer = self.get(self.old[0], path)
                self.assertEqual(answer.getheader("Strict-Transport-Security"),
                                 "max-age=31536000")

    def test_clear_text_gets_no_answer(self):
        self.start()
        with socket.create_connection(("127.0.0.1", self.port), timeout=TIMEOUT_S) as plain:
            plain.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            try:
                self.assertNotIn(b"HTTP/1.1 200", plain.recv(1000))
            except ConnectionResetError:
                pass

    def test_other_addresses(self):
        """Encrypted it may listen everywhere."""
        self.start(listen="0.0.0.0:0")
        self.assertEqual(self.get(self.old[0], "/healthz").status, 200)

    def test_refused(self):
        nowhere = self.folder / "nowhere.pem"
        cases = (
            (["--certificate", str(self.old[0])], "together", 2),
            (["--key", str(self.old[1])], "together", 2),
            (["--certificate", str(nowhere), "--key", str(self.old[1])], str(nowhere), 1),
            (["--certificate", str(self.old[0]), "--key", str(self.new[1])], "can't be used", 1),
            (["--certificate", str(self.old[1]), "--key", str(self.old[1])], "can't be used", 1),
            (["--trusted-proxy", "proxy.example"], "proxy.example", 2),
        )
        for options, words, status in cases:
            with self.subTest(options):
                done = subprocess.run(
                    [PROGRAM, "--listen", "127.0.0.1:0", "--store",
                     str(self.folder / "refused.sqlite"), *options],
                    capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
                self.assertEqual(done.returncode, status, done.stderr)
                self.assertIn(words, done.stderr)
                self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)


if __name__ == "__main__":
    unittest.main()
