"""Where no window can be opened, one sentence says why and what else to do, and the status is 2."""

import os
import subprocess

from support import Stage, fail

stage = Stage()


def refused(what, part, *, without=(), **env):
    """Starts it in this environment; gives what it said."""
    around = {**stage.env, **env}
    for name in without:
        around.pop(name, None)
    done = subprocess.run(
        [stage.binary, stage.file("a.log", "npm error code E403\n")],
        env=around, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False, text=True,
    )
    said = done.stderr.strip()
    if done.returncode != 2:
        fail(f"{what}: status {done.returncode}, {said!r}")
    if done.stdout or "panicked" in said or ".rs:" in said or "diagnose" not in said or part not in said:
        fail(f"{what}: {said!r}")
    return said


def broken(*libraries):
    """A folder with these libraries, all empty: what the loader finds there it cannot load."""
    folder = os.path.join(stage.home, libraries[0])
    os.makedirs(folder)
    for library in libraries:
        with open(os.path.join(folder, library), "wb"):
            pass
    return folder


said = [
    refused("no display", "DISPLAY", without=["DISPLAY"]),
    refused("a display that nobody serves", "display", DISPLAY=":4711"),
    refused("no keyboard library", "library", LD_LIBRARY_PATH=broken("libxkbcommon-x11.so.0")),
    refused("no OpenGL", "OpenGL", LD_LIBRARY_PATH=broken("libGL.so.1", "libGL.so", "libEGL.so.1", "libEGL.so")),
]
stage.saw(f"{len(said)} refusals with status 2, the last: {said[-1]}")
