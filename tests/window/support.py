"""A screen of its own with a window manager, and one window on it, driven as a user drives it.

Nothing waits for a fixed time: `until` asks again until the answer is yes, for half a minute at most.
"""

import atexit
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zlib

from Xlib import X, display

LOG = (
    "npm error code E403\n"
    "npm error 403 403 Forbidden - PUT https://registry.acme.example/my-utils"
    " - You cannot publish over the previously published versions: 1.0.2."
)
VERDICT = "This version is already published"
PATIENCE = 30.0

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={path}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""


def fail(why):
    print(f"  {why}", file=sys.stderr)
    sys.exit(1)


def until(what, ask, patience=PATIENCE):
    """Asks again until the answer is true, and gives it."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.03)
    fail(f"waited in vain for this: {what}")


class Stage:
    """A screen, a window manager, a home folder, and a private message bus if the story needs one."""

    def __init__(self, bus=False, screen="1600x1000x24"):
        self.story = pathlib.Path(sys.argv[0]).stem
        self.binary, self.pictures = sys.argv[1:3]
        self.home = tempfile.mkdtemp(prefix="unforbid-window-")
        self.started = []
        atexit.register(self.close)
        self.env = {
            name: value
            for name, value in os.environ.items()
            if name not in ("WAYLAND_DISPLAY", "WAYLAND_SOCKET", "AT_SPI_BUS_ADDRESS", "UNFORBID_HOME")
        }
        self.env.update(
            HOME=self.home,
            UNFORBID_HOME=os.path.join(self.home, "unforbid"),
            XDG_RUNTIME_DIR=self.home,
            LIBGL_ALWAYS_SOFTWARE="1",
            # The accessibility bus keeps its switches there, and a home without a settings service loses them.
            GSETTINGS_BACKEND="memory",
            # Without a bus of its own no story may find one.
            DBUS_SESSION_BUS_ADDRESS="unix:path=" + os.path.join(self.home, "bus"),
        )
        os.chmod(self.home, 0o700)
        reading, writing = os.pipe()
        self.spawn("Xvfb", "-displayfd", str(writing), "-screen", "0", screen, "+extension", "GLX", pass_fds=[writing])
        os.close(writing)
        with os.fdopen(reading) as number:
            self.env["DISPLAY"] = ":" + (number.readline().strip() or fail("Xvfb does not start"))
        self.x = display.Display(self.env["DISPLAY"])
        self.x.set_error_handler(lambda *_: None)
        self.root = self.x.screen().root
        self.screen = (self.x.screen().width_in_pixels, self.x.screen().height_in_pixels)
        if bus:
            self.bus()
        self.spawn("openbox")
        until("a window manager", lambda: self.property(self.root, "_NET_SUPPORTING_WM_CHECK"))

    def bus(self):
        path = os.path.join(self.home, "bus")
        config = self.file("bus.conf", BUS.format(path=path))
        self.spawn("dbus-daemon", "--nofork", "--config-file", config)
        until("a message bus", lambda: os.path.exists(path))

    def spawn(self, *command, **more):
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(command, env=self.env, cwd=self.home, **{**quiet, **more})
        self.started.append(process)
        return process

    def run(self, *command, **more):
        return subprocess.run(command, env=self.env, cwd=self.home, check=True, **more)

    def file(self, name, text):
        path = os.path.join(self.home, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def property(self, window, name):
        found = window.get_full_property(self.x.intern_atom(name), X.AnyPropertyType)
        return found.value if found else None

    def clipboard(self):
        """What stands on the clipboard; nothing if nobody owns it yet."""
        read = subprocess.run(
            ["xclip", "-selection", "clipboard", "-out"], env=self.env, capture_output=True, timeout=20, check=False
        )
        return read.stdout.decode("utf-8", "replace")

    def set_clipboard(self, text):
        self.run("xclip", "-selection", "clipboard", "-in", input=text.encode(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until("the clipboard", lambda: self.clipboard() == text)

    def saw(self, what):
        print(f"{self.story}: {what}", flush=True)

    def close(self):
        for process in reversed(self.started):
            if process.poll() is None:
                process.terminate()
        for process in reversed(self.started):
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self.home, ignore_errors=True)


class Window:
    """The program's window, shown, sized and with the keyboard."""

    def __init__(self, stage, *arguments, size=(1280, 800), before=()):
        self.stage = stage
        self.said = os.path.join(stage.home, "said")
        with open(self.said, "wb") as said:
            command = [*before, stage.binary, *arguments]
            self.process = stage.spawn(*command, stdout=said, stderr=said)
        self.window = until("the window", self.find)
        self.id = str(self.window.id)
        # A pointer in the middle of the screen would rest on something and bring up its tooltip.
        stage.run("xdotool", "mousemove", str(stage.screen[0] - 1), str(stage.screen[1] - 1))
        stage.run("xdotool", "windowsize", "--sync", self.id, str(size[0]), str(size[1]))
        until("the keyboard", self.take_keyboard)
        until("something drawn", lambda: len(set(self.pixels()[2])) > 1)
        self.settle()

    def find(self):
        """The window manager's list holds only what is shown; the toolkit makes helpers that are not."""
        if self.process.poll() is not None:
            with open(self.said, encoding="utf-8", errors="replace") as said:
                fail(f"the window has gone: {said.read()}")
        for number in self.stage.property(self.stage.root, "_NET_CLIENT_LIST") or ():
            window = self.stage.x.create_resource_object("window", number)
            if "unforbid" in (window.get_wm_class() or ()):
                return window
        return None

    def take_keyboard(self):
        subprocess.run(["xdotool", "windowactivate", self.id], env=self.stage.env, capture_output=True, check=False)
        active = self.stage.property(self.stage.root, "_NET_ACTIVE_WINDOW")
        return active is not None and active[0] == self.window.id

    def title(self):
        name = self.stage.property(self.window, "_NET_WM_NAME")
        return name.decode() if name else ""

    def titled(self, title):
        until(f"the title {title!r}; it is {self.title()!r}", lambda: self.title() == title)

    def key(self, *keys):
        self.stage.run("xdotool", "key", "--clearmodifiers", *keys)

    def type(self, text):
        self.stage.run("xdotool", "type", "--clearmodifiers", "--delay", "20", text)

    def pixels(self):
        """Width, height, and four bytes for each pixel."""
        about = self.window.get_geometry()
        image = self.window.get_image(0, 0, about.width, about.height, X.ZPixmap, 0xFFFFFFFF)
        return about.width, about.height, image.data

    def settle(self):
        """Until the picture stays the same; gives it."""
        last = [None, time.monotonic()]

        def same():
            now = self.pixels()
            if now != last[0]:
                last[:] = [now, time.monotonic()]
            return time.monotonic() - last[1] > 0.4

        until("the window to come to rest", same)
        return last[0]

    def changes(self, what, do):
        """Does something that must change the picture, and waits until it has."""
        before = self.settle()
        do()
        until(what, lambda: self.pixels() != before)
        return self.settle()

    def picture(self, name):
        width, height, data = self.settle()
        rows = bytearray()
        for row in range(height):
            line = data[row * width * 4 : (row + 1) * width * 4]
            rgb = bytearray(width * 3)
            rgb[0::3], rgb[1::3], rgb[2::3] = line[2::4], line[1::4], line[0::4]
            rows += b"\0" + rgb

        def chunk(kind, body):
            return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

        header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(rows)))
        with open(os.path.join(self.stage.pictures, f"{self.stage.story}-{name}.png"), "wb") as file:
            file.write(png + chunk(b"IEND", b""))

    def quit(self):
        """Closes it with the keyboard; gives its exit code."""
        self.key("ctrl+q")
        return until("the end of the program", lambda: self.process.poll() is not None and [self.process.returncode])[0]

    def open_log(self, name="my-utils.log"):
        """For stories that begin with an answer: gives the title it has then."""
        self.titled(f"{name} - Unforbid")
        self.settle()
