"""What staff see before a citizen does: the same pages, with their buttons."""

from bot.chat.preview import preview
from bot.chat.render import Pages
from bot.chat.reply import plain
from bot.kb.load import load


def test_it_is_what_the_citizen_will_see(town):
    knowledge = load(town.root)
    told = preview(knowledge, "lamp")
    pages = Pages(knowledge)
    for reply in (pages.programme("lamp"), pages.more("lamp"), pages.sources("lamp")):
        assert plain(reply.html) in told
        assert all(f"[{button.text}]" in told for row in reply.buttons for button in row)


def test_what_was_asked_for_stands_first(town):
    assert "요금 무료입니다." in preview(load(town.root), "lamp", aspect="cost").splitlines()[2]


def test_the_reader_s_language_is_taken(town):
    town.go_abroad()
    told = preview(load(town.root), "lamp", "en")
    assert "이 안내는 한국어로만 있습니다." in told.splitlines()[1]
