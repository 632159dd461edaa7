"""The service on a fresh store with sample data, its partners, and desks."""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from partner import AutoTips, Partners


class Sample:
    """Starts and ends what a play needs; everything lives in one new folder."""

    def __init__(self, root, build, auto_tips=False, locale=None):
        self.root = pathlib.Path(root)
        self.build = pathlib.Path(build)
        self.data = self.root / "data" / "sample"
        self.locale = locale
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="reunion-"))
        self.central = None
        self.desks = []
        tips = AutoTips(None) if auto_tips else None
        self.partners = Partners(self.data / "partners.json", 0, tips)
        # A port of our own, kept over restarts of the service.
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.service = f"http://127.0.0.1:{self.port}"
        if tips is not None:
            tips.service = self.service
            tips.partners = self.partners

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        for desk in self.desks:
            if desk.poll() is None:
                desk.terminate()
                desk.wait()
        self.stop_service()
        self.partners.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def accounts(self):
        rows = json.loads((self.data / "accounts.json").read_text())["accounts"]
        return [(row["account"], row["role"]) for row in rows]

    def account(self, role):
        rows = json.loads((self.data / "accounts.json").read_text())["accounts"]
        return next(row for row in rows if row["role"] == role)

    def start_service(self):
        store = self.folder / "central.sqlite"
        command = [
            str(self.build / "src" / "central" / "reunion-central"),
            "--listen", f"127.0.0.1:{self.port}",
            "--store", str(store),
            "--partner-url", self.partners.url,
        ]
        if not store.exists():
            command += ["--sample", str(self.data)]
        log = open(self.folder / "central.log", "ab")
        self.central = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log)
        line = self.central.stdout.readline().decode()
        if not line.startswith("Listening on "):
            self.central.wait()
            raise RuntimeError(
                "the central service did not start: "
                + (self.folder / "central.log").read_text(errors="replace"))

    def stop_service(self, how=signal.SIGTERM):
        if self.central is not None:
            self.central.send_signal(how)
            self.central.wait()
            self.central = None

    def desk_command(self, role, name=None):
        """The command that opens a desk as the sample account of @role."""
        name = name or role
        account = self.account(role)
        password = self.folder / f"{name}.password"
        if not password.exists():
            with open(os.open(password, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
                file.write(account["password"] + "\n")
        return [
            str(self.build / "src" / "desk" / "reunion-station"),
            "--service", self.service,
            "--account", account["account"],
            "--password-file", str(password),
            "--data-dir", str(self.folder / name),
        ]

    def desk_environment(self):
        environment = {
            "REUNION_LOCALEDIR": str(self.build / "po"),
            "REUNION_BASEMAP": str(self.root / "data" / "basemap" / "basemap.sqlite"),
            "TZ": "Asia/Shanghai",
        }
        if self.locale is not None:
            environment.update(self.language_environment())
        return environment

    def language_environment(self):
        """What makes a program speak the language of the locale. gettext asks LANGUAGE
        only where a locale other than C is in force, so one is made if need be."""
        name = f"{self.locale}.UTF-8"
        environment = {"LANGUAGE": self.locale, "LC_ALL": name}
        installed = subprocess.run(["locale", "-a"], capture_output=True, text=True).stdout
        if f"{self.locale}.utf8" in installed.split():
            return environment
        locales = self.folder / "locales"
        if not (locales / name).exists():
            locales.mkdir(exist_ok=True)
            subprocess.run(
                ["localedef", "-i", self.locale, "-f", "UTF-8", str(locales / name)], check=True)
        environment["LOCPATH"] = str(locales)
        return environment

    def start_desk(self, role, name=None):
        desk = subprocess.Popen(self.desk_command(role, name),
                                env=dict(os.environ, **self.desk_environment()))
        self.desks.append(desk)
        return desk

    def signed_in(self, role):
        """A plain HTTP caller with a token of the account of @role."""
        return Caller(self.service, self.account(role))


class Caller:
    """Asks the service directly, to compare with what the window shows."""

    def __init__(self, service, account):
        self.service = service
        self.account = account
        self.sign_in()

    token = None

    def sign_in(self):
        self.token = None
        self.token = self.send("POST", "/v1/sessions", {
            "account": self.account["account"], "password": self.account["password"]})["token"]

    def call(self, method, path, body=None):
        """The answer; a token that has run out meanwhile is got anew."""
        try:
            return self.send(method, path, body)
        except urllib.error.HTTPError as error:
            if error.code != 401:
                raise
            self.sign_in()
            return self.send(method, path, body)

    def send(self, method, path, body=None):
        headers = {"Content-Type": "application/json"}
        if self.token is not None:
            headers["Authorization"] = "Bearer " + self.token
        request = urllib.request.Request(
            self.service + path, method=method, headers=headers,
            data=json.dumps(body).encode() if body is not None else None)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def cases(self):
        """Every case that the account may see, as it now stands."""
        cases, after = {}, 0
        while True:
            page = self.call("GET", f"/v1/changes?after={after}&limit=1000")
            for change in page["changes"]:
                if "case" in change:
                    cases[change["case"]["id"]] = change["case"]
            if page["next"] == after:
                return cases
            after = page["next"]

    def wait_for_case(self, predicate, timeout_s=30):
        end = time.monotonic() + timeout_s
        while time.monotonic() < end:
            for case in self.cases().values():
                if predicate(case):
                    return case
            time.sleep(0.1)
        return None
