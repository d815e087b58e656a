"""A log comes in through the clipboard and a command goes out; meanwhile no socket to the network is made."""

import os

from support import LOG, Stage, Window, fail, until

COMMAND = "npm version patch"

stage = Stage()
sockets = os.path.join(stage.home, "sockets")
# -D leaves the window the child of this program, and the watcher beside it.
window = Window(stage, before=["strace", "-D", "-f", "-qq", "-e", "trace=socket", "-o", sockets])
stage.set_clipboard(LOG)
window.key("ctrl+v")
window.titled("Pasted text - Unforbid")
window.picture("pasted")


def copied():
    window.key("ctrl+shift+c")
    return stage.clipboard() == COMMAND


until("the command on the clipboard", copied)
# The sheet reads the configuration and shows what could be asked; nobody has agreed to anything.
window.changes("the sheet", lambda: window.key("ctrl+e"))
window.picture("sheet")
window.key("Escape")
window.settle()
if window.process.poll() is not None:
    fail("the window has gone")
with open(sockets, encoding="utf-8") as made:
    lines = made.readlines()
if not any("AF_UNIX" in line for line in lines):
    fail("the window's sockets were not watched")
if any("AF_INET" in line for line in lines):
    fail("the window has made a socket that nobody asked for")
stage.saw(f"pasted a log, copied back {stage.clipboard()!r}; {len(lines)} sockets, none to the network")
