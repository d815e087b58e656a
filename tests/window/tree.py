"""A screen reader finds everything: names, headings, the verdict, and no icons."""

import collections

from reader import Reader, faults
from support import LOG, VERDICT, Stage, Window, fail, until

stage = Stage(bus=True)
reader = Reader(stage)
stage.window = window = Window(stage)


def look(where):
    nodes = reader.nodes()
    found = list(faults(nodes))
    if found:
        tree = "\n".join(f"    {role}: {name!r} {text[:60]!r}" for role, name, text, _ in nodes)
        fail(f"{where}: {'; '.join(found)}\n{tree}")
    return nodes


def names(nodes, wanted):
    return [name for role, name, _, _ in nodes if role == wanted]


until("the buttons", lambda: names(reader.nodes(), "push button") or names(reader.nodes(), "button"))
nodes = look("start")
frame = reader.frame().get_name()
if frame != "Unforbid":
    fail(f"the window is called {frame!r}")
if not any(name.startswith("Why was it forbidden") for name in names(nodes, "heading")):
    fail(f"the start screen has the headings {names(nodes, 'heading')}")

stage.set_clipboard(LOG)
window.key("ctrl+v")
window.titled("Pasted text - Unforbid")


def announced():
    """The live text that is read out when it changes."""
    return [name for name in names(reader.nodes(), "status bar") + names(reader.nodes(), "status") if VERDICT in name]


spoken = until("the verdict to be announced", announced)[0]
nodes = look("result")
headings = names(nodes, "heading")
for heading in (VERDICT, "Fix it"):
    if heading not in headings:
        fail(f"{heading!r} is no heading; those are {headings}")
if reader.frame().get_name() != "Pasted text - Unforbid":
    fail(f"with a log in it the window is called {reader.frame().get_name()!r}")
counts = collections.Counter(role for role, _, _, _ in nodes)
screens = {"F1": "help", "ctrl+k": "palette", "ctrl+b": "library", "ctrl+h": "history", "ctrl+comma": "settings"}
for key, where in screens.items():
    window.changes(where, lambda: window.key(key))
    nodes = look(where)
    if where in ("help", "library") and not names(nodes, "heading"):
        fail(f"{where}: nothing is a heading")
    window.picture(where)
    window.changes(f"no {where}", lambda: window.key("Escape"))
many = ", ".join(f"{count} {role}" for role, count in sorted(counts.items()))
stage.saw(f"announced {spoken!r}; {many}; six screens without a nameless control or a spelled icon")
