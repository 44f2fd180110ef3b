"""A file that staff saved is read as an article, with the way back to its lines; what is none is told in Korean."""

import pytest

from bot.errors import UsageError
from bot.monitor.draft.article import MAX_BYTES, Place, read

TEXT = "밤골시, 밤길 대책 내놨다\n\n  시는 11일 안심 벨을 달았다.\n"
PAGE = """\
<!doctype html><html><head><meta charset="utf-8"><title>밤골일보</title>
<meta property="og:title" content="밤골시 소식"><meta property="og:url" content="https://paper.example/1">
<meta property="og:site_name" content="밤골일보"><meta property="article:published_time" content="2025-06-18T09:00">
<script>var a = "△추적 사업";</script></head><body>
<nav><a href="/">홈</a> △메뉴 사업</nav>
<div class="list"><a href="/2">△관련 기사 사업</a></div>
<p>시는 <b>안심</b>&nbsp;벨을
달았다 &amp; 켰다.</p><ul><li>첫째 것</li></ul>
<table><tr><td>이름</td><td>때</td></tr></table>
<footer>△바닥 사업</footer></body></html>
"""


def told(file, content, name="article.txt"):
    with pytest.raises(UsageError) as caught:
        read(file(content, name))
    return str(caught.value)


def places(line, *words):
    return [str(line.place(line.text.index(word))) for word in words]


def test_a_text_keeps_the_places_of_its_lines(file):
    article = read(file(TEXT))
    assert (article.title, article.first) == ("밤골시, 밤길 대책 내놨다", 1)
    assert [line.text for line in article.lines] == ["밤골시, 밤길 대책 내놨다", "시는 11일 안심 벨을 달았다."]
    assert article.lines[1].place(0) == Place(3, 3)
    assert places(article.lines[1], "안심") == ["3줄 10자"]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("cp949"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-8-sig"),
        TEXT.replace("\n", "\r\n").encode(),
    ],
    ids=["cp949", "utf-16", "bom", "crlf"],
)
def test_what_windows_saves_reads_the_same(file, content):
    assert read(file(content)) == read(file(TEXT, "other.txt"))


def test_a_page_gives_its_article_without_menus_scripts_and_link_lists(file):
    article = read(file(PAGE, "page.html"))
    assert [line.text for line in article.lines] == ["시는 안심 벨을 달았다 & 켰다.", "• 첫째 것", "이름 │ 때"]
    assert (article.title, article.publisher) == ("밤골시 소식", "밤골일보")
    assert (article.date, article.url) == ("2025-06-18", "https://paper.example/1")


def test_words_of_a_page_keep_their_places_in_the_file(file):
    lines = PAGE.splitlines()
    article = read(file(PAGE, "page.html"))
    for word in ("안심", "벨을", "달았다", "켰다"):
        row = next(i for i, line in enumerate(lines, 1) if word in line)
        assert places(article.lines[0], word) == [f"{row}줄 {lines[row - 1].index(word) + 1}자"]


def test_an_old_page_in_its_own_encoding_is_read(file):
    old = PAGE.replace("utf-8", "euc-kr").encode("cp949")
    assert read(file(old, "old.htm")).lines == read(file(PAGE, "new.html")).lines


def test_a_page_is_told_by_its_text_whatever_its_name(file):
    assert read(file(PAGE)).lines == read(file(PAGE, "page.html")).lines


def test_the_element_that_holds_the_article_is_taken_for_it(file):
    body = "시는 오늘 시민의 밤길을 지키겠다고 밝혔다. " * 8
    page = (
        f"<html><body><p>△옆 칸 사업</p><div class='article-body'><div><p>{body}</p></div></div><p>끝</p></body></html>"
    )
    assert [line.text for line in read(file(page)).lines] == [body.strip()]


def test_a_page_of_nothing_but_a_menu_is_read_whole(file):
    assert [line.text for line in read(file("<html><nav><p>△안심 버스 운영")).lines] == ["△안심 버스 운영"]


def test_a_list_of_links_as_large_as_a_page_can_be_is_no_article(file):
    page = "<html><body>" + "<p><a href='/'>안심 버스 운영</a></p>\n" * 20_000 + "<p>시는 쉰다.</p></body></html>"
    assert [line.text for line in read(file(page)).lines] == ["시는 쉰다."]


@pytest.mark.parametrize(
    ("content", "mend"),
    [
        (b"", "파일이 비어 있습니다"),
        (b" \n\t\n", "파일이 비어 있습니다"),
        (b"%PDF-1.7 ...", "PDF 파일은 읽지 못합니다. 본문을 복사해 메모장에"),
        (b"PK\x03\x04....", "워드·한글(hwpx)·압축 파일은 읽지 못합니다"),
        (b"\xd0\xcf\x11\xe0....", "한글(hwp)·옛 워드 파일은 읽지 못합니다"),
        (b"abc\0def" * 99, "글 파일이 아닙니다"),
        (bytes(range(1, 256)) * 9, "글 파일이 아닙니다"),
        (b"<html><script>1</script></html>", "글이 없습니다"),
        (b"|\n |\nhttps://a.example/\n", "글이 없습니다"),
    ],
)
def test_what_is_no_article_is_told_with_a_mend(file, content, mend):
    assert mend in told(file, content)


def test_a_file_that_is_too_large_or_missing_is_told(file, tmp_path):
    large = tmp_path / "large.txt"
    with large.open("wb") as out:
        out.truncate(MAX_BYTES + 1)
    for path, mend in ((large, "너무 큽니다(20,000,001바이트"), (tmp_path / "no.txt", "읽을 수 없습니다")):
        with pytest.raises(UsageError, match=".") as caught:
            read(path)
        assert mend in str(caught.value)


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("입력 2025.04.11 10:22", "2025-04-11"),
        ("보도일시: 2024. 9. 3.(화)", "2024-09-03"),
        ("2024년 1월 2일", "2024-01-02"),
        ("", ""),
    ],
)
def test_the_day_of_the_article_is_read_at_its_head(file, head, day):
    assert read(file(f"밤골시, 밤길 대책 내놨다\n{head}\n시는 벨을 달았다.")).date == day
