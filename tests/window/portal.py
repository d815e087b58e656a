"""Stands in for the desktop's portal: every dialog that is asked for is answered with one file.

usage: portal.py FILE    says `ready`, then one line for each dialog
"""

import sys

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

PORTAL = "org.freedesktop.portal.Desktop"
REQUEST = "org.freedesktop.portal.Request"


class Request(dbus.service.Object):
    @dbus.service.signal(REQUEST, signature="ua{sv}")
    def Response(self, response, results):
        pass

    @dbus.service.method(REQUEST)
    def Close(self):
        pass


class Portal(dbus.service.Object):
    @dbus.service.method(
        "org.freedesktop.portal.FileChooser", in_signature="ssa{sv}", out_signature="o", sender_keyword="sender"
    )
    def OpenFile(self, _parent, title, options, sender=None):
        caller = sender[1:].replace(".", "_")
        path = f"/org/freedesktop/portal/desktop/request/{caller}/{options.get('handle_token', 't')}"
        request = Request(bus, path)
        uri = GLib.filename_to_uri(sys.argv[1])
        results = dbus.Dictionary({"uris": dbus.Array([uri], signature="s")}, signature="sv")

        # Nobody chooses in no time: a reader that waits for more before it looks would miss such an answer.
        def answer():
            request.Response(dbus.UInt32(0), results)
            request.remove_from_connection()
            return False

        GLib.timeout_add(300, answer)
        print(f"dialog {title}", flush=True)
        return dbus.ObjectPath(path)

    @dbus.service.method(dbus.PROPERTIES_IFACE, in_signature="ss", out_signature="v")
    def Get(self, _interface, _name):
        return dbus.UInt32(4)


DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
name = dbus.service.BusName(PORTAL, bus)
portal = Portal(bus, "/org/freedesktop/portal/desktop")
print("ready", flush=True)
GLib.MainLoop().run()
