"""Tables without tabs whose cells flow over lines, as text pulled from a laid-out page prints them.

The heading is a run of known headings; each row has one figure at the start of a line, the cells before it and
the cells after it. Which words belong to which cell is told by the vocabularies of the closed columns (themes,
mechanisms, priorities) and by paragraphs; what a page break displaced goes back to its row.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.grid import Claim, Row
from extractors.lines import Source, joined
from extractors.streams.flow import FIGURE, Header, Word, header_at, may_open, without_repeats, words_in
from extractors.streams.streams import is_stream
from schemas.records import Note
from schemas.rules import Rule
from schemas.vocabulary import fold, headings, mechanisms, themes, totals

NAME = "flowing"
_NO_FIGURE = re.compile(r"^(?:tbc|nil|n/a)$", re.IGNORECASE)
_FILLER = re.compile(r"^[-–]$")
_PRIORITY = re.compile(r"^(?:[A-Z]{2}\d+(?:/\d+)*|Various|[-–])$")
_CODE = re.compile(r"^[A-Z]{2}\d+(?:/\d+)*$")
_ROW_PARAGRAPHS = 8
_PROSE_WORDS = 60
_CELL_WORDS = 30
# Where more than one row in so many is in doubt, all are.
_MIXED = 4


def find(lines: Sequence[Source]) -> list[Claim]:
    """A claim for each heading of known column names that rows with a figure each follow."""
    if is_stream(lines):
        return []
    headers = {i: header for i, source in enumerate(lines) if may_open(source) and (header := header_at(lines, i))}
    claims: list[Claim] = []
    done = -1
    for index, header in headers.items():
        if index > done:
            later = (i for i, other in headers.items() if i > header.last and other.roles != header.roles)
            end = next(later, len(lines))
            claim = _claim(without_repeats(lines[:end], header, headers), index, header)
            claims += [claim] if claim else []
            done = claim.last if claim else end - 1
    return claims


def _claim(lines: Sequence[Source], first: int, header: Header) -> Claim | None:
    words = _body(lines, header)
    figures = [i for i, word in enumerate(words) if _is_row_figure(words, i, header)]
    rows, notes, used = _rows(words, figures, header)
    if not rows:
        return None
    if sum(row.doubtful for row in rows) * _MIXED > len(rows):
        rows = [replace(row, doubtful=True) for row in rows]
        notes.append(Note(Rule.ROWS_MIXED, rows[0].source.place, rows[0].source.text.strip()))
    head = Row(tuple(joined([word.line for word in part]) for part in header.words), lines[first])
    return Claim(first, words[used - 1].source.number - 1, (head, *rows), 1, len(header.roles), tuple(notes))


def _body(lines: Sequence[Source], header: Header) -> list[Word]:
    """The words from the heading to the table's end: its total, a long paragraph, tabs, or the end of the lines."""
    kept: list[Word] = []
    paragraph: list[Word] = []
    since = 0
    for word in _until_tabs(lines[header.last + 1 :]):
        if word.starts_paragraph:
            kept += paragraph
            since = 0 if any(FIGURE.match(w.text) for w in paragraph) else since + 1
            if _ends_table(paragraph) or since > _ROW_PARAGRAPHS:
                return kept
            paragraph = []
        paragraph.append(word)
        if len(paragraph) > _PROSE_WORDS:
            return kept
    return kept + paragraph


def _until_tabs(lines: Sequence[Source]) -> list[Word]:
    end = next((i for i, source in enumerate(lines) if "\t" in source.text), len(lines))
    return words_in(lines[:end])


def _ends_table(paragraph: Sequence[Word]) -> bool:
    """Whether a paragraph is the row of a total over the whole table."""
    label = [w.text for w in paragraph]
    at = next((i for i, text in enumerate(label) if FIGURE.match(text)), None)
    if at is None:
        return False
    words = [text for text in label[:at] if not _FILLER.match(text)]
    return totals().get(fold(" ".join(words)).rstrip(":")) in ("total", "grand_total")


def _is_row_figure(words: Sequence[Word], index: int, header: Header) -> bool:
    """Whether a figure is its row's: first on its line, or after a filler, a total's label or a lone label."""
    last = index + 1 == len(words) or words[index + 1].starts_line
    nothing = bool(_NO_FIGURE.match(words[index].text))
    if not (FIGURE.match(words[index].text) or (nothing and (words[index].starts_paragraph or last))):
        return False
    start = index
    while not words[start].starts_line:
        start -= 1
    before = [word.text for word in words[start:index] if not _FILLER.match(word.text)]
    label = fold(" ".join(before))
    if any(FIGURE.match(text) for text in before):
        return False
    two_columns = header.simple and _label_before(words, start)
    if nothing:
        return (not before and len(header.roles) > 2) or (two_columns and bool(before) and last)
    return not before or label.rstrip(":").split()[-1] in totals() or label in totals() or two_columns


def _label_before(words: Sequence[Word], start: int) -> bool:
    """Whether the words of a paragraph up to a line are a label that wrapped: few, and no figure among them."""
    first = start
    while not words[first].starts_paragraph and first:
        first -= 1
    return start - first <= _CELL_WORDS and not any(FIGURE.match(word.text) for word in words[first:start])


def _rows(words: Sequence[Word], figures: Sequence[int], header: Header) -> tuple[list[Row], list[Note], int]:
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
        doubtful = bool(unknown and rows) or more is not None or _is_mixed(left, header)
        rows.append(Row(lines, words[start].source, doubtful=doubtful))
        start = used = end
    return rows, notes, used


def _is_mixed(left: Sequence[Sequence[Word]], header: Header) -> bool:
    """Whether the words before a figure cannot be one row's: no name, two themes, or what belongs to other columns."""
    if not left:
        return False
    said = fold(" ".join(word.text for word in left[0] if not _FILLER.match(word.text))).rstrip(":")
    themed = header.roles[0] == "theme"
    if said in totals() or (said.split()[-1:] and said.split()[-1] in totals() and themed):
        return False
    name = left[-1] if themed else left[0]
    if not name or (not themed and len(left) > 1 and _paragraphs(name) > 1):
        return True
    again = (_theme(name[i:]) for i in range(len(name)))
    return any(size and not missing for size, missing in again) or _holds_others(name, header)


def _holds_others(name: Sequence[Word], header: Header) -> bool:
    """Whether a name holds what belongs to another column: a code, a mechanism at its start, or a heading."""
    text = f" {fold(' '.join(word.text for word in name))} "
    codes = "code" not in header.roles and any(_CODE.match(word.text) for word in name)
    headed = any(f" {phrase} " in text for phrase in headings() if len(phrase.split()) > 1)
    return codes or headed or bool(_phrase(name, mechanisms()))


def _paragraphs(words: Sequence[Word]) -> int:
    return sum(word.starts_paragraph for word in words[1:]) + 1


def _first_theme(words: Sequence[Word], start: int, figure: int, header: Header) -> tuple[int, Sequence[Word]]:
    """Where a row's theme starts, and the words before it, which belong to no column."""
    label = fold(" ".join(word.text for word in words[start:figure] if not _FILLER.match(word.text))).rstrip(":")
    if header.roles[0] != "theme" or label in totals():
        return start, ()
    at = next((i for i in range(start, figure) if words[i].starts_line and _theme(words[i:figure])[0]), start)
    return at, words[start:at]


def _second_theme(words: Sequence[Word], start: int, figure: int, header: Header) -> Word | None:
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


def _row_end(words: Sequence[Word], figure: int, following: int | None, header: Header) -> int:
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


def _paragraph_end(words: Sequence[Word], index: int, limit: int) -> int:
    return next((i for i in range(index + 1, limit) if words[i].starts_paragraph), limit)


def _theme(words: Sequence[Word]) -> tuple[int, tuple[str, ...]]:
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


def _left(words: Sequence[Word], header: Header) -> tuple[list[list[Word]], tuple[str, ...]]:
    """The cells before the figure, and the words that the theme lacks."""
    count = header.figure
    cells: list[list[Word]] = [[] for _ in range(count)]
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
    elif count > 1 and _paragraphs(words) == count:
        return _one_each(words, cells), ()
    else:
        cells[0], rest = list(words), []
    for number, word in enumerate(rest[: count - 1], 1):
        cells[number].append(word)
    return cells, ()


def _one_each(words: Sequence[Word], cells: list[list[Word]]) -> list[list[Word]]:
    """As many paragraphs as cells: one for each."""
    column = 0
    for number, word in enumerate(words):
        column += bool(number and word.starts_paragraph)
        cells[column].append(word)
    return cells


def _right(words: Sequence[Word], header: Header) -> tuple[list[list[Word]], list[Word]]:
    """The cells after the figure, and the words after a page break, which belong further up."""
    roles = header.roles[header.figure + 1 :]
    page = next((i for i, word in enumerate(words) if word.starts_page), len(words))
    words, tail = words[:page], list(words[page:])
    cells: list[list[Word]] = [[] for _ in roles]
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


def _closed_columns(words: Sequence[Word], roles: Sequence[str], cells: Sequence[list[Word]]) -> None:
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


def _phrase(words: Sequence[Word], known: Mapping[str, str]) -> int:
    """How many words at the start are a known phrase, the longest one."""
    for size in range(min(4, len(words)), 0, -1):
        if fold(" ".join(word.text for word in words[:size])) in known:
            return size
    return 0


def _by_paragraph(words: Sequence[Word], cells: Sequence[list[Word]]) -> None:
    """A paragraph a cell; the last cell takes what is left."""
    column = 0
    for number, word in enumerate(words):
        if number and word.starts_paragraph:
            column = min(column + 1, len(cells) - 1)
        if cells:
            cells[column].append(word)


def _give_back(left: list[list[Word]], tail: Sequence[Word], missing: Sequence[str], header: Header) -> None:
    """Put displaced words back: first what the theme lacks, then the end of the text before the figure."""
    words = list(tail)
    if missing and tuple(fold(word.text) for word in words[: len(missing)]) == tuple(missing):
        left[0].extend(words[: len(missing)])
        words = words[len(missing) :]
    if words and left:
        left[header.figure - 1].extend(words)
