"""A log is chosen in the desktop's dialog; where there is none, its path is typed."""

import os
import subprocess
import sys

from support import LOG, Stage, Window, fail

stage = Stage(bus=True)
chosen, typed = stage.file("chosen.log", LOG), stage.file("typed.log", LOG)

here = os.path.dirname(os.path.abspath(__file__))
portal = stage.spawn(sys.executable, os.path.join(here, "portal.py"), chosen, stdout=subprocess.PIPE, text=True)
if portal.stdout.readline() != "ready\n":
    fail("the stand-in for the portal does not start")
window = Window(stage)
window.key("ctrl+o")
window.titled("chosen.log - Unforbid")
dialog = portal.stdout.readline().strip()
if dialog != "dialog Open a log":
    fail(f"the portal was asked for {dialog!r}")
window.picture("chosen")
window.quit()
portal.terminate()
portal.wait()

window = Window(stage)
window.changes("the field for a path", lambda: window.key("ctrl+o"))
window.picture("no-portal")
window.changes("the path", lambda: window.type(typed))
window.picture("path")
window.key("Return")
window.titled("typed.log - Unforbid")
stage.saw("the portal's dialog 'Open a log' gave chosen.log; without a portal typed.log was opened by its path")
