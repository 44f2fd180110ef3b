"""Ports of 127.0.0.1, and who answers there."""

import asyncio
import random
import socket

_BELOW_EPHEMERAL = range(20_000, 32_000)
"""Where no outgoing connection takes the port while its server is being restarted."""


def free_port() -> int:
    """One that nobody listens on now."""
    for port in random.sample(_BELOW_EPHEMERAL, 200):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no free port on 127.0.0.1")


def is_open(port: int) -> bool:
    """Whether somebody listens."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


async def get(port: int, path: str, timeout: float = 5.0) -> tuple[int, str]:
    """Status and body of a page; 0 and nothing where nobody answers in time.

    By hand, because this is asked many times a second beside what is measured, and a client of httpx costs 30 ms.
    """
    try:
        async with asyncio.timeout(timeout):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
                answer = (await reader.read()).decode("utf-8", "replace")
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return 0, ""
    head, _, body = answer.partition("\r\n\r\n")
    words = head.split(None, 2)
    return (int(words[1]), body) if len(words) > 1 and words[1].isdigit() else (0, "")
