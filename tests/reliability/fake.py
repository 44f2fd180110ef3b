"""A bot of a few lines that echoes, run as a process in the real one's place to try the instruments on.

``faithful`` keeps each update in SQLite until it was answered; the others each have one fault: ``doubling`` answers
every seventh twice, ``forgetful`` does not answer every seventh, ``hasty`` takes the newest first, ``careless``
confirms an update before anything is kept and holds it in memory.
"""

import json
import os
import sqlite3
import sys
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODE = sys.argv[1]
API = f"{os.environ['TELEGRAM_API_URL']}/bot{os.environ['TELEGRAM_BOT_TOKEN']}"
HOOK = os.environ.get("WEBHOOK_URL", "")
FILE = (
    os.environ["DATABASE_URL"].removeprefix("sqlite:///")
    if MODE != "careless"
    else "file:memory?mode=memory&cache=shared"
)
LEASE = 1.0
NEW = threading.Event()
HEAD = "not exists (select 1 from inbox j where j.chat = i.chat and j.id < i.id)" if MODE != "hasty" else "true"
CLAIM = f"""update inbox set until = ? where id = (select id from inbox i where until < ? and {HEAD}
order by id {"desc" if MODE == "hasty" else ""} limit 1) returning id, chat, text"""


def database() -> sqlite3.Connection:
    connection = sqlite3.connect(FILE, timeout=60, isolation_level=None, uri=FILE.startswith("file:"))
    connection.execute("pragma journal_mode = wal")
    connection.execute("create table if not exists seen (id integer primary key)")
    connection.execute("create table if not exists inbox (id integer primary key, chat integer, text text, until real)")
    return connection


def store(connection: sqlite3.Connection, update: dict[str, Any]) -> None:
    message, number = update["message"], update["update_id"]
    connection.execute("begin immediate")
    if connection.execute("insert or ignore into seen values (?)", (number,)).rowcount:
        row = (number, message["chat"]["id"], message["text"])
        connection.execute("insert into inbox values (?, ?, ?, 0)", row)
    connection.execute("commit")
    NEW.set()


def call(method: str, timeout: float = 60, **params: object) -> Any:
    request = urllib.request.Request(
        f"{API}/{method}", json.dumps(params).encode(), {"content-type": "application/json"}
    )
    while True:
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return json.load(answer)["result"]
        except urllib.error.HTTPError as error:
            time.sleep(float(error.headers.get("Retry-After") or 0.1))
        except OSError:
            time.sleep(0.1)


def answer(connection: sqlite3.Connection) -> None:
    while True:
        now = time.time()
        row = connection.execute(CLAIM, (now + LEASE, now)).fetchone()
        if row is None:
            NEW.wait(0.02)
            NEW.clear()
            continue
        number, chat, text = row
        special = number % 7 == 0
        if not (special and MODE == "forgetful"):
            call("sendMessage", chat_id=chat, text=f"답: {text}")
        if special and MODE == "doubling":
            call("sendMessage", chat_id=chat, text=f"답: {text}")
        connection.execute("delete from inbox where id = ?", (number,))


class Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        update = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        connection = database()
        try:
            store(connection, update)
        finally:
            connection.close()
        self.reply(200)

    def do_GET(self) -> None:
        try:
            connection = sqlite3.connect(FILE, timeout=0.1, isolation_level=None)
            connection.execute("begin immediate")
            connection.execute("rollback")
            connection.close()
            self.reply(200)
        except sqlite3.Error:
            self.reply(503)

    def reply(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    connection = database()
    threading.Thread(target=lambda: answer(database()), daemon=True).start()
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ["HTTP_PORT"])), Pages)
    if HOOK:
        call("setWebhook", url=HOOK)
        server.serve_forever()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    offset = 0
    while True:
        for update in call("getUpdates", offset=offset, timeout=30):
            offset = update["update_id"] + 1
            if MODE == "careless":
                call("getUpdates", offset=offset, limit=1)
            store(connection, update)


if __name__ == "__main__":
    main()
