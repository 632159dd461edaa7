#!/usr/bin/env python3
"""A partner app in small: takes signed notices, checks them, sends tips back.

As a module it serves the tests; as a program it stands in for the 21 sample
partners of `make run`:

    partner.py --partners data/sample/partners.json --listen 9700 \\
               --service http://127.0.0.1:8700 [--auto-tips]

The signatures are those of the Standard Webhooks specification, made here with
Python's own hmac so that the service is not checked against itself.
"""

import argparse
import base64
import hashlib
import hmac
import json
import math
import random
import threading
import time
import urllib.error
import urllib.request
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE_S = 300


def sample_key(seed):
    """The key of a sample partner, as the service derives it."""
    return hashlib.sha256(("reunion sample " + seed).encode()).digest()


def sign(key, message_id, timestamp, body):
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


class Partners:
    """Receives webhooks at /hooks/<partner> and remembers what came."""

    def __init__(self, partners_file, port=0, on_message=None):
        with open(partners_file, encoding="utf-8") as file:
            rows = json.load(file)
        rows = rows["partners"] if isinstance(rows, dict) else rows
        self.keys = {row["id"]: sample_key(row.get("secret_seed", row["id"])) for row in rows}
        self.on_message = on_message
        self.messages = []  # (partner, webhook id, message, seconds since the epoch)
        self.refusals = []  # sentences
        self.condition = threading.Condition()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                status = owner.take(self.path, self.headers, body)
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *arguments):
                pass

        class Server(ThreadingHTTPServer):
            request_queue_size = 128  # 21 partners are told at once

        self.server = Server(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/hooks/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def refuse(self, sentence):
        with self.condition:
            self.refusals.append(sentence)
            self.condition.notify_all()
        return 400

    def take(self, path, headers, body):
        partner = path.rsplit("/", 1)[-1]
        key = self.keys.get(partner)
        if key is None:
            return self.refuse(f"{partner} is no partner")
        message_id = headers.get("webhook-id", "")
        timestamp = headers.get("webhook-timestamp", "0")
        if abs(time.time() - int(timestamp)) > TOLERANCE_S:
            return self.refuse(f"{partner}: the timestamp {timestamp} is stale")
        expected = sign(key, message_id, timestamp, body)
        given = headers.get("webhook-signature", "").split(" ")
        if not any(hmac.compare_digest(expected, one) for one in given):
            return self.refuse(f"{partner}: the signature of {message_id} does not fit")
        message = json.loads(body)
        with self.condition:
            self.messages.append((partner, message_id, message, time.time()))
            self.condition.notify_all()
        if self.on_message is not None:
            self.on_message(partner, message)
        return 204

    def count(self, kind, case_id=None, stage=None):
        """Partners that were told, each counted once."""
        with self.condition:
            return len({p for p, _, m, _ in self.messages if self._fits(m, kind, case_id, stage)})

    @staticmethod
    def _fits(message, kind, case_id, stage):
        return (
            message["type"] == kind
            and (case_id is None or message["case_id"] == case_id)
            and (stage is None or message["stage"]["id"] == stage)
        )

    def wait_for(self, kind, n_partners=1, case_id=None, stage=None, timeout_s=30,
                 partner=None):
        """The first such message (to @partner, if one is named) once @n_partners have one;
        None after the time-out."""
        end = time.monotonic() + timeout_s
        while True:
            with self.condition:
                found = [
                    (p, m) for p, _, m, _ in self.messages if self._fits(m, kind, case_id, stage)
                ]
                chosen = [m for p, m in found if partner in (None, p)]
                if chosen and len({p for p, _ in found}) >= n_partners:
                    return chosen[0]
                left = end - time.monotonic()
                if left <= 0:
                    return None
                self.condition.wait(min(left, 1.0))

    def send_tip(self, service, partner, tip):
        """Posts a signed tip; returns the status and the answer."""
        body = json.dumps(tip).encode()
        message_id = "msg_" + uuid.uuid4().hex
        timestamp = str(int(time.time()))
        request = urllib.request.Request(
            f"{service}/v1/partners/{partner}/tips",
            data=body,
            method="POST",
            headers={
                "Content-Type": "application/json",
                "webhook-id": message_id,
                "webhook-timestamp": timestamp,
                "webhook-signature": sign(self.keys[partner], message_id, timestamp, body),
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"{}")


TIP_TEXTS = [
    "在路口看到一个很像的孩子，一个人往车站方向走",
    "刚才在便利店门口见过，穿着和照片里差不多",
    "公交站有个孩子坐了很久，没有大人陪",
    "A child like the one in the photo asked me for the way to the station",
    "在公园长椅上看到，已经不在了",
]


class AutoTips:
    """Sends a few made-up tips for each notice, so that a newcomer sees some."""

    def __init__(self, service):
        self.service = service
        self.partners = None
        self.answered = set()

    def __call__(self, partner, message):
        case_id = message["case_id"]
        if message["type"] != "notice.published" or case_id in self.answered:
            return
        self.answered.add(case_id)
        threading.Thread(target=self.run, args=(case_id, message), daemon=True).start()

    def run(self, case_id, message):
        circle = message.get("circle")
        if circle is None:
            return
        for number, text in enumerate(TIP_TEXTS):
            time.sleep(4)
            bearing = random.uniform(0, 2 * math.pi)
            distance_km = random.uniform(0.5, circle["radius_km"] * 0.6)
            latitude = circle["latitude"] + distance_km / 111.2 * math.cos(bearing)
            longitude = circle["longitude"] + distance_km / 111.2 * math.sin(bearing) / math.cos(
                math.radians(circle["latitude"])
            )
            self.partners.send_tip(
                self.service,
                random.choice(sorted(self.partners.keys)),
                {
                    "tip_id": f"sample-{case_id[:8]}-{number}",
                    "case_id": case_id,
                    "text": text,
                    "latitude": round(latitude, 6),
                    "longitude": round(longitude, 6),
                    "seen": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                },
            )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--partners", required=True, help="the sample partners, a JSON file")
    parser.add_argument("--listen", type=int, default=9700, help="port on loopback")
    parser.add_argument("--service", default="http://127.0.0.1:8700")
    parser.add_argument("--auto-tips", action="store_true", help="answer notices with tips")
    options = parser.parse_args()

    tips = AutoTips(options.service) if options.auto_tips else None
    partners = Partners(options.partners, options.listen, tips)
    if tips is not None:
        tips.partners = partners
    print(f"Listening on {partners.url}", flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        partners.close()


if __name__ == "__main__":
    main()
