"""Operations of a command line, which comes and goes beside the running bot."""

from __future__ import annotations

import asyncio

from bot.store.database import Database, Op, ResultT


def once(url: str, op: Op[ResultT]) -> ResultT:
    """Open the database, do this, close it. Raises Trouble."""
    return asyncio.run(_once(url, op))


async def _once(url: str, op: Op[ResultT]) -> ResultT:
    database = Database(url)
    await database.open()
    try:
        return await database.write(op)
    finally:
        await database.close()
