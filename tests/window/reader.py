"""What assistive technology is told: the tree of a window, through AT-SPI on a bus of its own."""

import os
import re

from support import until

ROLES_WITH_NAMES = {
    "push button", "toggle button", "check box", "radio button", "entry", "text", "link", "list item", "menu item",
    "page tab", "combo box", "slider", "heading",
}
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")


class Reader:
    """A screen reader that only looks. Make it before the window, so that the window knows that somebody listens."""

    def __init__(self, stage):
        self.stage = stage
        stage.spawn("/usr/libexec/at-spi-bus-launcher", "--launch-immediately")
        os.environ.update(stage.env)
        import dbus

        session = dbus.SessionBus()
        until("the accessibility bus", lambda: session.name_has_owner("org.a11y.Bus"))
        bus = session.get_object("org.a11y.Bus", "/org/a11y/bus")
        properties = dbus.Interface(bus, dbus.PROPERTIES_IFACE)
        for switch in ("IsEnabled", "ScreenReaderEnabled"):
            properties.Set("org.a11y.Status", switch, dbus.Boolean(True))
        import gi

        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, GLib

        self.atspi, self.error = Atspi, GLib.Error
        Atspi.init()

    def frame(self):
        """The window, once it has told of itself."""
        return until("the window in the accessibility tree", self.find_frame)

    def find_frame(self):
        desktop = self.atspi.get_desktop(0)
        for at in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(at)
            if application is None or application.get_process_id() != self.window_id():
                continue
            for child in range(application.get_child_count()):
                frame = application.get_child_at_index(child)
                if frame is not None and frame.get_role_name() in ("frame", "window"):
                    return frame
        return None

    def window_id(self):
        return self.stage.window.process.pid

    def nodes(self):
        """Role, name, text and node of everything there is, in reading order. A tree that changes meanwhile is
        looked at once more."""
        return until("a whole tree", self.try_nodes)

    def try_nodes(self):
        found = []

        def walk(node):
            self.atspi.Accessible.clear_cache(node)
            text = ""
            if node.get_text_iface() is not None:
                text = self.atspi.Text.get_text(node, 0, -1) or ""
            found.append((node.get_role_name(), node.get_name() or "", text, node))
            for at in range(node.get_child_count()):
                child = node.get_child_at_index(at)
                if child is not None:
                    walk(child)

        try:
            walk(self.frame())
        except self.error:
            return None
        return found

    def focused(self):
        """Role and text of what has the keyboard."""
        for role, name, text, node in self.nodes():
            try:
                if node.get_state_set().contains(self.atspi.StateType.FOCUSED) and role not in ("frame", "window"):
                    return role, name, text
            except self.error:
                return None
        return None


def faults(nodes):
    """What a screen reader would stumble over."""
    for role, name, text, _ in nodes:
        if role in ROLES_WITH_NAMES and not (name.strip() or role == "text" and text.strip()):
            yield f"a {role} without a name"
        if PRIVATE.search(name) or PRIVATE.search(text):
            yield f"an icon is spelled out in the {role} {name!r}"
