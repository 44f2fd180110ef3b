"""What waits for its answer: nothing twice, nothing out of turn, nothing lost with a worker that died."""

import asyncio

import pytest

from bot.store import inbox
from bot.store.database import Database
from bot.store.inbox import SEEN_SECONDS, Rank
from bot.store.retention import purge

NOW = 1_000_000.0


def put(rows, now=NOW, owner="me"):
    return inbox.put(rows, now, owner, now + 10)


def claim(owner="me", now=NOW, most=10, again=False):
    return inbox.claim(owner, now, now + 10, most, again)


def numbers(rows):
    return [row.update_id for row in rows]


async def test_what_came_before_is_not_new(database, rows):
    assert await database.write(put(rows(1, 2))) == {1, 2}
    assert await database.write(put(rows(2, 3))) == {3}
    assert numbers(await database.write(claim())) == [1, 2, 3]


async def test_a_repeat_is_dropped_also_after_its_answer_for_48_hours(database, rows):
    await database.write(put(rows(1)))
    await database.write(inbox.finish(1))
    await database.write(purge(NOW + SEEN_SECONDS, days=90))
    assert await database.write(put(rows(1), NOW + SEEN_SECONDS)) == set()
    await database.write(purge(NOW + SEEN_SECONDS + 1, days=90))
    assert await database.write(put(rows(1), NOW + SEEN_SECONDS + 1)) == {1}
    assert SEEN_SECONDS == 48 * 3600


async def test_the_same_number_twice_in_one_batch_is_one_update(database, rows):
    assert await database.write(put(rows(1, 1, 2))) == {1, 2}
    assert numbers(await database.write(claim())) == [1, 2]


async def test_what_is_put_comes_out_as_it_was(database, rows):
    [row] = rows(2**62, chat=-(2**62))
    await database.write(put([row]))
    [found] = await database.write(claim())
    assert found == inbox.Row(row.update_id, row.chat, row.rank, row.payload, row.received_at, tries=1)


async def test_of_a_chat_only_the_first_can_be_claimed(database, rows):
    await database.write(put([*rows(1, 2, chat=7), *rows(3, chat=8)]))
    assert numbers(await database.write(claim())) == [1, 3]
    assert await database.write(claim("other")) == []
    await database.write(inbox.finish(1))
    assert numbers(await database.write(claim("other"))) == [2]


async def test_the_order_of_a_chat_holds_while_its_first_is_put_off(database, rows):
    await database.write(put([*rows(1, 2, chat=7), *rows(3, chat=8)]))
    await database.write(claim(most=1))
    await database.write(inbox.release(1, "me", NOW + 60, forgive=True))
    assert numbers(await database.write(claim(now=NOW + 59))) == [3]
    assert numbers(await database.write(claim(now=NOW + 60))) == [1]


async def test_danger_comes_first_and_waits_for_nothing_in_its_chat(database, rows):
    await database.write(put([*rows(1, 2, chat=7), *rows(5, chat=7, rank=Rank.URGENT), *rows(3, chat=8)]))
    assert numbers(await database.write(claim(now=NOW + 9))) == [1, 3]
    assert await database.write(claim("other", NOW + 9, again=True)) == [], "danger belongs to who put it"
    assert numbers(await database.write(claim("other", NOW + 11, again=True))) == [5]


async def test_danger_put_off_is_claimed_before_all_others(database, rows):
    await database.write(put([*rows(1, chat=7), *rows(9, chat=7, rank=Rank.URGENT)]))
    await database.write(inbox.release(9, "me", NOW, forgive=True))
    assert numbers(await database.write(claim(most=1))) == [9]


async def test_danger_in_a_chat_holds_up_none_of_its_other_messages(database, rows):
    await database.write(put([*rows(1, chat=7, rank=Rank.URGENT), *rows(2, chat=7)]))
    assert numbers(await database.write(claim())) == [2]


@pytest.mark.parametrize("most", [1, 3, 50])
async def test_no_more_is_claimed_than_there_is_room_for(database, rows, most):
    await database.write(put(rows(*range(300))))
    assert numbers(await database.write(claim(most=most))) == list(range(most))


async def test_replicas_claim_different_rows_at_the_same_moment(url, rows):
    replicas = [Database(url) for _ in range(3)]
    for each in replicas:
        await each.open()
    await replicas[0].write(put([row for n in range(100) for row in rows(n, n + 1000, chat=n)]))
    found = await asyncio.gather(
        *(each.write(claim(f"r{n}", most=20)) for n, each in enumerate(replicas) for _ in range(2))
    )
    claimed = [number for each in found for number in numbers(each)]
    assert len(claimed) == len(set(claimed))
    assert len(claimed) >= 60
    assert max(claimed) < 1000, "the second of a chat was claimed beside the first"
    for each in replicas:
        await each.close()


async def test_rows_of_a_worker_that_died_are_taken_over_after_the_lease(database, rows):
    await database.write(put(rows(1)))
    await database.write(claim("dead"))
    assert await database.write(claim("other", NOW + 9.9, again=True)) == []
    [row] = await database.write(claim("other", NOW + 10, again=True))
    assert (row.update_id, row.tries) == (1, 2)


async def test_a_worker_that_lives_keeps_what_it_has_in_hand_and_nothing_else(database, rows):
    await database.write(put(rows(1, 2)))
    await database.write(claim("me"))
    await database.write(inbox.renew("me", NOW + 30, [1]))
    await database.write(inbox.renew("other", NOW + 99, [1, 2]))
    assert numbers(await database.write(claim("other", NOW + 20, again=True))) == [2]
    assert await database.write(claim("third", NOW + 29.9, again=True)) == []
    assert numbers(await database.write(claim("third", NOW + 30, again=True))) == [1, 2]


async def test_a_renewal_of_two_thousand_in_hand_works(database, rows):
    await database.write(put(rows(1)))
    await database.write(claim("me"))
    await database.write(inbox.renew("me", NOW + 30, list(range(2000))))
    assert await database.write(claim("other", NOW + 20, again=True)) == []


async def test_what_was_tried_before_is_claimed_apart_from_the_others(database, rows):
    await database.write(put(rows(1, 2)))
    await database.write(claim(most=1))
    await database.write(inbox.release(1, "me", NOW, forgive=False))
    assert await database.read(inbox.waits_again(NOW))
    assert numbers(await database.write(claim())) == [2]
    assert numbers(await database.write(claim(again=True))) == [1]
    assert not await database.read(inbox.waits_again(NOW))


async def test_nothing_waits_again_where_its_turn_has_not_come(database, rows):
    await database.write(put(rows(1, 2, chat=7)))
    await database.write(claim(most=1))
    await database.write(inbox.release(1, "me", NOW + 60, forgive=False))
    assert not await database.read(inbox.waits_again(NOW + 59))
    assert await database.read(inbox.waits_again(NOW + 60))


async def test_an_attempt_that_was_not_its_fault_does_not_count(database, rows):
    await database.write(put(rows(1)))
    for _ in range(5):
        [row] = await database.write(claim())
        await database.write(inbox.release(1, "me", NOW, forgive=True))
    assert row.tries == 1


async def test_only_the_owner_gives_a_row_back(database, rows):
    await database.write(put(rows(1)))
    await database.write(claim("me"))
    await database.write(inbox.release(1, "other", NOW, forgive=True))
    assert await database.write(claim("other")) == []


async def test_what_is_set_aside_is_counted_and_leaves_no_words(database, rows, look):
    await database.write(put(rows(1, 2, chat=7)))
    [row] = await database.write(claim())
    await database.write(inbox.set_aside(row, NOW, "ValueError", '{"message":"dict"}'))
    assert await look(database, "SELECT update_id, tries, error FROM set_aside") == [(1, 1, "ValueError")]
    assert numbers(await database.write(claim())) == [2]
    await database.write(inbox.set_aside(row, NOW + 1, "KeyError", ""))
    assert await look(database, "SELECT update_id, error FROM set_aside") == [(1, "KeyError")]


async def test_how_much_waits_and_since_when(database, rows):
    assert await database.read(inbox.depth) == inbox.Depth(0, None)
    await database.write(put(rows(1, 2)))
    await database.write(claim())
    assert await database.read(inbox.depth) == inbox.Depth(2, NOW)
