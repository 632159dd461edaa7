#!/usr/bin/env python3
"""The service is killed at any moment and started again on the same file: no
filing is lost or doubled, no stage forgotten or repeated, every partner told."""

import argparse
import collections
import sys
import threading
import time
import unittest
import uuid

from service import SAMPLE, Service, TIMEOUT_S, new_case
from killed_play import Play

from partner import Partners

N_PARTNERS = 21
HOUR_S = 3600


def ago(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - seconds))


class MoodyPartners(Partners):
    """Refuse or hang for as long as they are told to."""

    def __init__(self, *arguments):
        self.attempts = []  # (partner, webhook id)
        self.failing = False
        self.hanging = False
        self.released = threading.Event()
        super().__init__(*arguments)
        # That the other end dies is what is tried here.
        self.server.handle_error = lambda *_: None

    def take(self, path, headers, body):
        with self.condition:
            self.attempts.append((path.rsplit("/", 1)[-1], headers.get("webhook-id")))
            self.condition.notify_all()
        if self.hanging:
            self.released.wait(TIMEOUT_S)
            return 503
        return 503 if self.failing else super().take(path, headers, body)

    def wait_for_attempts(self, n):
        with self.condition:
            return self.condition.wait_for(lambda: len({p for p, _ in self.attempts}) >= n,
                                           TIMEOUT_S)


class Killed(unittest.TestCase):
    def setUp(self):
        self.partners = MoodyPartners(SAMPLE / "partners.json")
        self.addCleanup(self.partners.close)
        self.addCleanup(self.partners.released.set)
        self.service = Service()
        self.addCleanup(self.service.close)
        self.service.start("--sample", str(SAMPLE), "--partner-url", self.partners.url)
        self.service.sign_in()

    def restart(self):
        self.service.kill()
        self.service.start()

    def file(self, case, key):
        return self.service.call("POST", "/v1/cases", case, "wang.jun", key)

    def publish(self, elapsed_s=600):
        case = new_case(ago(elapsed_s))
        status, answer = self.file(case, str(uuid.uuid4()))
        self.assertEqual(status, 201, answer)
        status, answer = self.service.approve(case["id"])
        self.assertEqual(status, 200, answer)
        return case["id"]

    def wait_for(self, kind, case_id, stage=None):
        message = self.partners.wait_for(kind, N_PARTNERS, case_id, stage, TIMEOUT_S)
        self.assertIsNotNone(message, f"not every partner got {kind}: {self.partners.refusals}")
        return message

    def check_once(self, kind, case_id, stage=None):
        """Each partner knows one message of the kind, by its id."""
        ids = collections.defaultdict(set)
        for partner, message_id, message, _ in self.partners.messages:
            if self.partners._fits(message, kind, case_id, stage):
                ids[partner].add(message_id)
        self.assertEqual(len(ids), N_PARTNERS)
        for partner, own in ids.items():
            self.assertEqual(len(own), 1, f"{partner} was told {kind} twice")

    def test_sessions_and_answers(self):
        case, key = new_case(ago(600)), str(uuid.uuid4())
        first = self.file(case, key)
        self.assertEqual(first[0], 201, first)
        self.restart()
        self.assertEqual(self.file(case, key), first, "the same key gets the same answer")
        other = new_case(ago(600))
        status, problem = self.file(other, key)
        self.assertEqual(status, 422, problem)
        self.assertIn("Idempotency-Key", problem["detail"])
        self.assertNotIn(other["id"], self.service.cases("wang.jun"))

    def test_told_after_restart(self):
        self.partners.failing = True
        case_id = self.publish()
        self.assertTrue(self.partners.wait_for_attempts(N_PARTNERS))
        self.restart()
        self.partners.failing = False
        self.wait_for("notice.published", case_id)
        self.check_once("notice.published", case_id)
        # The same id at every attempt, before the end and after it.
        self.assertEqual(len(set(self.partners.attempts)), N_PARTNERS)
        self.assertEqual(self.partners.refusals, [])

    def test_killed_in_delivery(self):
        self.partners.hanging = True
        case_id = self.publish()
        self.assertTrue(self.partners.wait_for_attempts(N_PARTNERS))
        self.service.kill()
        self.partners.hanging = False
        self.partners.released.set()
        self.service.start()
        self.wait_for("notice.published", case_id)
        self.check_once("notice.published", case_id)
        self.assertEqual(len(set(self.partners.attempts)), N_PARTNERS)

    def test_escalation(self):
        # One grows while the service runs, the other while it does not; seconds
        # enough before that for a slow machine to publish them.
        start = time.time()
        first = self.publish(HOUR_S - 6)
        second = self.publish(2 * HOUR_S - 12)
        self.wait_for("notice.published", second)
        self.wait_for("notice.escalated", first, 2)
        self.service.kill()
        time.sleep(max(0, start + 13 - time.time()))
        self.service.start()
        message = self.wait_for("notice.escalated", second, 3)
        self.assertEqual(message["circle"]["radius_km"], 300)
        self.assertEqual({m["stage"]["told_radius_km"] for _, _, m, _ in self.partners.messages
                          if m["case_id"] == second and m["type"] == "notice.escalated"},
                         {0, 200}, "those who can are told of the ring")
        self.restart()
        third = self.publish()
        self.wait_for("notice.published", third)
        self.check_once("notice.published", first)
        self.check_once("notice.escalated", first)
        self.check_once("notice.published", second)
        self.check_once("notice.escalated", second)
        self.assertEqual(self.service.cases("wang.jun")[second]["stage"], 3)

    def test_withdrawal(self):
        self.partners.failing = True
        case_id = self.publish()
        self.assertTrue(self.partners.wait_for_attempts(N_PARTNERS))
        status, _ = self.service.call("POST", f"/v1/cases/{case_id}/closing", {"outcome": "lost"},
                                      "wang.jun", str(uuid.uuid4()))
        self.assertEqual(status, 200)
        self.restart()
        self.partners.failing = False
        self.wait_for("notice.withdrawn", case_id)
        self.check_once("notice.withdrawn", case_id)
        self.assertEqual(self.partners.count("notice.published", case_id), 0)

    def test_any_moment(self):
        """A short one of what `make faults` does at length."""
        play = Play(n_kills=12)
        self.addCleanup(play.close)
        play.run()
        self.assertEqual(play.faults, [])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", help="URL of the store; a new SQLite file unless given")
    parser.add_argument("--processes", type=int, default=1, help="services on that store")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, help="of an earlier run, which it prints")
    options = parser.parse_args()
    play = Play(options.store, options.processes, options.kills, options.seed)
    try:
        play.run()
    finally:
        play.close()
    for fault in play.faults:
        print(fault)
    return 1 if play.faults else 0


if __name__ == "__main__":
    # Without options, the tests.
    if any(word.split("=")[0] in ("--store", "--processes", "--kills", "--seed", "--help")
           for word in sys.argv[1:]):
        sys.exit(main())
    unittest.main()
