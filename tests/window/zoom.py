"""Everything grows with the keyboard, and is as before behind Ctrl+0."""

from support import LOG, Stage, Window, fail

stage = Stage()
window = Window(stage, stage.file("my-utils.log", LOG))
window.open_log()


def bar():
    """How high the top bar is: the first column changes its colour where it ends."""
    width, height, data = window.settle()
    column = [data[row * width * 4 : row * width * 4 + 3] for row in range(height)]
    return next((row for row in range(1, height) if column[row] != column[0]), height)


before = bar()
window.picture("usual")
for _ in range(3):
    window.changes("a larger window", lambda: window.key("ctrl+plus"))
larger = bar()
window.picture("larger")
if larger < before * 1.2:
    fail(f"the bar was {before} pixels high and is {larger}")
window.changes("the usual size", lambda: window.key("ctrl+0"))
if bar() != before:
    fail(f"the bar was {before} pixels high and is {bar()} behind Ctrl+0")
stage.saw(f"the top bar grows from {before} to {larger} pixels and back")
