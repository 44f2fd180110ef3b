"""A card in another language: the words are translated, the dates, numbers and sources stay those of the Korean one."""

from dataclasses import replace
from typing import Any

import pytest

from bot.chat.localize import localized, localized_city
from bot.chat.render import Pages
from bot.chat.reply import plain
from bot.kb.load import Knowledge
from bot.kb.model import Programme, Translation

DETAILS = ("vi-khi", "vi-đâu", "vi-giá <1>", "vi-giá 2025", "vi-gì")


def translation(programme: Programme, **changes: Any) -> Translation:
    return Translation.model_validate(
        {
            "id": programme.id,
            "source": programme.fingerprint,
            "reviewed_by": "Linh",
            "name": "Xe <Cú>",
            "summary": "vi-tóm tắt",
            "details": DETAILS,
            "how_to_use": "vi-cách dùng",
            "questions": ["xe cú"],
        }
        | changes
    )


def abroad(known: Knowledge, *told: Translation) -> Knowledge:
    """The same town with Vietnamese sentences and these translations."""
    korean = known.phrases["ko"]
    words = {"콜센터": "vi-Tổng đài", "평일 08~19시": "vi-ngày thường", "교통과": "vi-Phòng", "카메라": "vi-máy quay"}
    words |= {"<시>": "vi-thành phố", "위급하면 112 & 119.": "vi-khẩn cấp", "물어보는 곳": "vi-nơi hỏi"}
    buttons = korean.buttons.model_copy(update={"more": "Xem thêm", "sources": "Nguồn", "less": "Thu gọn"})
    vietnamese = korean.model_copy(
        update={"words": words, "buttons": buttons, "unreviewed": "vi-chưa duyệt", "untranslated": "vi-chỉ có 한국어"}
    )
    return replace(known, phrases={"ko": korean, "vi": vietnamese}, translations={"vi": {one.id: one for one in told}})


@pytest.fixture
def bus(known: Knowledge) -> Programme:
    found = known.programme("owl-bus")
    assert found
    return found


@pytest.fixture
def town(known: Knowledge, bus: Programme) -> Knowledge:
    """``owl-bus`` is translated and reviewed, the others are not translated."""
    return abroad(known, translation(bus))


def test_a_translated_card_keeps_dates_sources_and_numbers(town: Knowledge, bus: Programme) -> None:
    found = localized(bus, town, "vi")
    assert found
    assert [detail.text for detail in found.details] == list(DETAILS)
    assert [(d.aspect, d.as_of, d.sources) for d in found.details] == [
        (d.aspect, d.as_of, d.sources) for d in bus.details
    ]
    assert [(c.phone, c.url, c.as_of) for c in found.contacts] == [(c.phone, c.url, c.as_of) for c in bus.contacts]
    assert (found.sources, found.status, found.id) == (bus.sources, bus.status, bus.id)


def test_the_korean_name_stands_beside_since_signs_and_officers_use_it(town: Knowledge, bus: Programme) -> None:
    found = localized(bus, town, "vi")
    assert found
    assert (found.name, found.summary, found.how_to_use) == (
        "Xe <Cú> · owl-bus <밤> & 버스",
        "vi-tóm tắt",
        "vi-cách dùng",
    )


def test_contacts_hours_and_department_are_in_words_that_the_language_has(town: Knowledge, bus: Programme) -> None:
    found = localized(bus, town, "vi")
    assert found
    assert [(contact.name, contact.hours) for contact in found.contacts] == [
        ("vi-Tổng đài", "vi-ngày thường"),
        ("경찰", None),
        ("누리집", None),
    ]
    assert found.department == "vi-Phòng"


def test_what_nobody_translated_is_told_so(town: Knowledge) -> None:
    lamp = town.programme("lamp")
    assert lamp
    assert localized(lamp, town, "vi") is None
    assert localized(lamp, town, "ru") is None


def test_a_vietnamese_reader_sees_the_card_in_vietnamese(town: Knowledge) -> None:
    reply = Pages(town, "vi").programme("owl-bus", "cost")
    assert reply.html.startswith("🌙 <b>Xe &lt;Cú&gt; · owl-bus &lt;밤&gt; &amp; 버스</b>")
    assert "vi-giá &lt;1&gt;" in reply.html
    assert "시내버스와" not in reply.html
    assert plain(reply.html).splitlines()[-1] == "2022-10 기준 · 출처 3곳"


def test_a_reviewed_current_translation_has_no_note(town: Knowledge) -> None:
    html = Pages(town, "vi").programme("owl-bus").html
    assert ("vi-chưa duyệt" in html, "vi-chỉ có" in html) == (False, False)


@pytest.mark.parametrize("changes", [{"reviewed_by": None}, {"source": "0" * 12}], ids=["not reviewed", "outdated"])
@pytest.mark.parametrize("page", ["programme", "more"])
def test_a_translation_that_nobody_checked_says_so_last(
    known: Knowledge, bus: Programme, changes: dict[str, Any], page: str
) -> None:
    pages = Pages(abroad(known, translation(bus, **changes)), "vi")
    html = getattr(pages, page)("owl-bus").html
    assert html.startswith("🌙 <b>Xe ")
    assert html.splitlines()[-1] == "<i>vi-chưa duyệt</i>"


@pytest.mark.parametrize("details", [DETAILS[:-1], (*DETAILS, "vi-mới")], ids=["a fact came", "a fact went"])
def test_where_facts_came_or_went_the_korean_card_stands_in_and_says_so_first(
    known: Knowledge, bus: Programme, details: tuple[str, ...]
) -> None:
    town = abroad(known, translation(bus, details=details))
    assert localized(bus, town, "vi") is None
    html = Pages(town, "vi").programme("owl-bus").html
    assert html.startswith("<i>vi-chỉ có 한국어</i>\n🌙 <b>owl-bus &lt;밤&gt; &amp; 버스</b> — ")
    assert "vi-chưa duyệt" not in html


def test_an_untranslated_card_is_the_korean_one_below_a_note(town: Knowledge) -> None:
    html = Pages(town, "vi").programme("lamp").html
    assert html.startswith("<i>vi-chỉ có 한국어</i>\n🌙 <b>lamp &lt;밤&gt;")


def test_a_korean_reader_sees_nothing_of_translations(known: Knowledge, town: Knowledge) -> None:
    assert Pages(town, "ko").programme("owl-bus") == Pages(known).programme("owl-bus")
    assert Pages(town).programme("owl-bus") == Pages(known).programme("owl-bus")


def test_a_language_without_sentences_is_the_citys_own(town: Knowledge) -> None:
    assert Pages(town, "ru").lang == "ko"


def test_the_buttons_are_translated_and_carry_the_same(town: Knowledge) -> None:
    korean, vietnamese = Pages(town, "ko").programme("cctv"), Pages(town, "vi").programme("cctv")
    assert [[b.data for b in row] for row in korean.buttons] == [[b.data for b in row] for row in vietnamese.buttons]
    assert [button.text for button in vietnamese.buttons[0]] == ["Xem thêm", "Nguồn"]


def test_a_programmes_button_has_the_translated_name_alone(town: Knowledge) -> None:
    buttons = [row[0].text for row in Pages(town, "vi").category("night").buttons]
    assert buttons[:2] == ["🌙 Xe <Cú>", "🌙 bus-stop <밤> & 버스"]


def test_the_menu_is_in_the_words_that_the_language_has(town: Knowledge) -> None:
    labels = [button.text for row in Pages(town, "vi").menu().buttons for button in row]
    assert labels == ["🌙 밤길", "📹 vi-máy quay"]


def test_the_citys_name_contact_and_emergency_are_translated(town: Knowledge) -> None:
    city = localized_city(town.city, town.phrases["vi"])
    assert (city.name, city.emergency, city.contact.name) == ("vi-thành phố", "vi-khẩn cấp", "vi-nơi hỏi")
    assert (city.contact.phone, city.contact.hours, city.id) == ("1577-0000", "365일", "town")
    assert "vi-thành phố" in Pages(town, "vi").start().html


def test_the_sources_page_is_named_in_both_languages(town: Knowledge) -> None:
    told = plain(Pages(town, "vi").sources("owl-bus").html)
    assert told.splitlines()[0] == "Xe <Cú> · owl-bus <밤> & 버스 출처"
