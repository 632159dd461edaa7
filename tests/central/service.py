"""The real program for the tests: starts it, calls it, kills it. Where it is
stands in the first argument of each test.

The receiver of notices is that of tests/e2e/partner.py, whose signatures are
made with Python's own hmac.
"""

import http.client
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import uuid

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# Taken out of the way of unittest, which reads the other arguments.
PROGRAM = sys.argv.pop(1)
SAMPLE = ROOT / "data" / "sample"
TIMEOUT_S = 60

sys.path.insert(0, str(ROOT / "tests" / "e2e"))
# All partners are told at once; with the usual five places in the queue the
# others' connections would be tried again only seconds later.
http.server.ThreadingHTTPServer.request_queue_size = 128


class Service:
    """One store in one new folder; the program may be started on it often."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="reunion-central-"))
        self.store = self.folder / "central.sqlite"
        self.process = None
        self.port = None
        self.tokens = {}

    def close(self):
        if self.process is not None:
            self.kill()
        shutil.rmtree(self.folder)

    def start(self, *options):
        self.process = subprocess.Popen(
            [PROGRAM, "--listen", "127.0.0.1:0", "--store", str(self.store), *options],
            stdout=subprocess.PIPE, text=True,
            # Under AddressSanitizer what is freed counts as taken, but for this.
            env=dict(os.environ, ASAN_OPTIONS="quarantine_size_mb=8"))
        line = self.process.stdout.readline()
        assert line.startswith("Listening on http://127.0.0.1:"), f"it said {line!r}"
        self.port = int(line.rsplit(":", 1)[1])
        return f"http://127.0.0.1:{self.port}"

    def kill(self):
        """SIGKILL: nothing is put in order."""
        self.process.kill()
        self.process.wait(TIMEOUT_S)
        self.process.stdout.close()
        self.process = None

    def stop(self):
        """SIGTERM; the exit status."""
        self.process.terminate()
        status = self.process.wait(TIMEOUT_S)
        self.process.stdout.close()
        self.process = None
        return status

    def call(self, method, path, body=None, who=None, key=None):
        """Status and JSON of the answer."""
        headers = {}
        if who is not None:
            headers["Authorization"] = "Bearer " + self.tokens[who]
        if key is not None:
            headers["Idempotency-Key"] = key
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT_S)
        try:
            connection.request(
                method, path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def sign_in(self):
        """Signs every sample account in."""
        for row in json.loads((SAMPLE / "accounts.json").read_text())["accounts"]:
            status, session = self.call("POST", "/v1/sessions", {
                "account": row["account"], "password": row["password"]})
            assert status == 201, f"{row['account']} can't sign in: {session}"
            self.tokens[row["account"]] = session["token"]

    def approve(self, case_id, who="li.min"):
        return self.call("POST", f"/v1/cases/{case_id}/decision", {"decision": "approve"}, who,
                         str(uuid.uuid4()))

    def cases(self, who):
        """Every case that the account may see, by id."""
        cases, after = {}, 0
        while True:
            status, page = self.call("GET", f"/v1/changes?after={after}&limit=1000", None, who)
            assert status == 200, page
            for change in page["changes"]:
                if "case" in change:
                    cases[change["case"]["id"]] = change["case"]
            if page["next"] == after:
                return cases
            after = page["next"]


def new_case(last_seen, **fields):
    """A complete report; @last_seen as on the wire."""
    report = {
        "person_kind": "child", "name": "杨小军", "sex": "male", "age_years": 13,
        "clothing": "蓝色校服", "place": "织金县城关镇", "region": "520524",
        "latitude": 26.6686, "longitude": 105.7685, "kind": "left_home",
        "circumstances": "放学后没有回家", "contact_phone": "0857-7621234", "consent": True,
        "photo_absent_reason": "家里没有照片", "last_seen": last_seen,
        "guardian_name": "PRIVATE-guardian", "internal_notes": "PRIVATE-notes",
    }
    report.update(fields)
    return {"id": str(uuid.uuid4()), "report": report}
