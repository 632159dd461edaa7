#!/usr/bin/env python3
"""The whole program from outside: sample data, sign-in, filing, notices to all
partners, tips, the event stream, and bodies beyond all measure."""

import http.client
import json
import pathlib
import socket
import sqlite3
import threading
import time
import unittest
import uuid

from service import SAMPLE, Service, TIMEOUT_S, new_case

from partner import Partners

N_PARTNERS = 21
HOUR_S = 3600


def ago(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - seconds))


class Whole(unittest.TestCase):
    def setUp(self):
        self.partners = Partners(SAMPLE / "partners.json")
        self.partners.server.handle_error = lambda *_: None
        self.addCleanup(self.partners.close)
        self.service = Service()
        self.addCleanup(self.service.close)
        self.url = self.service.start("--sample", str(SAMPLE), "--partner-url", self.partners.url)
        self.service.sign_in()

    def publish(self, elapsed_s=600, **fields):
        case = new_case(ago(elapsed_s), **fields)
        status, answer = self.service.call("POST", "/v1/cases", case, "wang.jun", str(uuid.uuid4()))
        self.assertEqual(status, 201, answer)
        status, answer = self.service.approve(case["id"])
        self.assertEqual(status, 200, answer)
        return case["id"]

    def wait_for(self, kind, case_id, stage=None):
        message = self.partners.wait_for(kind, N_PARTNERS, case_id, stage, TIMEOUT_S)
        self.assertIsNotNone(message, f"not every partner got {kind}: {self.partners.refusals}")
        return message

    def test_sample(self):
        # What the national sign-in sees: the notices of all four cases.
        cases = self.service.cases("chen.fang")
        self.assertEqual(len(cases), 4)
        for case in cases.values():
            self.assertNotIn("guardian_name", case["report"])
            self.assertIn(case["state"], ("escalating", "closed"))
            self.assertTrue(case["photos"], "a sample case has a portrait")
        # The officer sees the station's own case whole.
        own = [c for c in self.service.cases("zhao.qiang").values() if "guardian_name" in c["report"]]
        self.assertEqual([c["station"] for c in own], ["131102-03"])
        status, statistics = self.service.call("GET", "/v1/statistics", None, "li.min")
        self.assertEqual(status, 200)
        nation = statistics["periods"][0]["nation"]
        self.assertEqual((nation["issued"], nation["found"]), (1317, 1274))
        self.assertEqual(f"{nation['found'] / nation['issued']:.2%}", "96.74%")
        self.assertEqual(nation["outcomes"], {
            "left_home": 750, "lost": 192, "drowned": 75, "schoolmates": 67, "rescued": 40,
            "killed": 29, "accident": 7, "other": 114, "none": 43})
        anhui = statistics["periods"][0]["provinces"]["34"]
        self.assertEqual((anhui["issued"], anhui["found"]), (149, 146))

    def test_radius(self):
        for elapsed_s, radius_km in ((0, 100), (HOUR_S // 2, 100), (3 * HOUR_S // 2, 200),
                                     (5 * HOUR_S // 2, 300), (4 * HOUR_S, 500),
                                     (30 * 24 * HOUR_S, 500)):
            with self.subTest(elapsed_s=elapsed_s):
                case_id = self.publish(elapsed_s)
                message = self.wait_for("notice.published", case_id)
                self.assertEqual(message["circle"]["radius_km"], radius_km)
                self.assertEqual(message["stage"]["told_radius_km"], 0)
                self.assertEqual(self.partners.count("notice.escalated", case_id), 0)
        self.assertEqual(self.partners.refusals, [])

    def test_partners(self):
        case_id = self.publish()
        self.wait_for("notice.published", case_id)
        status, closed = self.service.call(
            "POST", f"/v1/cases/{case_id}/closing",
            {"outcome": "left_home", "note": "PRIVATE-note"}, "wang.jun", str(uuid.uuid4()))
        self.assertEqual((status, closed["state"]), (200, "closed"))
        self.wait_for("notice.withdrawn", case_id)
        self.assertEqual(self.partners.refusals, [], "every signature fits")
        self.assertEqual(len(self.partners.messages), 2 * N_PARTNERS)
        self.assertNotIn("PRIVATE", json.dumps([m for _, _, m, _ in self.partners.messages]))
        # Each in its own datum, and nobody in another's.
        datums = {row["id"]: row["datum"]
                  for row in json.loads((SAMPLE / "partners.json").read_text())["partners"]}
        circles = {}
        for partner, _, message, _ in self.partners.messages:
            if "circle" in message:
                circle = message["circle"]
                self.assertEqual(circle["datum"], datums[partner])
                circles.setdefault(circle["datum"], set()).add(
                    (circle["latitude"], circle["longitude"]))
        self.assertEqual({d: len(c) for d, c in circles.items()},
                         {"wgs84": 1, "gcj02": 1, "bd09": 1})
        self.assertEqual(len(set.union(*circles.values())), 3)

    def test_tip_on_the_stream(self):
        case_id = self.publish()
        connection = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=TIMEOUT_S)
        self.addCleanup(connection.close)
        connection.request("GET", "/v1/events", headers={
            "Authorization": "Bearer " + self.service.tokens["wang.jun"]})
        stream = connection.getresponse()
        self.addCleanup(stream.close)
        self.assertEqual(stream.getheader("Content-Type"), "text/event-stream")
        tip = {"tip_id": "t-1", "case_id": case_id, "text": "在车站看到", "contact": "13900000101"}
        self.assertEqual(self.partners.send_tip(self.url, "news-day", tip)[0], 201)
        self.assertEqual(self.partners.send_tip(self.url, "news-day", tip)[0], 200)
        for line in stream:
            if line.startswith(b"data: "):
                change = json.loads(line[6:])
                if change.get("tip", {}).get("case_id") == case_id:
                    break
        self.assertEqual(change["tip"]["text"], "在车站看到")
        self.assertEqual(change["tip"]["state"], "new")

    def test_at_once(self):
        """The same filing on many connections: one case, and one answer for all."""
        case, key, answers = new_case(ago(600)), str(uuid.uuid4()), []
        threads = [threading.Thread(target=lambda: answers.append(
            self.service.call("POST", "/v1/cases", case, "wang.jun", key))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(TIMEOUT_S)
        self.assertEqual(len(answers), 8)
        for answer in answers:
            self.assertEqual(answer, answers[0])
        self.assertEqual(answers[0][0], 201, answers[0])
        with sqlite3.connect(self.service.store) as database:
            rows = database.execute("SELECT who, what FROM audit WHERE case_id = ?", [case["id"]])
            self.assertEqual(rows.fetchall(), [("wang.jun", "submit")])
        database.close()

    def get_peak_kib(self):
        status = pathlib.Path(f"/proc/{self.service.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])

    def test_oversized(self):
        """A body without end does not fill the memory, and nobody else waits for it."""
        before_kib = self.get_peak_kib()
        for path in ("/v1/cases", "/v1/photos/x", "/v1/partners/news-day/tips", "/v1/sessions",
                     "/nowhere", "/healthz"):
            for head in (f"Content-Length: {10 ** 12}\r\n", "Transfer-Encoding: chunked\r\n"):
                with self.subTest(path + " " + head), socket.create_connection(
                        ("127.0.0.1", self.service.port), TIMEOUT_S) as client:
                    method = "PUT" if "photos" in path else "POST"
                    client.sendall(f"{method} {path} HTTP/1.1\r\nHost: x\r\n{head}\r\n".encode())
                    chunk = b" " * 65536
                    if "chunked" in head:
                        chunk = b"10000\r\n" + chunk + b"\r\n"
                    try:
                        for _ in range(320):
                            client.sendall(chunk)
                    except (BrokenPipeError, ConnectionResetError):
                        pass
                    self.assertEqual(self.service.call("GET", "/healthz"), (200, {"status": "ok"}))
        self.assertLess(self.get_peak_kib() - before_kib, 64 * 1024, "KiB of memory were taken")

    def test_broken_requests(self):
        """What is no HTTP, or only half of it, ends nothing but its own connection."""
        for request in (b"\0\0\0\0", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
                        b"GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                        b"GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n",
                        b"GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n",
                        b"GET /" + b"a" * 1000000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
                        b"GET / HTTP/1.1\r\n" + b"X-Header: x\r\n" * 100000 + b"\r\n",
                        b"POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
                        b"POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{",
                        b"POST /v1/sessions HTTP/1.1\r\nHost: x\r\n"
                        b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"):
            with self.subTest(request[:40]), socket.create_connection(
                    ("127.0.0.1", self.service.port), TIMEOUT_S) as client:
                try:
                    client.sendall(request)
                    # Whether it answers at all is its own affair.
                    client.settimeout(0.2)
                    client.recv(65536)
                except OSError:
                    pass
                self.assertEqual(self.service.call("GET", "/healthz"), (200, {"status": "ok"}))


if __name__ == "__main__":
    unittest.main()
