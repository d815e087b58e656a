"""A log is named on the command line, and the window is closed with the keyboard."""

from support import LOG, Stage, Window, fail

stage = Stage()
log = stage.file("my-utils.log", LOG)
window = Window(stage, log)
window.open_log()
window.picture("file")
window.changes("the start screen", lambda: window.key("Escape"))
window.titled("Unforbid")
window.picture("empty")
code = window.quit()
if code != 0:
    fail(f"Ctrl+Q ends with {code}")
stage.saw(f"{log.rsplit('/', 1)[1]!r} in the title, 'Unforbid' behind Esc, status {code} behind Ctrl+Q")
