"""Word files as they come from several programs: replies, tracked changes, points, tables."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from thematic.exchange.incoming import Incoming, Known
from thematic.exchange.naming import Codes
from thematic.exchange.word_comments import read_comments
from thematic.model.people import Memo
from thematic.readers import Limits, read_text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MS = "http://schemas.microsoft.com/office/2011/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TALK = (
    "Q: Who guards the bridge at night, and who pays?\n\n"
    "ANNA: The cousins of the miller guard it. They pay.\n\n"
    "Q: And in winter, when the snow comes?\n\n"
    "ANNA: Nobody at all. They pay.\n"
)
START, END = '<w:commentRangeStart w:id="{0}"/>', '<w:commentRangeEnd w:id="{0}"/>'
MARK = '<w:r><w:commentReference w:id="{0}"/></w:r>'


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def marked(words: str, id: int = 0) -> str:
    return START.format(id) + run(words) + END.format(id) + MARK.format(id)


def word_file(body: str, comments: dict[int, str], replies: str = "") -> bytes:
    """A Word file by its XML; comments by their IDs."""
    remarks = "".join(
        f'<w:comment w:id="{id}" w:author="AK"><w:p w14:paraId="0000000{id}">{run(text)}</w:p>'
        "</w:comment>"
        for id, text in comments.items()
    )
    names = f'xmlns:w="{W}" xmlns:w14="{W14}" xmlns:w15="{W15}"'
    relation = '<Relationship Id="r{0}" Type="{1}/{2}" Target="{3}"/>'
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">'
        + relation.format(1, OFFICE, "officeDocument", "word/document.xml")
        + "</Relationships>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        + relation.format(1, OFFICE, "comments", "comments.xml")
        + relation.format(2, MS, "commentsExtended", "commentsExtended.xml")
        + "</Relationships>",
        "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
        "word/comments.xml": f"<w:comments {names}>{remarks}</w:comments>",
        "word/commentsExtended.xml": f"<w15:commentsEx {names}>{replies}</w15:commentsEx>",
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def taken(data: bytes) -> Incoming:
    transcript, _ = read_text(TALK, id="E01")
    assert transcript is not None
    return read_comments(data, Known([transcript], Codes(["pay", "guard"])), Limits())


FIRST = f"<w:p>{run('Q: Who guards the bridge at night, and who pays?')}</w:p>"
REST = (
    f"<w:p>{run('Q: And in winter, when the snow comes?')}</w:p>"
    f"<w:p>{run('ANNA: Nobody at all. They pay.')}</w:p>"
)
ANSWER = "The cousins of the miller guard it."


@pytest.mark.parametrize(
    ("paragraph", "quote"),
    [
        pytest.param(
            run(f"ANNA: {ANSWER} ") + marked("They pay."), "They pay.", id="words-said-twice"
        ),
        pytest.param(
            run("ANNA: The cousins of the miller guard it. They pay.") + MARK.format(0),
            f"{ANSWER} They pay.",
            id="mark-without-range",
        ),
        pytest.param(
            START.format(0) + END.format(0) + run(f"ANNA: {ANSWER} They pay.") + MARK.format(0),
            f"{ANSWER} They pay.",
            id="empty-range",
        ),
        pytest.param(
            marked(f"ANNA: {ANSWER}") + run(" They pay."), ANSWER, id="label-in-the-range"
        ),
        pytest.param(
            run("ANNA: The ")
            + START.format(0)
            + run("cou")
            + f'<w:ins w:id="9" w:author="B">{run("")}</w:ins>'
            + '<w:del w:id="8"><w:r><w:delText>old </w:delText></w:r></w:del>'
            + run("sins of")
            + END.format(0)
            + MARK.format(0)
            + run(" the miller guard it. They pay."),
            "cousins of",
            id="tracked-changes-and-split-runs",
        ),
        pytest.param(
            run("ANNA: The ")
            + f'<w:hyperlink w:anchor="x">{marked("cousins")}</w:hyperlink>'
            + run(" of the miller guard it. They pay."),
            "cousins",
            id="in-a-link",
        ),
        pytest.param(
            run("[00:01:02] ANNA (BRIDGE): The cousins of the miller ")
            + marked("guard")
            + run(" it. They pay."),
            "guard",
            id="stamp-and-remark-by-the-label",
        ),
    ],
)
def test_a_comment_is_on_its_words(paragraph: str, quote: str) -> None:
    found = taken(word_file(f"{FIRST}<w:p>{paragraph}</w:p>{REST}", {0: "#pay"}))
    (came,) = found.came
    assert came.act is not None
    assert not isinstance(came.act, Memo)
    assert came.act.passage is not None
    assert came.act.passage.quote == quote
    assert came.act.passage.span.start == TALK.index(quote, TALK.index("ANNA"))


def test_a_table_of_two_columns_is_read() -> None:
    def row(left: str, right: str) -> str:
        return f"<w:tr><w:tc><w:p>{left}</w:p></w:tc><w:tc><w:p>{right}</w:p></w:tc></w:tr>"

    rows = [
        row(run("Q"), run("Who guards the bridge at night, and who pays?")),
        row(run("ANNA"), run("The cousins of the miller guard it. They pay.")),
        row(run("Q"), run("And in winter, when the snow comes?")),
        row(run("ANNA"), run("Nobody at all. ") + marked("They pay.")),
    ]
    (came,) = taken(word_file(f"<w:tbl>{''.join(rows)}</w:tbl>", {0: "#pay"})).came
    assert came.act is not None
    assert came.act.passage is not None  # type: ignore[union-attr]
    assert came.act.passage.span.start == TALK.rindex("They pay.")  # type: ignore[union-attr]


def test_a_reply_is_a_memo_on_the_same_words() -> None:
    paragraph = run("ANNA: The cousins of the miller guard it. ") + START.format(1)
    paragraph += marked("They pay.", 0) + END.format(1) + MARK.format(1)
    replies = (
        '<w15:commentEx w15:paraId="00000000" w15:done="0"/>'
        '<w15:commentEx w15:paraId="00000001" w15:paraIdParent="00000000" w15:done="0"/>'
    )
    data = word_file(f"{FIRST}<w:p>{paragraph}</w:p>{REST}", {0: "#pay", 1: "#guard?"}, replies)
    found = taken(data)
    by_text = {type(one.act).__name__: one.act for one in found.came}
    memo = by_text["Memo"]
    assert isinstance(memo, Memo)
    assert memo.text == "#guard?"
    assert memo.passage is not None
    assert memo.passage.quote == "They pay."
    assert "replies are memos" in found.problems[0].message


def test_external_entities_are_refused() -> None:
    data = word_file(FIRST, {0: "#pay"})
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            evil = '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
            new.writestr(name, evil + part if name == "word/comments.xml" else part)
    found = taken(out.getvalue())
    assert found.came == []
    assert "DOCTYPE" in found.problems[0].message
