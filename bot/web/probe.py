"""Is the bot on this machine healthy? ``python -m bot.web.probe`` asks ``/healthz`` and exits 0 or 1, for Docker."""

import sys
from http.client import HTTPConnection, HTTPException

from bot.config import Settings

_SECONDS = 5.0
_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}


def main(path: str = "/healthz") -> int:
    """Print what it says. Where ``HTTP_PORT`` is 0 nobody can be asked, which is not an illness."""
    settings = Settings.read()
    if not settings.http_port:
        return 0
    host = _ANY.get(settings.http_host, settings.http_host)
    connection = HTTPConnection(host, settings.http_port, timeout=_SECONDS)  # goes through no proxy, unlike urllib
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        sys.stdout.write(response.read(1000).decode("utf-8", "replace") + "\n")
        return 0 if response.status == 200 else 1
    except (OSError, HTTPException) as error:
        sys.stdout.write(f"{type(error).__name__}: {error}\n")
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
