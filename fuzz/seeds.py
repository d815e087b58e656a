#!/usr/bin/env python3
"""Writes inputs to start from into corpus/: the examples of knowledge/, and bytes as terminals and CI agents leave them.

Hosts stay placeholders. Existing files stay, so that inputs that once failed are never lost.
"""

import hashlib
import json
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
KNOWLEDGE = HERE.parent / "knowledge"
ERROR = (
    "npm notice name: @acme/ui\nnpm notice version: 1.0.2\nnpm error code E403\n"
    "npm error 403 403 Forbidden - PUT https://{npm}/@acme%2fui - "
    "You cannot publish over the previously published versions: 1.0.2.\n"
)
ODD = [
    ERROR.replace("\n", "\r\n"),
    ERROR.replace("\n", "\r"),
    "\ufeff" + ERROR,
    "".join(f"2026-11-21T20:05:04.0000000Z {line}\n" for line in ERROR.splitlines()),
    "".join(f"#12 3.456 {line}\n" for line in ERROR.splitlines()),
    "".join(f"[20:05:04]W:\t [Step 1/2] {line}\n" for line in ERROR.splitlines()),
    "".join(f"job\tstep\t2026-11-21T20:05:04Z ##[error]{line}\n" for line in ERROR.splitlines()),
    "".join(json.dumps({"log": f"\x1b[31m{line}\x1b[0m\n", "stream": "stderr"}) + "\n" for line in ERROR.splitlines()),
    "".join(f"\u283c\x1b[1G\x1b[0K\x1b[31m{line}\x1b[39m\n" for line in ERROR.splitlines()),
    "\x1b]8;;https://yarnpkg.com/x\x07\u27a4 YN0035\x1b]8;;\x07: \u2502   Response Code: 403 (Forbidden)\n",
    "  \u00d7 Failed to publish package @acme/ui@2.2.0 (status 403 Forbidden):\n"
    "  \u2502 {\"error\":\"insufficient_scope\",\"scope\":\"api\"}\n  \u2502 https://gitlab.acme.example/api/\n  \u2502 v4/x\n",
    " > [build 3/4] RUN npm ci:\n3.456 npm error code E403\n4.000 npm error 403 403 Forbidden\n------\n",
    "Progress |\b/\b-\b\\\b done\r\x1b[2Knpm error code E403\x1b[10Cx\n",
    "npm error 403 \u202egnp\u202c \u200b \u00a0 \U000e0041 \u26a0\ufe0f 1\ufe0f\u20e3 \U0001f468\u200d\U0001f469 e\u0301\n",
    "NPM_TOKEN=abcdef Authorization: Bearer abcd.1234 https://ci:hunter2@r.example/?sig=aB1%2B&x=1\n",
    "//registry.acme.example/:_authToken=${NPM_TOKEN} npm_*** (protected) \u2039npm token #1\u203a\n",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIabcdefghijklmnop0123456789\nabcdefghijklmnop\n-----END RSA PRIVATE KEY-----\n",
    "x" * 75 + "NPM_T\nOKEN=aaaaaaaa11111111aaaaaaaa\n",
    "::add-mask::hunter2\n::error file=a.js::npm error code E403\n##vso[task.logissue type=error]npm error code E403\n",
    "",
]


def positives(entry):
    """The logs that an entry of any folder gives as examples."""
    examples = entry.get("examples", {})
    lists = examples.values() if isinstance(examples, dict) else [examples]
    for example in (one for some in lists for one in some):
        log = example.get("log", [])
        yield "\n".join(log if isinstance(log, list) else [log]) + "\n"


def keep(target, data):
    folder = HERE / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


def main():
    odd = [text.encode() for text in ODD]
    odd += [b"\xff\xfe" + ERROR.encode("utf-16-le"), b"\xfe\xff" + ERROR.encode("utf-16-be"), ERROR.encode("utf-16-le")]
    odd += [b"\x1f\x8b\x08\x00npm error", ERROR.encode()[:-3] + b"\xc3", b"npm error 403 caf\xe9 \x80\x9b31m\x00\n"]
    logs = [log.encode() for path in sorted(KNOWLEDGE.glob("*/*.json")) if path.parent.name != "schema"
            for log in positives(json.loads(path.read_text()))]
    for data in odd + logs:
        keep("parse", data)
    for data in odd + logs[::12]:
        keep("text", data)
    for kind in range(30):
        surroundings = [odd[kind % len(odd)], logs[kind * 7 % len(logs)][:200]]
        keep("redaction", bytes([kind, kind, kind // 5]) + b"\xff".join(part.replace(b"\xff", b"") for part in surroundings))


main()
