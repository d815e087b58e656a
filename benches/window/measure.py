"""What benches/window.sh measures, seen from outside: the X server tells of everything that is drawn.

The program under measurement is the one that is shipped; nothing in it counts or traces. A frame is one damage of the
screen, CPU time is what the system has booked for the process, and memory is its resident set.
"""

import os
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from Xlib import X, XK, display
from Xlib.ext import damage, xtest

STARTS = int(os.environ.get("STARTS", "11"))
PATIENCE = 60.0
TICK = 1.0 / os.sysconf("SC_CLK_TCK")

screen = display.Display()
root = screen.screen().root


def fail(why):
    print(f"window: {why}", file=sys.stderr)
    sys.exit(2)


class Program:
    """A started window. `first` is how long it took until its first frame was on the screen."""

    def __init__(self, *command):
        drain()
        self.title = None
        self.window = None
        self.home = tempfile.mkdtemp(prefix="unforbid-figures-")
        env = {**os.environ, "UNFORBID_HOME": self.home}
        self.began = time.monotonic()
        null = subprocess.DEVNULL
        self.process = subprocess.Popen(command, env=env, stdin=null, stdout=null, stderr=null)
        self.first = self.wait(lambda kind: kind == "frame" and is_drawn()) - self.began

    def wait(self, done):
        """Until `done` says so of what the screen tells; returns when that was."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for kind in self.events(until):
                if done(kind):
                    return time.monotonic()
            if self.process.poll() is not None:
                fail("the window has gone")
        fail("what was waited for did not come")

    def events(self, until):
        """What the screen tells next: frames, and new titles."""
        if not screen.pending_events():
            select.select([screen.fileno()], [], [], max(0.0, min(until - time.monotonic(), 0.2)))
        for _ in range(screen.pending_events()):
            event = screen.next_event()
            if event.type == X.CreateNotify and event.parent == root:
                # The toolkit makes small helpers as well; the window is the one that is shown.
                event.window.change_attributes(event_mask=X.PropertyChangeMask)
            elif event.type == X.MapNotify:
                self.window = event.window
            elif event.type == X.PropertyNotify and self.window and event.window == self.window:
                name = self.window.get_full_text_property(screen.intern_atom("_NET_WM_NAME"))
                if name and name != self.title:
                    self.title = name
                    yield "title"
            elif event.type == screen.extension_event.DamageNotify:
                yield "frame"

    def settle(self, still=0.5):
        """Until nothing has been drawn for a while."""
        quiet = time.monotonic() + still
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < quiet:
            if time.monotonic() > limit:
                fail("the window does not come to rest")
            for kind in self.events(quiet):
                if kind == "frame":
                    quiet = time.monotonic() + still

    def frames(self, seconds):
        """How many frames are drawn in this time."""
        until = time.monotonic() + seconds
        count = 0
        while time.monotonic() < until:
            count += sum(kind == "frame" for kind in self.events(until))
        return count

    def focus(self):
        self.window.set_input_focus(X.RevertToParent, X.CurrentTime)
        screen.sync()
        self.settle()

    def key(self, *names):
        codes = [screen.keysym_to_keycode(XK.string_to_keysym(name)) for name in names]
        for code in codes:
            xtest.fake_input(screen, X.KeyPress, code)
        for code in reversed(codes):
            xtest.fake_input(screen, X.KeyRelease, code)
        screen.sync()

    def wheel(self, x, y):
        xtest.fake_input(screen, X.MotionNotify, x=x, y=y)
        screen.sync()

        def turn():
            xtest.fake_input(screen, X.ButtonPress, 5)
            xtest.fake_input(screen, X.ButtonRelease, 5)
            screen.sync()

        return turn

    def cpu(self):
        """CPU seconds so far: of the whole process, and of its own thread, without the software renderer's."""
        task = f"/proc/{self.process.pid}/task"
        threads = {int(thread): booked(f"{task}/{thread}/stat") for thread in os.listdir(task)}
        return booked(f"/proc/{self.process.pid}/stat"), threads[self.process.pid]

    def worked(self):
        """CPU seconds so far, without the software renderer's threads; those that have ended count."""
        task = f"/proc/{self.process.pid}/task"
        drawn = 0.0
        for thread in os.listdir(task):
            with open(f"{task}/{thread}/comm", encoding="utf-8") as comm:
                if comm.read().startswith("llvmpipe"):
                    drawn += booked(f"{task}/{thread}/stat")
        return booked(f"/proc/{self.process.pid}/stat") - drawn

    def resident(self):
        """Megabytes that are in memory and belong to this process alone."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            fields = dict(line.split(":", 1) for line in status)
        return int(fields["VmRSS"].split()[0]) / 1024

    def close(self):
        self.process.kill()
        self.process.wait()
        # The next one must not see this one going.
        window = self.window
        while window and window.id in {child.id for child in root.query_tree().children}:
            time.sleep(0.01)
        shutil.rmtree(self.home, ignore_errors=True)


def booked(stat):
    with open(stat, encoding="utf-8", errors="replace") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * TICK


def drain():
    screen.sync()
    for _ in range(screen.pending_events()):
        screen.next_event()


def is_drawn():
    """Whether anything but the black screen is there."""
    pixels = root.get_image(40, 28, 8, 8, X.ZPixmap, 0xFFFFFF).data
    return any(pixels[at] for at in range(len(pixels)) if at % 4 != 3)


def log_of(megabytes, folder):
    """A log of so many megabytes, as npm writes them, with a refusal at the end."""
    path = os.path.join(folder, f"{megabytes}-mb.log")
    size = megabytes * 1_000_000
    end = (
        "npm error code E403\n"
        "npm error 403 403 Forbidden - PUT https://registry.acme.example/my-utils"
        " - You cannot publish over the previously published versions: 1.0.2.\n"
    )
    with open(path, "w", encoding="ascii") as log:
        written = number = 0
        while written < size - len(end):
            line = (
                f"npm http fetch GET 200 https://registry.acme.example/package-{number % 977}"
                f"/-/package-{number % 977}-1.{number % 31}.0.tgz {number % 883}ms (cache miss)\n"
            )
            written += log.write(line)
            number += 1
        log.write(end)
    return path


def starts(ours, empty):
    """The medians of the times to the first frame, started in turns."""
    times = {ours: [], empty: []}
    for _ in range(STARTS):
        for command in (ours, empty):
            program = Program(command)
            times[command].append(program.first)
            program.close()
    return statistics.median(times[ours]), statistics.median(times[empty])


def idle(command, *log):
    """Frames and CPU seconds in five seconds without any input."""
    program = Program(command, *log)
    if log:
        program.wait(lambda _: program.title and "Unforbid" in program.title and " - " in program.title)
    program.settle(2.0)
    before = program.cpu()[0]
    frames = program.frames(5.0)
    used = program.cpu()[0] - before
    program.close()
    return frames, used


def scrolling(command, *log, page=False):
    """CPU milliseconds for each frame while turning the wheel over the log: of all threads, and of the window's own."""
    program = Program(command, *log)
    if log:
        program.wait(lambda _: program.title and " - " in program.title)
    program.settle()
    program.focus()
    turn = program.wheel(300, 400)
    program.settle()
    frames, before = 0, program.cpu()
    until = time.monotonic() + 6.0
    while time.monotonic() < until:
        program.key("Prior") if page else turn()
        frames += program.frames(0.02)
    after = program.cpu()
    program.close()
    if frames < 50:
        fail(f"only {frames} frames were drawn while scrolling")
    return frames, *((a - b) * 1000 / frames for a, b in zip(after, before))


def paste(command, log):
    """Seconds from the key press to the frame with the verdict, the clipboard's way included; and memory then."""
    program = Program(command)
    program.settle()
    program.focus()
    clip = subprocess.Popen(["xclip", "-selection", "clipboard", "-in", "-quiet", log], stderr=subprocess.DEVNULL)
    while screen.get_selection_owner(screen.intern_atom("CLIPBOARD")) == X.NONE:
        time.sleep(0.01)
    began = time.monotonic()
    subprocess.run(["xclip", "-selection", "clipboard", "-out"], stdout=subprocess.DEVNULL, check=True)
    carried = time.monotonic() - began
    began, before = time.monotonic(), program.worked()
    program.key("Control_L", "v")
    program.wait(lambda kind: kind == "title" and " - " in program.title)
    took = program.wait(lambda kind: kind == "frame") - began
    worked = program.worked() - before
    program.settle(2.0)
    memory = program.resident()
    clip.kill()
    clip.wait()
    program.close()
    return took, worked, carried, memory


def opened(command, log):
    """Seconds from the first frame to the one with the verdict of a file, and memory then."""
    program = Program(command, log)
    began = program.began + program.first
    if not (program.title and " - " in program.title):
        program.wait(lambda kind: kind == "title" and " - " in program.title)
    took = time.monotonic() - began
    program.settle(2.0)
    memory = program.resident()
    program.close()
    return took, memory


def resident(command):
    program = Program(command)
    program.settle(2.0)
    memory = program.resident()
    program.close()
    return memory


def main():
    ours, empty = sys.argv[1:3]
    # A window that has gone cannot be asked any more, and need not be.
    screen.set_error_handler(lambda *_: None)
    screen.damage_query_version()
    root.change_attributes(event_mask=X.SubstructureNotifyMask)
    root.damage_create(damage.DamageReportRawRectangles)
    folder = tempfile.mkdtemp(prefix="unforbid-figures-")
    missed = []

    def row(figure, value, target, met):
        print(f"{figure:<58} {value:>22}  {target:<18} {'' if met is None else 'met' if met else 'NOT MET'}", flush=True)
        if met is False:
            missed.append(figure)

    row("figure", "seen", "target", None)
    mine, bare = starts(ours, empty)
    row(f"first frame, median of {STARTS} starts (empty: {bare * 1000:.0f} ms)", f"{mine * 1000:.0f} ms", "", None)
    row("  over the empty window", f"{mine / bare:.2f}", "at most 1.3", mine / bare <= 1.3)

    ten, hundred = log_of(10, folder), log_of(100, folder)
    for name, log in (("start screen", ()), ("a log of 10 MB", (ten,))):
        frames, used = idle(ours, *log)
        row(f"idle for 5 s, {name}: frames", str(frames), "0", frames == 0)
        row("  CPU time", f"{used * 1000:.0f} ms", "at most 20 ms", used <= 0.02)

    frames, everything, own = scrolling(ours, hundred)
    bare_frames, bare_everything, bare_own = scrolling(empty)
    row(f"wheel over 100 MB, window's thread, of {frames} frames", f"{own:.1f} ms a frame", "at most 4 ms", own <= 4.0)
    row("  with the software renderer's threads", f"{everything:.1f} ms a frame", "", None)
    row(f"  the empty window, of {bare_frames} frames", f"{bare_own:.1f} / {bare_everything:.1f} ms", "", None)

    took, worked, carried, pasted = paste(ours, ten)
    row("paste of 10 MB, key press to verdict on the screen", f"{took * 1000:.0f} ms", "at most 300 ms", took <= 0.3)
    row("  CPU time of that, without the software renderer", f"{worked * 1000:.0f} ms", "", None)
    row("  the clipboard's way alone, xclip to xclip", f"{carried * 1000:.0f} ms", "", None)
    took, read = opened(ours, ten)
    row("file of 10 MB, first frame to verdict", f"{took * 1000:.0f} ms", "", None)

    base, bare = resident(ours), resident(empty)
    row("memory of the empty window", f"{bare:.0f} MB", "", None)
    row("memory of the start screen, over the empty window", f"{base - bare:.0f} MB", "", None)
    for name, memory in (("opened", read), ("pasted", pasted)):
        over = memory - bare
        row(f"memory with 10 MB {name}, over the empty window", f"{over:.0f} MB", "at most 60 MB", over <= 60)
    shutil.rmtree(folder)
    sys.exit(1 if missed else 0)


main()
