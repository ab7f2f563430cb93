"""Records what an earlier version left behind: `python -m tests.upgrade.record COMMIT`, before each release.

The code of that commit answers questions, takes votes and a message of a chat, in a work tree of its own and
with the packages of today. What must survive in its DATA_DIR, its index, and what it has acknowledged are
packed beside this file.
"""

import hashlib
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TOKEN = "recorded-token"  # noqa: S105  # of nobody
QUESTIONS = ("厦门高级社会工作师奖金是多少", "宁夏五社联动是什么", "红烧肉怎么做")

PACKED = ("acknowledged.json", "documents", "duties", "index", "looks.json", "records.", "secret.key")
"""What names in DATA_DIR begin with. Compiled dictionaries and tables are large, and made anew anyway."""

ANSWERING = """
import json, sys
from webhook import create_app
client = create_app().test_client()
told = {"answers": {}, "message": sys.argv[2]}
for question in json.loads(sys.argv[1]):
    answer = client.post("/api/v1/ask", json={"question": question}).get_json()
    told["answers"][answer["answer_id"]] = answer["status"]
    client.post("/api/v1/feedback", json={"answer_id": answer["answer_id"], "helpful": True})
reply = client.post(sys.argv[3], data=sys.argv[2].encode(), content_type="text/xml")
told["reply"] = reply.get_data(as_text=True)
print(json.dumps(told))
"""
"""Run by the code of then."""


def signed_path(token: str = TOKEN) -> str:
    """Where a message is delivered, signed at this moment."""
    now = str(int(time.time()))
    signature = hashlib.sha1("".join(sorted((token, now, "1"))).encode()).hexdigest()  # noqa: S324  # theirs
    return f"/wechat?signature={signature}&timestamp={now}&nonce=1"


def record(commit: str) -> Path:
    """Packs what a commit leaves behind; the file."""
    name = _git("log", "-1", "--format=%cs-%h", commit)
    message = (
        "<xml><ToUserName>gh_recorded</ToUserName><FromUserName>oRecorded</FromUserName>"
        f"<CreateTime>{int(time.time())}</CreateTime><MsgType>text</MsgType>"
        f"<Content>{QUESTIONS[0]}</Content><MsgId>1</MsgId></xml>"
    )
    with tempfile.TemporaryDirectory() as folder:
        tree, data = Path(folder, "tree"), Path(folder, "data")
        _git("worktree", "add", "--detach", str(tree), commit)
        try:
            env = os.environ | {"DATA_DIR": str(data), "WECHAT_TOKEN": TOKEN, "PYTHONPATH": str(tree)}
            command = [sys.executable, "-c", ANSWERING, json.dumps(QUESTIONS), message, signed_path()]
            told = subprocess.run(command, cwd=tree, env=env, check=True, stdout=subprocess.PIPE).stdout
            (data / "acknowledged.json").write_bytes(told)
        finally:
            _git("worktree", "remove", "--force", str(tree))
        packed = HERE / f"{name}.tar.xz"
        with tarfile.open(packed, "w:xz") as tar:
            for path in sorted(data.iterdir()):
                if path.name.startswith(PACKED):
                    tar.add(path, path.name)
    return packed


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip()


if __name__ == "__main__":
    print(record(sys.argv[1]))  # noqa: T201  # for whoever commits it
