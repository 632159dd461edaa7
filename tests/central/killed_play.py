"""Services that are killed at random moments while desks, reviewers and partners work
with them, and started again: what was acknowledged is there, once, and everybody was
told, once.

The store is SQLite's file, or any that the program takes by its URL, and as many
services work on it as one likes; of those one is killed each time.
"""

import collections
import http.client
import json
import os
import random
import subprocess
import threading
import time
import urllib.error
import uuid

from service import PROGRAM, SAMPLE, Service, TIMEOUT_S, new_case

from partner import Partners

HOUR_S = 3600
N_DESKS = 4
DRAIN_S = 120
FAILURES = (OSError, http.client.HTTPException, json.JSONDecodeError, urllib.error.URLError)


def at(elapsed_s):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - elapsed_s))


class PatientPartners(Partners):
    """Half a message is none: whoever sent it was killed, and sends it again."""

    def take(self, path, headers, body):
        if len(body) < int(headers.get("Content-Length", "0")):
            return 400
        return super().take(path, headers, body)


class Pool(Service):
    """Several services on one store, any of which may answer a call."""

    def __init__(self, url, n_processes, rng):
        super().__init__()
        if url is not None:
            self.store = url
        self.n_processes = n_processes
        self.rng = rng
        self.processes = {}  # number -> (process, port)
        self.lock = threading.Lock()

    def start_one(self, number, *options):
        process = subprocess.Popen(
            [PROGRAM, "--listen", "127.0.0.1:0", "--store", str(self.store), *options],
            stdout=subprocess.PIPE, text=True,
            env=dict(os.environ, ASAN_OPTIONS="quarantine_size_mb=8"))
        line = process.stdout.readline()
        assert line.startswith("Listening on http://127.0.0.1:"), f"it said {line!r}"
        with self.lock:
            self.processes[number] = process, int(line.rsplit(":", 1)[1])

    def start_all(self, *options):
        self.start_one(0, *options)
        for number in range(1, self.n_processes):
            self.start_one(number)

    def kill_one(self):
        number = self.rng.randrange(self.n_processes)
        with self.lock:
            process, _ = self.processes[number]
        process.kill()
        process.wait(TIMEOUT_S)
        process.stdout.close()
        self.start_one(number)

    def close(self):
        for process, _ in self.processes.values():
            process.kill()
            process.wait(TIMEOUT_S)
            process.stdout.close()
        super().close()

    # Service.call() goes to this port: another one each time.
    @property
    def port(self):
        with self.lock:
            ports = [port for _, port in self.processes.values()]
        return random.choice(ports)

    @port.setter
    def port(self, value):
        pass


class Record:
    """What one desk was told that it had done."""

    def __init__(self, case_id):
        self.case_id = case_id
        self.approved = False
        self.closed = False
        self.tips = {}  # (partner, the partner's id) -> ours
        self.grows = False


class Play:
    def __init__(self, url=None, n_processes=1, n_kills=12, seed=None, log=print):
        self.seed = seed if seed is not None else random.randrange(1 << 32)
        self.n_kills = n_kills
        self.rng = random.Random(self.seed)
        self.log = log
        self.partners = PatientPartners(SAMPLE / "partners.json")
        # That the other end dies is what is tried here.
        self.partners.server.handle_error = lambda *_: None
        self.pool = Pool(url, n_processes, self.rng)
        self.records = []
        self.faults = []
        self.repeats = 0
        self.retries = 0
        self.is_over = threading.Event()
        self.sequences = []

    def close(self):
        self.is_over.set()
        self.pool.close()
        self.partners.close()

    # --- the load --------------------------------------------------------------------------

    def insist(self, what, ask):
        """Asks until it is answered; the answer."""
        end = time.monotonic() + DRAIN_S
        while True:
            try:
                status, answer = ask()
            except FAILURES:
                status, answer = None, None
            # Between two services there is nobody; and one that ends says so.
            if status not in (None, 502, 503):
                return status, answer
            if time.monotonic() > end:
                raise AssertionError(f"{what} was never answered")
            self.retries += 1
            time.sleep(0.005)

    def post(self, what, path, body, who, expected):
        key = str(uuid.uuid4())
        status, answer = self.insist(
            what, lambda: self.pool.call("POST", path, body, who, key))
        if status != expected:
            raise AssertionError(f"{what} was answered {status}: {answer}")
        return answer

    def tip(self, record, rng):
        partner = rng.choice(sorted(self.partners.keys))
        tip_id = str(uuid.uuid4())
        body = {"tip_id": tip_id, "case_id": record.case_id, "text": "seen at the station",
                "latitude": 26.5, "longitude": 106.5}
        status, answer = self.insist("a tip", lambda: self.partners.send_tip(
            f"http://127.0.0.1:{self.pool.port}", partner, body))
        if status not in (200, 201):
            raise AssertionError(f"a tip was answered {status}: {answer}")
        record.tips[partner, tip_id] = answer["id"]

    def work(self, seed):
        rng = random.Random(seed)
        while not self.is_over.is_set():
            # Some grow while they are played with.
            grows = rng.random() < 0.3
            case = new_case(at(HOUR_S - rng.uniform(1, 6) if grows else 600))
            record = Record(case["id"])
            record.grows = grows
            self.post("a filing", "/v1/cases", case, "wang.jun", 201)
            self.records.append(record)
            if rng.random() < 0.1:
                continue
            self.post("an approval", f"/v1/cases/{record.case_id}/decision",
                      {"decision": "approve"}, "li.min", 200)
            record.approved = True
            for _ in range(rng.randrange(4)):
                self.tip(record, rng)
            for tip_id in list(record.tips.values())[:1]:
                self.post("a mark", f"/v1/tips/{tip_id}/state", {"state": "credible"}, "wang.jun",
                          200)
            if rng.random() < 0.5:
                self.post("a closing", f"/v1/cases/{record.case_id}/closing", {"outcome": "lost"},
                          "wang.jun", 200)
                record.closed = True

    def run_desk(self, seed):
        try:
            self.work(seed)
        except AssertionError as error:
            self.faults.append(str(error))

    def follow(self):
        """A desk that reads the feed on, whichever service it finds."""
        after = 0
        while True:
            over = self.is_over.is_set()
            status, page = self.insist("the feed", lambda: self.pool.call(
                "GET", f"/v1/changes?after={after}&limit=500", None, "li.min"))
            if status != 200:
                self.faults.append(f"the feed was answered {status}")
                return
            self.sequences += [change["sequence"] for change in page["changes"]]
            if page["next"] == after and over:
                return
            if page["next"] == after:
                time.sleep(0.02)
            after = page["next"]

    def run(self):
        self.log(f"seed {self.seed}: {self.n_kills} kills, {self.pool.n_processes} service(s) on "
                 f"{self.pool.store}")
        self.pool.start_all("--sample", str(SAMPLE), "--partner-url", self.partners.url)
        self.pool.sign_in()
        desks = [threading.Thread(target=self.run_desk, args=(self.rng.random(),))
                 for _ in range(N_DESKS)]
        follower = threading.Thread(target=self.follow)
        for thread in desks + [follower]:
            thread.start()
        for _ in range(self.n_kills):
            time.sleep(self.rng.uniform(0, 0.25))
            self.pool.kill_one()
        self.is_over.set()
        for thread in desks + [follower]:
            thread.join(DRAIN_S * 2)
        self.check()

    # --- what came of it ---------------------------------------------------------------------

    def expect(self, fits, sentence):
        if not fits:
            self.faults.append(sentence)

    def read_feed(self):
        """Every case and tip of the feed, and its sequences."""
        cases, tips, sequences, after = {}, collections.defaultdict(set), [], 0
        while True:
            status, page = self.pool.call("GET", f"/v1/changes?after={after}&limit=1000", None,
                                          "li.min")
            assert status == 200, page
            for change in page["changes"]:
                sequences.append(change["sequence"])
                if "case" in change:
                    cases[change["case"]["id"]] = change["case"]
                else:
                    tip = change["tip"]
                    tips[tip["partner"], tip["partner_tip_id"]].add(tip["id"])
            if page["next"] == after:
                return cases, tips, sequences
            after = page["next"]

    def check_course(self, record, case):
        states = ({"closed"} if record.closed else
                  {"published", "escalating"} if record.approved else {"submitted"})
        self.expect(case["state"] in states, f"{record.case_id} is {case['state']}, not {states}")
        status, history = self.pool.call("GET", f"/v1/cases/{record.case_id}/history", None,
                                         "wang.jun")
        assert status == 200, history
        steps = collections.Counter(entry["action"] for entry in history["entries"])
        expected = {"submit": 1, "approve": int(record.approved), "close": int(record.closed)}
        for action, n in expected.items():
            self.expect(steps[action] == n,
                        f"{record.case_id} was taken through {action} {steps[action]} times")
        self.expect(steps["escalate"] <= 1, f"{record.case_id} has grown twice")

    def get_told(self):
        """Ids of messages by case, then by kind and stage and revision, then by partner."""
        told = collections.defaultdict(lambda: collections.defaultdict(
            lambda: collections.defaultdict(list)))
        with self.partners.condition:
            for partner, message_id, message, _ in self.partners.messages:
                stage = message.get("stage") or {}
                told[message["case_id"]][message["type"], stage.get("id")][partner].append(
                    message_id)
        return told

    def check_told(self, record, case, kinds):
        partners = set(self.partners.keys)
        for (kind, stage), by_partner in kinds.items():
            for partner, ids in by_partner.items():
                self.expect(len(set(ids)) == 1,
                            f"{partner} was told {kind} {stage} of {record.case_id} twice")
                # Under the same id: it had acknowledged, and we were killed before we
                # could write that down. It knows the id.
                self.repeats += len(ids) - len(set(ids))
        if record.closed:
            self.expect(set(kinds.get(("notice.withdrawn", None), {})) == partners,
                        f"not everybody was told that {record.case_id} has ended")
        elif record.approved:
            for stage in {1, case["stage"]}:
                # Approved late, it begins with the second circle.
                reached = set(kinds.get(("notice.published", stage), {})) \
                    | set(kinds.get(("notice.escalated", stage), {}))
                if stage == case["stage"] or ("notice.published", 1) in kinds:
                    self.expect(reached == partners,
                                f"not everybody was told stage {stage} of {record.case_id}")

    def wait_until_told(self):
        """Until nothing has come for a while, and every circle has grown."""
        end = time.monotonic() + DRAIN_S
        last, since = -1, time.monotonic()
        while time.monotonic() < end:
            with self.partners.condition:
                n = len(self.partners.messages)
            if n != last:
                last, since = n, time.monotonic()
            growing = any(r.grows and r.approved and not r.closed for r in self.records)
            if time.monotonic() - since > (8 if growing else 3):
                return
            time.sleep(0.1)
        self.faults.append("messages still came after the end")

    def check(self):
        self.wait_until_told()
        cases, tips, sequences = self.read_feed()
        told = self.get_told()
        self.expect(len(sequences) == len(set(sequences)), "the feed has an entry twice")
        self.expect(self.sequences == sorted(set(self.sequences)),
                    "who followed the feed was told something twice, or out of order")
        # It went on until the desks were done.
        missed = {s for s in sequences if s <= max(self.sequences)} - set(self.sequences)
        self.expect(not missed, f"who followed the feed missed {sorted(missed)[:5]}")
        self.expect(len({r.case_id for r in self.records}) == len(self.records), "ids")
        for record in self.records:
            case = cases.get(record.case_id)
            self.expect(case is not None, f"{record.case_id} was acknowledged and is lost")
            if case is None:
                continue
            self.check_course(record, case)
            self.check_told(record, case, told[record.case_id])
            for origin, tip_id in record.tips.items():
                self.expect(tips.get(origin) == {tip_id}, f"tip {origin} is {tips.get(origin)}")
            self.expect(case["stage"] == 2 or not record.grows or not record.approved
                        or record.closed, f"{record.case_id} has not grown")
        self.expect(not self.partners.refusals, f"refused: {self.partners.refusals[:2]}")
        done = subprocess.run([PROGRAM, "verify", "--store", str(self.pool.store)],
                              capture_output=True, text=True, timeout=DRAIN_S, check=False)
        self.expect(done.returncode == 0, done.stderr)
        self.log(f"seed {self.seed}: {len(self.records)} filings, "
                 f"{sum(r.approved for r in self.records)} approvals, "
                 f"{sum(len(r.tips) for r in self.records)} tips, "
                 f"{sum(r.closed for r in self.records)} closings acknowledged after "
                 f"{self.retries} further attempts; {len(self.partners.messages)} messages taken, "
                 f"{self.repeats} of them again under the same id; "
                 f"{len(self.faults)} faults")
