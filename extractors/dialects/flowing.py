"""Tables without tabs whose cells flow over lines, as text pulled from a laid-out page prints them.

The heading is a run of known headings; each row has one figure at the start of a line, the cells before it and
the cells after it. Which words belong to which cell is told by the vocabularies of the closed columns (themes,
mechanisms, priorities) and by paragraphs; what a page break displaced goes back to its row.
"""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.grid import Claim, Row
from extractors.lines import Source, clean_slice, joined, words_of
from schemas.records import Line, Note
from schemas.rules import Rule
from schemas.vocabulary import fold, fold_heading, headings, mechanisms, themes, totals

NAME = "flowing"
_FIGURE = re.compile(r"^£\s?[\d,.]+(?:k|m|bn)?$")
_NO_FIGURE = re.compile(r"^(?:tbc|nil|n/a)$", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"^\d{1,3}$")
# Wide gaps line columns up on the page; another dialect reads those.
_GAPS = re.compile(r"\S {3,}\S")
_FILLER = re.compile(r"^[-–]$")
_PRIORITY = re.compile(r"^(?:[A-Z]{2}\d+(?:/\d+)*|Various|[-–])$")
_YEAR = re.compile(r"^\d{2,4}[/-]\d{2,4}$")
_HEADING_LINES = 40
_HEADING_WORDS = 12
_ROW_PARAGRAPHS = 8
_PROSE_WORDS = 60
_CELL_WORDS = 30


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with how it stands: first of its line, of its paragraph, of its page."""

    line: Line
    starts_line: bool
    starts_paragraph: bool
    starts_page: bool
    source: Source

    @property
    def text(self) -> str:
        return self.line.text


@dataclass(frozen=True, slots=True)
class _Header:
    """A heading found: its last line's index, and for each column its role and its words."""

    last: int
    roles: tuple[str, ...]
    words: tuple[tuple[_Word, ...], ...]

    @property
    def figure(self) -> int:
        return self.roles.index("amount")

    @property
    def simple(self) -> bool:
        """A label and nothing but amounts: a row is a line."""
        return set(self.roles[1:]) == {"amount"}


def find(lines: Sequence[Source]) -> list[Claim]:
    """A claim for each heading of known column names that rows with a figure each follow."""
    headers = {i: header for i, source in enumerate(lines) if _may_open(source) and (header := _header(lines, i))}
    claims: list[Claim] = []
    done = -1
    for index, header in headers.items():
        if index > done:
            following = {
                lines[other].number
                for other, later in headers.items()
                if other > header.last and later.roles != header.roles
            }
            if claim := _claim(_without(lines, header, headers), index, header, following):
                claims.append(claim)
                done = claim.last
    return claims


def _without(lines: Sequence[Source], header: _Header, headers: Mapping[int, _Header]) -> list[Source]:
    """The lines with a heading that is printed again left blank."""
    again = {
        i for first, later in headers.items() if first > header.last and later.roles == header.roles
        for i in range(first, later.last + 1)
    }  # fmt: skip
    return [Source(s.number, "", s.start) if i in again else s for i, s in enumerate(lines)]


def _words(lines: Sequence[Source]) -> list[_Word]:
    """The words of lines without tabs. A form feed, or a single blank before a line, marks a page's first line.

    A number alone on its line is a page's number and no word of a table.
    """
    words: list[_Word] = []
    blank, fed = True, False
    for source in lines:
        line = clean_slice(source)
        fed = fed or "\f" in source.text
        if line is None or _PAGE_NUMBER.match(line.text):
            blank = True
            continue
        page = fed or (source.text.startswith(" ") and not source.text.startswith("  ") and line.text[0] != "£")
        for number, word in enumerate(words_of(line)):
            first = number == 0
            words.append(_Word(word, first, first and (blank or page), first and page, source))
        blank = fed = False
    return words


def _header(lines: Sequence[Source], index: int) -> _Header | None:
    """The heading that starts at a line: known headings from end to end, one of them of amounts."""
    best: _Header | None = None
    words: list[_Word] = []
    for last in range(index, min(index + _HEADING_LINES, len(lines))):
        new = [] if lines[last].blank else _words([lines[last]])
        if "\t" in lines[last].text or any(_FIGURE.match(word.text) for word in new):
            break
        words += new
        split, open_end = _known(words)
        if not open_end:
            break
        if new and split:
            roles = tuple(role for role, _ in split)
            if _is_table(roles):
                best = _Header(last, roles, tuple(tuple(part) for _, part in split))
    return best


def _is_table(roles: Sequence[str]) -> bool:
    """One column of amounts among others, or a label and an amount for each of several years."""
    return len(roles) > 1 and (roles.count("amount") == 1 or set(roles[1:]) == {"amount"} != {roles[0]})


def _known(words: Sequence[_Word]) -> tuple[list[tuple[str, Sequence[_Word]]], bool]:
    """The words as a run of known headings, the longest first at each step, and whether more words may follow.

    Where the end is no whole heading the run is empty; where it cannot become one, nothing may follow.
    """
    found: list[tuple[str, Sequence[_Word]]] = []
    at = 0
    while at < len(words):
        role, end = _longest(words, at)
        if not role:
            return [], fold_heading(" ".join(word.text for word in words[at:])) in _openings()
        found.append((role, words[at:end]))
        at = end
    return found, True


def _longest(words: Sequence[_Word], at: int) -> tuple[str, int]:
    """The longest known heading that starts at a word; a year alone heads amounts."""
    for end in range(min(len(words), at + _HEADING_WORDS), at, -1):
        text = " ".join(word.text for word in words[at:end])
        folded = fold_heading(text)
        role = headings().get(folded, "") if folded else ("amount" if any(map(str.isdigit, text)) else "")
        if sum(bool(_YEAR.match(word.text)) for word in words[at:end]) > 1:
            continue
        if role and not (role != "amount" and _YEAR.match(words[end - 1].text)):
            return role, end
    return "", at


def _may_open(source: Source) -> bool:
    """Whether a line's first word could open a known heading; most lines are told apart by this alone."""
    first = source.text.split(maxsplit=1)
    folded = fold_heading(first[0]) if first else ""
    if "\t" in source.text or _GAPS.search(source.text):
        return False
    return bool(first) and (not folded or folded in _openings() or folded in headings())


@cache
def _openings() -> frozenset[str]:
    """Every beginning of a known heading, the empty one too."""
    known = [heading.split() for heading in headings()]
    return frozenset(" ".join(words[:size]) for words in known for size in range(len(words)))


def _claim(lines: Sequence[Source], first: int, header: _Header, following: Container[int]) -> Claim | None:
    words = _body(lines, header, following)
    figures = [i for i, word in enumerate(words) if _is_row_figure(words, i, header)]
    rows, notes, used = _rows(words, figures, header)
    if not rows:
        return None
    head = Row(tuple(joined([word.line for word in part]) for part in header.words), lines[first])
    return Claim(first, words[used - 1].source.number - 1, (head, *rows), 1, len(header.roles), tuple(notes))


def _body(lines: Sequence[Source], header: _Header, following: Container[int]) -> list[_Word]:
    """The words from the heading to the table's end: its total, a long paragraph, tabs, or a `following` heading."""
    kept: list[_Word] = []
    paragraph: list[_Word] = []
    since = 0
    for word in _until_tabs(lines[header.last + 1 :]):
        if word.starts_line and word.source.number in following:
            return kept
        if word.starts_paragraph:
            kept += paragraph
            since = 0 if any(_FIGURE.match(w.text) for w in paragraph) else since + 1
            if _ends_table(paragraph) or since > _ROW_PARAGRAPHS:
                return kept
            paragraph = []
        paragraph.append(word)
        if len(paragraph) > _PROSE_WORDS:
            return kept
    return kept + paragraph


def _until_tabs(lines: Sequence[Source]) -> list[_Word]:
    end = next((i for i, source in enumerate(lines) if "\t" in source.text), len(lines))
    return _words(lines[:end])


def _ends_table(paragraph: Sequence[_Word]) -> bool:
    """Whether a paragraph is the row of a total over the whole table."""
    label = [w.text for w in paragraph]
    at = next((i for i, text in enumerate(label) if _FIGURE.match(text)), None)
    if at is None:
        return False
    words = [text for text in label[:at] if not _FILLER.match(text)]
    return totals().get(fold(" ".join(words)).rstrip(":")) in ("total", "grand_total")


def _is_row_figure(words: Sequence[_Word], index: int, header: _Header) -> bool:
    """Whether a figure is its row's: first on its line, or after a filler, a total's label or a lone label."""
    last = index + 1 == len(words) or words[index + 1].starts_line
    nothing = bool(_NO_FIGURE.match(words[index].text))
    if not (_FIGURE.match(words[index].text) or (nothing and (words[index].starts_paragraph or last))):
        return False
    start = index
    while not words[start].starts_line:
        start -= 1
    before = [word.text for word in words[start:index] if not _FILLER.match(word.text)]
    label = fold(" ".join(before))
    if any(_FIGURE.match(text) for text in before):
        return False
    two_columns = header.simple and words[start].starts_paragraph
    if nothing:
        return (not before and len(header.roles) > 2) or (two_columns and bool(before) and last)
    return not before or label.rstrip(":") in totals() or two_columns


def _rows(words: Sequence[_Word], figures: Sequence[int], header: _Header) -> tuple[list[Row], list[Note], int]:
    """The rows, what was displaced, and how many words they used up."""
    rows: list[Row] = []
    notes: list[Note] = []
    start = used = 0
    for number, figure in enumerate(figures):
        following = figures[number + 1] if number + 1 < len(figures) else None
        end = _row_end(words, figure, following, header)
        start, unknown = _first_theme(words, start, figure, header)
        if unknown:
            text = " ".join(word.text for word in unknown)
            rule = Rule.RAGGED_ROW if rows else Rule.HEADING_UNKNOWN
            notes.append(Note(rule, unknown[0].line.place, text))
        if more := _second_theme(words, start, figure, header):
            notes.append(Note(Rule.RAGGED_ROW, more.line.place, " ".join(w.text for w in words[start : figure + 1])))
        left, missing = _left(words[start:figure], header)
        right, tail = _right(words[figure + 1 : end], header)
        if tail:
            place = tail[0].line.place
            notes.append(Note(Rule.DISPLACED_WORDS, place, " ".join(word.text for word in tail)))
        _give_back(left, tail, missing, header)
        cells = [*left, [words[figure]], *right]
        lines = tuple(joined([word.line for word in cell]) for cell in cells)
        rows.append(Row(lines, words[start].source))
        start = used = end
    return rows, notes, used


def _first_theme(words: Sequence[_Word], start: int, figure: int, header: _Header) -> tuple[int, Sequence[_Word]]:
    """Where a row's theme starts, and the words before it, which belong to no column."""
    label = fold(" ".join(word.text for word in words[start:figure] if not _FILLER.match(word.text))).rstrip(":")
    if header.roles[0] != "theme" or label in totals():
        return start, ()
    at = next((i for i in range(start, figure) if words[i].starts_line and _theme(words[i:figure])[0]), start)
    return at, words[start:at]


def _second_theme(words: Sequence[_Word], start: int, figure: int, header: _Header) -> _Word | None:
    """A further theme at the start of a paragraph before the figure: a row whose own figure was not found."""
    if header.roles[0] != "theme":
        return None
    size = max(1, _theme(words[start:figure])[0])
    later = range(start + size, figure)
    return next(
        (
            words[i]
            for i in later
            if words[i].starts_paragraph and not _theme(words[i:figure])[1] and _theme(words[i:figure])[0]
        ),
        None,
    )


def _row_end(words: Sequence[_Word], figure: int, following: int | None, header: _Header) -> int:
    """Where a row ends: before the next theme, or after as many paragraphs as it has cells after the figure."""
    limit = following if following is not None else len(words)
    after = len(header.roles) - header.figure - 1
    if header.simple:
        return next((i for i in range(figure + 1, limit) if words[i].starts_line), limit)
    if not after:
        return figure + 1
    if header.roles[0] == "theme":
        starts = (i for i in range(figure + 1, limit) if words[i].starts_line and _theme(words[i:limit])[0])
        nearest = next(starts, None)
        return nearest if nearest is not None else _paragraph_end(words, figure, limit)
    end = _paragraph_end(words, figure, limit)
    for _ in range(after - 1):
        longer = _paragraph_end(words, end, limit) if end < limit else limit
        if longer - end > _CELL_WORDS:
            break
        end = longer
    return end


def _paragraph_end(words: Sequence[_Word], index: int, limit: int) -> int:
    return next((i for i in range(index + 1, limit) if words[i].starts_paragraph), limit)


def _theme(words: Sequence[_Word]) -> tuple[int, tuple[str, ...]]:
    """How many words at the start are a theme, and which of its words are missing.

    The whole theme, or at least half of its words where a page break cut off the rest.
    """
    texts = [fold(word.text) for word in words[:12]]
    best: tuple[int, tuple[str, ...]] = (0, ())
    for phrase in themes():
        wanted = phrase.split()
        same = next(
            (i for i, (a, b) in enumerate(zip(wanted, texts, strict=False)) if a != b),
            min(len(wanted), len(texts)),
        )
        if same == len(wanted):
            return _with_subtotal(texts, same), ()
        if same > best[0] and same >= 2 and same * 2 >= len(wanted):
            best = (same, tuple(wanted[same:]))
    return best


def _with_subtotal(texts: Sequence[str], size: int) -> int:
    return size + 1 if size < len(texts) and texts[size] in totals() else size


def _left(words: Sequence[_Word], header: _Header) -> tuple[list[list[_Word]], tuple[str, ...]]:
    """The cells before the figure, and the words that the theme lacks."""
    count = header.figure
    cells: list[list[_Word]] = [[] for _ in range(count)]
    if not count:
        return cells, ()
    fillers = [word for word in words if _FILLER.match(word.text)]
    label = [word for word in words if word not in fillers]
    if fold(" ".join(word.text for word in label)) in totals():
        cells[0], rest = list(label), fillers
    elif header.roles[0] == "theme":
        size, missing = _theme(words)
        cells[0] = list(words[:size])
        if count > 1:
            cells[1] = list(words[size:])
        return cells, missing
    else:
        cells[0], rest = list(words), []
    for number, word in enumerate(rest[: count - 1], 1):
        cells[number].append(word)
    return cells, ()


def _right(words: Sequence[_Word], header: _Header) -> tuple[list[list[_Word]], list[_Word]]:
    """The cells after the figure, and the words after a page break, which belong further up."""
    roles = header.roles[header.figure + 1 :]
    page = next((i for i, word in enumerate(words) if word.starts_page), len(words))
    words, tail = words[:page], list(words[page:])
    cells: list[list[_Word]] = [[] for _ in roles]
    if words and all(_FILLER.match(word.text) for word in words):
        for cell, word in zip(cells, words, strict=False):
            cell.append(word)
        return cells, tail
    if header.simple:
        for word, cell in zip(words, cells, strict=False):
            cell.append(word)
        cells[-1].extend(words[len(cells) :]) if cells else None
    elif "mechanism" in roles:
        _closed_columns(words, roles, cells)
    else:
        _by_paragraph(words, cells)
    return cells, tail


def _closed_columns(words: Sequence[_Word], roles: Sequence[str], cells: Sequence[list[_Word]]) -> None:
    """Cells told by the mechanism, which the codes of priorities follow.

    Where none is known all words stay in the mechanism's cell, which is told as one that is in no vocabulary.
    """
    at = roles.index("mechanism")
    priorities = [i for i, role in enumerate(roles) if role.endswith("priority")]
    for start in range(len(words)):
        size = _phrase(words[start:], mechanisms())
        after = start + size
        if size and (not priorities or (after < len(words) and _PRIORITY.match(words[after].text))):
            cells[0].extend(words[:start]) if at else None
            cells[at].extend(words[start:after])
            for column in priorities:
                if after < len(words) and _PRIORITY.match(words[after].text):
                    cells[column].append(words[after])
                    after += 1
            cells[-1].extend(words[after:])
            return
    cells[at].extend(words)


def _phrase(words: Sequence[_Word], known: Mapping[str, str]) -> int:
    """How many words at the start are a known phrase, the longest one."""
    for size in range(min(4, len(words)), 0, -1):
        if fold(" ".join(word.text for word in words[:size])) in known:
            return size
    return 0


def _by_paragraph(words: Sequence[_Word], cells: Sequence[list[_Word]]) -> None:
    """A paragraph a cell; the last cell takes what is left."""
    column = 0
    for number, word in enumerate(words):
        if number and word.starts_paragraph:
            column = min(column + 1, len(cells) - 1)
        if cells:
            cells[column].append(word)


def _give_back(left: list[list[_Word]], tail: Sequence[_Word], missing: Sequence[str], header: _Header) -> None:
    """Put displaced words back: first what the theme lacks, then the end of the text before the figure."""
    words = list(tail)
    if missing and tuple(fold(word.text) for word in words[: len(missing)]) == tuple(missing):
        left[0].extend(words[: len(missing)])
        words = words[len(missing) :]
    if words and left:
        left[header.figure - 1].extend(words)
