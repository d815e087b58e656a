"""Text is found in the log with the keyboard alone, and F3 goes on to the next place."""

import re

from reader import Reader
from support import LOG, Stage, Window, fail, until

stage = Stage(bus=True)
reader = Reader(stage)
log = LOG + "\nnpm verbose one needle\nnpm verbose nothing\nnpm verbose another needle\n"
stage.window = window = Window(stage, stage.file("needles.log", log))
window.open_log("needles.log")


def place(number):
    """The place that is shown, as it is told: `1 of 2` in whatever words."""
    told = [name for role, name, _, _ in reader.nodes() if re.search(rf"\b{number}\b\D+\b2\b", name)]
    return [name for name in told if "needle" not in name or len(name) < 60]


window.changes("the field", lambda: window.key("ctrl+f"))
focus = until("the keyboard in a field", lambda: [now for now in [reader.focused()] if now and now[0] in ("entry", "text")])
window.changes("the word", lambda: window.type("needle"))
until("the word in the field", lambda: (reader.focused() or ("", "", ""))[2] == "needle")
first = until("the first of two places", lambda: place(1))[0]
window.picture("first")
window.changes("the next place", lambda: window.key("F3"))
second = until("the second of two places", lambda: place(2))[0]
window.picture("second")
window.changes("no field", lambda: window.key("Escape"))
window.titled("needles.log - Unforbid")
if not focus[0][1]:
    fail("the field has no name")
stage.saw(f"in the field {focus[0][1]!r} 'needle' is found: {first!r}, then {second!r}")
