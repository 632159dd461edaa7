#!/usr/bin/env python3
"""How reunion-central fares in the hands of who runs it: whether it is ready, its
figures, its log, what it tells systemd, and how it ends."""

import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest
import uuid

from service import PROGRAM, SAMPLE, Service, TIMEOUT_S, new_case

from partner import Partners

MARK = "Zq7"


def ago(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - seconds))


class Running(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="reunion-central-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.service = Service()
        self.addCleanup(self.service.close)

    def start(self, *options, **more):
        """As Service.start(), with the standard error kept in a file."""
        self.errors = self.folder / "errors"
        with self.errors.open("ab") as errors:
            self.service.process = subprocess.Popen(
                [PROGRAM, "serve", "--listen", "127.0.0.1:0", "--store", str(self.service.store),
                 *options], stdout=subprocess.PIPE, stderr=errors, text=True, **more)
        line = self.service.process.stdout.readline()
        self.assertTrue(line.startswith("Listening on "), self.errors.read_text())
        self.service.port = int(line.rsplit(":", 1)[1])

    def start_sample(self, *options, **more):
        self.start("--sample", str(SAMPLE), *options, **more)
        self.service.sign_in()

    def get(self, path, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=TIMEOUT_S)
        connection.request("GET", path, headers={k.replace("_", "-"): v
                                                 for k, v in headers.items()})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer, text

    def file(self, **fields):
        case = new_case(ago(600), **fields)
        status, answer = self.service.call("POST", "/v1/cases", case, "wang.jun",
                                           str(uuid.uuid4()))
        self.assertEqual(status, 201, answer)
        return case["id"]

    def change(self, sql, *values):
        with sqlite3.connect(self.service.store) as database:
            database.execute(sql, values)
        database.close()

    # --- ready ---------------------------------------------------------------------------

    def test_ready(self):
        self.start_sample()
        self.assertEqual(self.service.call("GET", "/healthz"), (200, {"status": "ok"}))
        self.assertEqual(self.service.call("GET", "/readyz"), (200, {"status": "ready"}))

    def test_not_ready(self):
        self.start_sample()
        case_id = self.file()
        now = time.time_ns() // 1000
        # A notice that nobody ever tried to bring, for a partner that takes none, so that
        # it stays as it is.
        self.change("INSERT INTO deliveries (id, partner, case_id, kind, stage, revision, body,"
                    " state, n_attempts, created_usec, next_try_usec) SELECT 'msg_x', id, ?,"
                    " 'notice.published', 1, 0, '{}', 0, 0, ?, ? FROM partners LIMIT 1",
                    case_id, now - 300_000_000, now - 300_000_000)
        status, problem = self.service.call("GET", "/readyz")
        self.assertEqual(status, 503, problem)
        self.assertIn("Notices wait", problem["detail"])
        # What a partner holds up is no fault of ours.
        self.change("UPDATE deliveries SET n_attempts = 1 WHERE id = 'msg_x'")
        self.assertEqual(self.service.call("GET", "/readyz")[0], 200)
        self.change("ALTER TABLE deliveries RENAME TO lost")
        status, problem = self.service.call("GET", "/readyz")
        self.assertEqual(status, 503, problem)
        self.assertIn("store does not answer", problem["detail"])
        self.assertEqual(self.service.call("GET", "/healthz")[0], 200, "alive all the same")

    # --- figures --------------------------------------------------------------------------

    def parse_metrics(self, text):
        """Values by name and labels; the format is checked line by line."""
        values, types = {}, {}
        for line in text.splitlines():
            if line.startswith("# TYPE "):
                _, _, name, kind = line.split(" ")
                self.assertNotIn(name, types, "one TYPE for each name")
                types[name] = kind
            elif not line.startswith("# HELP "):
                match = re.fullmatch(r'([a-z_]+)(\{(?:[a-z_]+="(?:[^"\\]|\\.)*",?)*\})? (\S+)',
                                     line)
                self.assertIsNotNone(match, line)
                base = re.sub(r"_(bucket|sum|count)$", "", match[1])
                self.assertTrue(match[1] in types or types.get(base) == "histogram", line)
                key = match[1] + (match[2] or "")
                self.assertNotIn(key, values)
                values[key] = float(match[3])
        return values

    def test_metrics(self):
        partners = Partners(SAMPLE / "partners.json")
        self.addCleanup(partners.close)
        self.start_sample("--partner-url", partners.url)
        case_id = self.file()
        self.assertEqual(self.service.approve(case_id)[0], 200)
        self.assertIsNotNone(partners.wait_for("notice.published", 21, case_id, None, TIMEOUT_S))
        self.get("/nowhere/" + MARK)
        stream = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=TIMEOUT_S)
        stream.request("GET", "/v1/events", headers={
            "Authorization": "Bearer " + self.service.tokens["wang.jun"]})
        stream.getresponse().readline()
        answer, text = self.get("/metrics")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers["Content-Type"],
                         "text/plain; version=0.0.4; charset=utf-8")
        values = self.parse_metrics(text)
        self.assertNotIn(MARK, text)
        self.assertNotIn(case_id, text)
        route = 'method="POST",route="/v1/cases/:/decision"'
        self.assertEqual(values[f'reunion_requests_total{{{route},status="200"}}'], 1)
        self.assertEqual(values[f'reunion_request_seconds_count{{{route}}}'], 1)
        self.assertEqual(values[f'reunion_request_seconds_bucket{{{route},le="+Inf"}}'], 1)
        self.assertEqual(
            values['reunion_requests_total{method="GET",route="unknown",status="404"}'], 1)
        self.assertEqual(values["reunion_event_streams"], 1)
        self.assertEqual(values["reunion_requests_open"], 1, "this one")
        self.assertEqual(values['reunion_cases{state="expired"}'], 3978)
        self.assertEqual(values['reunion_cases{state="published"}'], 1)
        for partner in partners.keys:
            self.assertEqual(values[f'reunion_deliveries_dead{{partner="{partner}"}}'], 0)
            self.assertIn(f'reunion_deliveries_waiting{{partner="{partner}"}}', values)
        self.assertEqual(values["reunion_escalation_lag_seconds"], 0)
        self.assertGreaterEqual(values["reunion_commits_total"], 2)
        self.assertGreater(values["reunion_store_bytes"], 100_000)
        self.assertGreater(values["process_resident_memory_bytes"], 1_000_000)
        stream.close()

    def test_metrics_for_whom(self):
        token = self.folder / "token"
        self.start()
        # A proxy on this machine speaks for somebody else.
        for name in ("X_Forwarded_For", "Forwarded", "Via"):
            self.assertEqual(self.get("/metrics", **{name: "for=192.0.2.1"})[0].status, 403)
        self.service.stop()
        token.write_text("short")
        done = subprocess.run([PROGRAM, "--listen", "127.0.0.1:0", "--store",
                               str(self.service.store), "--metrics-token", str(token)],
                              capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("too short", done.stderr)
        token.write_text("a-long-random-word\n")
        self.start("--metrics-token", str(token))
        self.assertEqual(self.get("/metrics")[0].status, 403)
        self.assertEqual(self.get("/metrics", Authorization="Bearer other-random-word")[0].status,
                         403)
        self.assertEqual(self.get("/metrics", Authorization="Bearer a-long-random-word",
                                  X_Forwarded_For="192.0.2.1")[0].status, 200)
        # A new one is read when it is told to.
        token.write_text("another-random-word\n")
        self.service.process.send_signal(signal.SIGHUP)
        end = time.monotonic() + TIMEOUT_S
        while self.get("/metrics", Authorization="Bearer another-random-word")[0].status != 200:
            self.assertLess(time.monotonic(), end)
        self.assertEqual(self.get("/metrics", Authorization="Bearer a-long-random-word")[0].status,
                         403)

    # --- the log ------------------------------------------------------------------------------

    def test_log(self):
        """A whole play with a mark in everything that somebody writes."""
        partners = Partners(SAMPLE / "partners.json")
        self.addCleanup(partners.close)
        self.start_sample("--partner-url", partners.url, "--log-format", "json")
        texts = {key: f"{MARK}{key}" for key in (
            "name", "clothing", "place", "circumstances", "guardian_name", "internal_notes",
            "photo_absent_reason", "home_address", "medical")}
        case_id = self.file(**texts, guardian_phone="19987654035")
        self.assertEqual(self.service.approve(case_id)[0], 200)
        self.assertIsNotNone(partners.wait_for("notice.published", 21, case_id, None, TIMEOUT_S))
        self.service.call("POST", "/v1/cases/" + case_id + "/closing",
                          {"outcome": "lost", "note": MARK + "note"}, "wang.jun", MARK + "key")
        self.service.call("POST", "/v1/sessions", {"account": MARK + "who", "password": MARK})
        self.service.call("GET", f"/v1/cases/{MARK}", None, "wang.jun")
        self.get(f"/{MARK}?{MARK}={MARK}", Authorization="Bearer " + MARK, Cookie=MARK,
                 User_Agent=MARK, X_Request_Id=MARK)
        self.get(f"/notice/{case_id}")
        self.get("/v1/../" + MARK)
        connection = http.client.HTTPConnection("127.0.0.1", self.service.port)
        connection.request(MARK.upper(), "/")
        connection.getresponse().read()
        connection.close()
        self.service.call("POST", "/v1/cases", {"id": MARK}, "wang.jun", "k")
        self.assertEqual(self.service.stop(), 0)
        text = self.errors.read_text()
        rows = [json.loads(line) for line in text.splitlines()]
        requests = [row for row in rows if row["event"] == "request"]
        self.assertGreater(len(requests), 10)
        for row in requests:
            self.assertEqual(set(row), {"time", "level", "event", "request", "method", "route",
                                        "status", "ms"})
            self.assertRegex(row["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        self.assertEqual(len({row["request"] for row in requests}), len(requests))
        self.assertIn(("POST", "/v1/cases/:/closing", 200),
                      {(row["method"], row["route"], row["status"]) for row in requests})
        secrets = [MARK, MARK.upper(), case_id, "19987654035", "wang.jun", "王", "127.0.0.1",
                   *self.service.tokens.values(),
                   *(row["password"] for row in
                     json.loads((SAMPLE / "accounts.json").read_text())["accounts"])]
        for secret in secrets:
            self.assertNotIn(secret, text)

    def test_silent(self):
        self.start_sample()
        self.file()
        self.service.stop()
        self.assertEqual(self.errors.read_text(), "")

    # --- systemd -------------------------------------------------------------------------------

    def listen(self, name):
        manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        manager.bind(name)
        manager.settimeout(TIMEOUT_S)
        self.addCleanup(manager.close)
        return manager

    def test_notify(self):
        for name, variable in ((str(self.folder / "notify"), str(self.folder / "notify")),
                               (f"\0reunion-{os.getpid()}", f"@reunion-{os.getpid()}")):
            with self.subTest(variable):
                manager = self.listen(name)
                self.start(env=dict(os.environ, NOTIFY_SOCKET=variable, WATCHDOG_USEC="200000"))
                self.assertEqual(manager.recv(4096).decode().splitlines()[0], "READY=1")
                self.assertEqual(manager.recv(4096), b"WATCHDOG=1")
                self.service.process.send_signal(signal.SIGHUP)
                said = []
                while "READY=1" not in said:
                    said += manager.recv(4096).decode().splitlines()
                self.assertIn("RELOADING=1", said)
                self.assertTrue(any(line.startswith("MONOTONIC_USEC=") for line in said))
                self.assertEqual(self.service.stop(), 0)
                said = []
                while "STOPPING=1" not in said:
                    said += manager.recv(4096).decode().splitlines()

    # --- its end ---------------------------------------------------------------------------------

    def begin_request(self):
        """A filing of which the last bytes are still to come."""
        case = new_case(ago(600))
        body = json.dumps(case).encode()
        half = socket.create_connection(("127.0.0.1", self.service.port), timeout=TIMEOUT_S)
        self.addCleanup(half.close)
        half.sendall((f"POST /v1/cases HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n"
                      f"Authorization: Bearer {self.service.tokens['wang.jun']}\r\n"
                      f"Idempotency-Key: {uuid.uuid4()}\r\n"
                      "Content-Type: application/json\r\n\r\n").encode() + body[:-10])
        self.wait_for_open(2)
        return half, body[-10:], case["id"]

    def wait_for_open(self, n):
        """Until the service knows of so many, that which asks among them."""
        end = time.monotonic() + TIMEOUT_S
        while f"\nreunion_requests_open {n}\n" not in self.get("/metrics")[1]:
            self.assertLess(time.monotonic(), end)

    def wait_for_refusal(self):
        end = time.monotonic() + TIMEOUT_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.service.port), timeout=1).close()
            except OSError:
                return
            self.assertLess(time.monotonic(), end, "it takes connections still")
            time.sleep(0.01)

    def test_graceful_end(self):
        self.start_sample()
        half, rest, case_id = self.begin_request()
        old = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=TIMEOUT_S)
        old.request("GET", "/healthz")
        old.getresponse().read()
        stream = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=TIMEOUT_S)
        stream.request("GET", "/v1/events?after=1000000", headers={
            "Authorization": "Bearer " + self.service.tokens["li.min"]})
        events = stream.getresponse()
        events.readline()
        self.service.process.terminate()
        self.wait_for_refusal()
        # The stream ends as streams end, and says when to come back.
        self.assertRegex(events.read().decode(), r"(?m)^retry: \d{4}$")
        # On an old connection, somebody still asks.
        old.request("GET", "/v1/policy")
        answer = old.getresponse()
        self.assertEqual(answer.status, 503)
        self.assertEqual(answer.headers["Retry-After"], "5")
        self.assertIn("about to end", json.loads(answer.read())["detail"])
        self.assertIsNone(self.service.process.poll(), "it waits for what is under way")
        half.sendall(rest)
        self.assertTrue(half.recv(100).startswith(b"HTTP/1.1 201"))
        self.assertEqual(self.service.process.wait(TIMEOUT_S), 0)
        self.assertFalse(pathlib.Path(f"{self.service.store}-wal").exists(), "put in order")
        self.service.process.stdout.close()
        self.start()
        self.assertIn(case_id, self.service.cases("wang.jun"))

    def test_ends_in_time(self):
        """Somebody who never finishes holds it up for no longer than that."""
        self.start_sample("--stop-within", "1")
        self.begin_request()
        self.assertEqual(self.service.stop(), 0)

    def test_told_twice(self):
        self.start_sample("--stop-within", "3600")
        self.begin_request()
        self.service.process.terminate()
        self.wait_for_refusal()
        self.assertIsNone(self.service.process.poll())
        self.assertEqual(self.service.stop(), 0)

    def test_deliveries_are_left(self):
        """What no partner took is taken to them by the next one."""
        partners = Partners(SAMPLE / "partners.json")
        url = partners.url
        partners.close()
        self.start_sample("--partner-url", url)
        case_id = self.file()
        self.assertEqual(self.service.approve(case_id)[0], 200)
        self.assertEqual(self.service.stop(), 0)
        with sqlite3.connect(self.service.store) as database:
            waiting = database.execute(
                "SELECT count(*) FROM deliveries WHERE state = 0 AND case_id = ?",
                (case_id,)).fetchone()
        database.close()
        self.assertEqual(waiting, (21,))


if __name__ == "__main__":
    unittest.main()
