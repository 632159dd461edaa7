"""A real Chromium without a window, driven through its own pipe (the DevTools protocol with
--remote-debugging-pipe): nothing but Debian's package is needed.

What the console says is kept, so that a test can fail on what the policy of content forbids.
"""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time

TIMEOUT_S = 60


class Fault(Exception):
    """What the browser says is wrong."""


class Chromium:
    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="reunion-chromium-")
        to_read, to_write = os.pipe()
        from_read, from_write = os.pipe()

        def give():
            # It reads from 3 and writes to 4. Higher first, for one may be the other.
            high_read, high_write = os.dup(to_read), os.dup(from_write)
            for kept in (high_read, high_write):
                assert kept > 4
            os.dup2(high_read, 3)
            os.dup2(high_write, 4)

        environment = dict(os.environ, HOME=self.profile, XDG_CACHE_HOME=self.profile,
                           XDG_CONFIG_HOME=self.profile)
        self.process = subprocess.Popen(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--no-first-run", "--disable-extensions", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--mute-audio",
             "--no-proxy-server", f"--user-data-dir={self.profile}", "--remote-debugging-pipe",
             "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=give, close_fds=False, env=environment)
        os.close(to_read)
        os.close(from_write)
        self.writer = os.fdopen(to_write, "wb", buffering=0)
        self.reader = os.fdopen(from_read, "rb")
        self.number = 0
        self.events = []
        self.buffer = b""

    def close(self):
        try:
            self.call("Browser.close")
        except (Fault, OSError, EOFError):
            self.process.kill()
        self.process.wait(TIMEOUT_S)
        self.writer.close()
        self.reader.close()
        shutil.rmtree(self.profile, ignore_errors=True)

    def read(self):
        while b"\0" not in self.buffer:
            piece = self.reader.read1(1 << 16)
            if not piece:
                raise EOFError("Chromium has ended")
            self.buffer += piece
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, session=None, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        self.writer.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise Fault(f"{method}: {answer['error']}")
                return answer.get("result", {})
            self.events.append(answer)

    def new_page(self, **options):
        return Page(self, **options)


class Page:
    """A window of @width and @height; everything in it that a test needs. @expected: a status
    of a page that is no fault, although the console takes it for one."""

    def __init__(self, browser, width=360, height=740, language="zh-CN", script=True, dark=False,
                 scale=1, position=None, expected=None):
        self.browser = browser
        self.context = browser.call("Target.createBrowserContext")["browserContextId"]
        target = browser.call("Target.createTarget", url="about:blank",
                              browserContextId=self.context)["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=target,
                                    flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "DOM"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=scale, mobile=width < 600)
        self.call("Emulation.setUserAgentOverride", userAgent="Test/1.0",
                  acceptLanguage=language)
        self.call("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        if position is not None:
            self.call("Browser.grantPermissions", permissions=["geolocation"],
                      browserContextId=self.context)
            self.call("Emulation.setGeolocationOverride", latitude=position[0],
                      longitude=position[1], accuracy=10)
        self.width = width
        self.expected = f"the server responded with a status of {expected} "
        self.said = []
        self.status = None

    def close(self):
        self.gather()
        self.browser.call("Target.disposeBrowserContext", browserContextId=self.context)

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def gather(self):
        """Sorts what came in: warnings and errors of the page, and its status."""
        self.browser.call("Browser.getVersion")
        kept = []
        for event in self.browser.events:
            if event.get("sessionId") != self.session:
                kept.append(event)
                continue
            method, parameters = event.get("method"), event.get("params", {})
            if method == "Log.entryAdded" and parameters["entry"]["level"] in ("warning", "error"):
                entry = parameters["entry"]
                if self.expected in entry["text"]:
                    continue
                self.said.append(f"{entry['source']}: {entry['text']} ({entry.get('url')})")
            elif method == "Runtime.exceptionThrown":
                self.said.append(f"exception: {parameters['exceptionDetails']}")
            elif method == "Runtime.consoleAPICalled" and parameters["type"] in ("warning", "error"):
                self.said.append(f"console: {parameters['args']}")
            elif method == "Network.responseReceived" and parameters["type"] == "Document":
                self.status = parameters["response"]["status"]
        self.browser.events = kept

    def wait_until(self, condition, what):
        end = time.monotonic() + TIMEOUT_S
        while not condition():
            if time.monotonic() > end:
                raise Fault(f"waited in vain: {what}")
            time.sleep(0.02)

    def is_loaded(self, old):
        """Whether another document than @old is there, with all of its pictures."""
        try:
            return self.run(
                "document.readyState === 'complete' && performance.timeOrigin") not in (False, old)
        except Fault:
            return False

    def load(self, action, what):
        old = self.run("performance.timeOrigin")
        action()
        self.wait_until(lambda: self.is_loaded(old), what)
        self.gather()

    def go(self, url):
        self.load(lambda: self.call("Page.navigate", url=url), url)

    def run(self, expression):
        """The value of @expression. Runs where no script of the page may, too."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            raise Fault(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def text(self, selector="main"):
        return self.run(f"(document.querySelector({json.dumps(selector)}) || {{}}).innerText")

    def value(self, selector):
        return self.run(f"document.querySelector({json.dumps(selector)}).value")

    def box(self, selector):
        """Middle and size of what is shown, after it was moved into sight."""
        found = self.run(f"""(() => {{
            const element = document.querySelector({json.dumps(selector)});
            if (!element) return null;
            element.scrollIntoView({{block: 'center', behavior: 'instant'}});
            const box = element.getBoundingClientRect();
            return [box.left, box.top, box.width, box.height];
        }})()""")
        if not found:
            raise Fault(f"nothing is {selector}")
        return found

    def click(self, selector, at=(0.5, 0.5)):
        """As a finger or a mouse does it, at a part of its width and height."""
        left, top, width, height = self.box(selector)
        x, y = left + width * at[0], top + height * at[1]
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def type(self, selector, text):
        self.click(selector)
        self.call("Input.insertText", text=text)

    def press_enter(self):
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter",
                      windowsVirtualKeyCode=13, text="\r" if kind == "keyDown" else "")

    def choose_file(self, selector, path):
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=[str(path)])

    def is_too_wide(self):
        """Whether one has to move sideways to read."""
        return self.run("document.documentElement.scrollWidth > innerWidth")

    def photograph(self, path, whole=True):
        height = self.run("Math.ceil(document.documentElement.getBoundingClientRect().height)")
        clip = {"x": 0, "y": 0, "width": self.width, "height": max(height, 1), "scale": 1}
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole,
                         **({"clip": clip} if whole else {}))["data"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(data))

    def print(self, path):
        data = self.call("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)["data"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(data))
