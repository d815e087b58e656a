"""A file is dragged over the window, and away again; then it is dropped."""

import threading

from Xlib import X, display
from Xlib.error import ConnectionClosedError
from Xlib.protocol import event

from support import LOG, Stage, Window, fail, until

stage = Stage()
path = stage.file("dropped here.log", LOG)
window = Window(stage)


class Source:
    """Another program's window from which a file is dragged, as the XDND protocol says."""

    def __init__(self):
        self.x = display.Display(stage.env["DISPLAY"])
        self.x.set_error_handler(lambda *_: None)
        self.root = self.x.screen().root
        self.window = self.root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        self.target = self.x.create_resource_object("window", window.window.id)
        self.uris = self.x.intern_atom("text/uri-list")
        self.selection = self.x.intern_atom("XdndSelection")
        self.window.set_selection_owner(self.selection, X.CurrentTime)
        self.accepted = self.finished = False
        self.x.sync()
        threading.Thread(target=self.answer, daemon=True).start()

    def answer(self):
        """Hands the file's address over whenever it is asked for."""
        while True:
            try:
                said = self.x.next_event()
            except ConnectionClosedError:
                return
            if said.type == X.SelectionRequest:
                data = ("file://" + path.replace(" ", "%20") + "\r\n").encode()
                said.requestor.change_property(said.property, self.uris, 8, data)
                notice = event.SelectionNotify(
                    time=said.time,
                    requestor=said.requestor,
                    selection=said.selection,
                    target=said.target,
                    property=said.property,
                )
                said.requestor.send_event(notice)
                self.x.flush()
            elif said.type == X.ClientMessage:
                name = self.x.get_atom_name(said.client_type)
                if name == "XdndStatus":
                    self.accepted = bool(said.data[1][1] & 1)
                elif name == "XdndFinished":
                    self.finished = True

    def say(self, name, *data):
        data = [self.window.id, *data, 0, 0, 0, 0][:5]
        message = event.ClientMessage(window=self.target, client_type=self.x.intern_atom(name), data=(32, data))
        self.target.send_event(message)
        self.x.flush()

    def hover(self):
        self.say("XdndEnter", 5 << 24, self.uris)
        place = self.target.translate_coords(self.root, 0, 0)
        x, y = 640 - place.x, 400 - place.y
        copy = self.x.intern_atom("XdndActionCopy")
        self.say("XdndPosition", 0, (x << 16) | y, X.CurrentTime, copy)


def share(one, other):
    """How much of the window differs between two pictures; the cursor alone is next to nothing."""
    return sum(a != b for a, b in zip(one[2][::4], other[2][::4])) / (one[0] * one[1])


source = Source()
before = window.settle()
over = window.changes("the overlay", source.hover)
until("the window to accept the file", lambda: source.accepted)
window.picture("hover")
changed = share(before, over)
if changed < 0.3:
    fail(f"the overlay covers {changed:.0%} of the window")
window.changes("no overlay", lambda: source.say("XdndLeave"))
left = share(before, window.settle())
if left > 0.01:
    window.picture("left")
    fail(f"{left:.0%} of the window is not as before when the file has gone")
window.changes("the overlay again", source.hover)
source.say("XdndDrop", 0, X.CurrentTime)
window.titled("dropped here.log - Unforbid")
until("the end of the drag", lambda: source.finished)
window.picture("dropped")
stage.saw(f"the overlay covers {changed:.0%} while the file hovers and goes with it; dropped, it is read")
