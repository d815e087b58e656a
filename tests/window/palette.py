"""The palette carries out a command with the keyboard alone."""

from support import LOG, VERDICT, Stage, Window, fail, until

stage = Stage()
window = Window(stage, stage.file("my-utils.log", LOG))
window.open_log()
window.changes("the palette", lambda: window.key("ctrl+k"))
window.picture("all")
window.changes("the letters", lambda: window.type("crep"))
window.picture("letters")
stage.set_clipboard("before")
window.key("Return")
until("the report on the clipboard", lambda: VERDICT in stage.clipboard())
report = stage.clipboard()
if "my-utils" not in report:
    fail("the report does not name the package")
window.picture("done")
stage.saw(f"the letters 'crep' and Enter copied a report of {len(report.splitlines())} lines")
