"""The stand-in reads HTML as Telegram does, and finds mentions and commands as Telegram does."""

from typing import Any

import pytest

from bot.web.standin import Chat, Standin

pytestmark = pytest.mark.asyncio
SURROGATE = "Text contains invalid Unicode characters after decoding HTML entities"


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("<3 님", 'Unsupported start tag "3" at byte offset 0'),
        ("안녕 <3", "Unclosed start tag at byte offset 7"),
        ("안녕 <3> 님", 'Unsupported start tag "3" at byte offset 7'),
        ("1 < 2 > 1", 'Unsupported start tag "" at byte offset 2'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("<b>가", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>가<i>나</b>", 'Unmatched end tag at byte offset 12, expected "</i>", found "</b>"'),
        ("가</b>", "Unexpected end tag at byte offset 3"),
        ("<i>가</i ", "Unclosed end tag at byte offset 6"),
        ("<span>가</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a =x>가</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ('<a href="x>가</a>', "Unclosed start tag at byte offset 0"),
        ("<a href=x!>가</a>", "Unexpected end of name token at byte offset 8"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        (
            "가&#xD83D;",
            f"{SURROGATE}, check for unmatched surrogate code units",
        ),
    ],
)
async def test_wrong_html_is_refused_in_telegrams_words(api: Any, chat: Chat, html: str, why: str) -> None:
    refusal = await api.refused("sendMessage", chat_id=chat.id, text=html, parse_mode="HTML")
    assert refusal == (400, f"Bad Request: can't parse entities: {why}")


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("가 &lt;3 &amp; &#39;&#x1F600;&quot;", "가 <3 & '😀\"", []),
        ("&nbsp;&apos;&copy; A&B &#0;", "&nbsp;&apos;&copy; A&B &#0;", []),
        ("<B>가</B>😀<em>나</em>", "가😀나", [entity("bold", 0, 1), entity("italic", 3, 1)]),
        ("<b>가<u>나</u></b>", "가나", [entity("bold", 0, 2), entity("underline", 1, 1)]),
        ("<b></b>가", "가", []),
        ("<s>가</s><code>나</code>", "가나", [entity("strikethrough", 0, 1), entity("code", 1, 1)]),
        ('<pre><code class="language-py">가</code></pre>', "가", [entity("pre", 0, 1, language="py")]),
        ("<blockquote expandable>가</blockquote>", "가", [entity("expandable_blockquote", 0, 1)]),
        ('<span class="tg-spoiler">가</span>', "가", [entity("spoiler", 0, 1)]),
        (
            '<a href="https://a.kr/?x=1&amp;y=2">가</a>',
            "가",
            [entity("text_link", 0, 1, url="https://a.kr/?x=1&y=2")],
        ),
        ('<a href="a.kr">가</a>', "가", [entity("text_link", 0, 1, url="http://a.kr/")]),
        ('<a href="a.kr:8080/x">가</a>', "가", [entity("text_link", 0, 1, url="http://a.kr:8080/x")]),
        ('<a href="tel:112">112</a>', "112", []),
    ],
)
async def test_html_becomes_text_and_entities(
    api: Any, chat: Chat, html: str, text: str, entities: list[dict[str, Any]]
) -> None:
    message = await api("sendMessage", chat_id=chat.id, text=html, parse_mode="HTML")
    assert (message["text"], message.get("entities", [])) == (text, entities)


async def test_entities_may_be_given_instead_of_html(api: Any, chat: Chat) -> None:
    bold = entity("bold", 1, 99)
    message = await api("sendMessage", chat_id=chat.id, text="<b>", entities=[bold])
    assert (message["text"], message["entities"]) == ("<b>", [entity("bold", 1, 2)])


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("😀 @safe_bot 버스 알려줘", [entity("mention", 3, 9)]),
        ("@safe_bot, 안녕", [entity("mention", 0, 9)]),
        ("@safe_bot이 뭐야", []),
        ("나는@safe_bot", []),
        ("/start@safe_bot 버스", [entity("bot_command", 0, 15)]),
        ("도움 /help", [entity("bot_command", 3, 5)]),
        ("/start안녕 a/b //x", []),
        ("a.b@ansan.go.kr", [entity("email", 0, 15)]),
        ("www.ansan.go.kr #안전", [entity("url", 0, 15), entity("hashtag", 16, 3)]),
    ],
)
async def test_people_mention_and_command(
    tg: Standin, api: Any, group: Chat, text: str, entities: list[dict[str, Any]]
) -> None:
    tg.say(group, group.members[1], text)
    [update] = await api("getUpdates")
    message = update["message"]
    assert message.get("entities", []) == entities
    assert (message["chat"]["type"], message["from"]["id"]) == ("supergroup", 9)
