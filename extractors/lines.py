"""Decoded text as numbered lines, and clean slices of them that keep their place."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.records import Line, Place

# Marks that print nothing: soft hyphen, zero-width characters, direction marks, word joiner, byte order mark.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# What converters to Markdown leave behind; anything else in angle brackets is text.
_TAG = r"</?(?:b|i|u|em|strong|sup|sub|span|a)(?:\s[^<>]*)?>"
_BLOCK_TAG = r"</?(?:p|br|ul|ol|li|div)(?:\s[^<>]*)?/?>"
_REMNANT = re.compile(rf"({_BLOCK_TAG})|{_TAG}|\\(?=[*_#\\|])|{INVISIBLE.pattern}|\x00", re.IGNORECASE)
_HEADING_MARK = re.compile(r"^\s*(#{1,6}\s+|[-*]\s+(?=\S))|\*\*")
_LETTERED = re.compile(r"^(?:\(?[a-z0-9]{1,2}[).]|\d+(?:\.\d+)*)\s+(?P<title>[A-Z][^.:;–]{2,80}?)\s+[–—-]\s+\S")
_MARK_ALONE = re.compile(r"^\s*(?:\(?[a-z0-9]{1,2}[).]|\d+(?:\.\d+)+)\s*$")
_LISTED = re.compile(r"^\(?[a-z0-9]{1,2}[).]\s", re.IGNORECASE)
_CAPTION = re.compile(r"^(?:Table|Appendix|Annex|Schedule|Figure)\s\(?[A-Z\d]{1,3}\)?(?:[.:]?$|\s?[.:–-]\s.{0,100}$)")
# A heading right above a paragraph is shorter than this share of the longest of so many lines below it.
_SHORTER, _BELOW = 0.75, 4
# A title has so many lines at most, each of so many words, which open large and end no sentence.
_TITLE, _WORDS_MOST = 3, 12
_DANGLING = re.compile(r"\b(?:and|of|the|for|with|to|or|in|by|a|an|from|on|at)$|[,&/-]$", re.IGNORECASE)
_TITLE_LINE = re.compile(r"^[A-Z\d](?:(?!\s{2}|[\t|£]).)*[^.,;:|\s]$")
_WORDS = re.compile(r"£\s?\d{1,3}(?:[^\S\n\t]\d{3})+(?![\d,])(?:\.\d+)?\S*|£\s\d\S*|\S+")


@dataclass(frozen=True, slots=True)
class Source:
    """A line of the decoded text: its 1-based number, its text without the line end, where it starts."""

    number: int
    text: str
    start: int

    @property
    def place(self) -> Place:
        """The whole line's place."""
        return Place(line=self.number, char_start=self.start, char_end=self.start + len(self.text))

    @property
    def blank(self) -> bool:
        """Whether the line prints nothing."""
        return not self.text.strip()


def sources(text: str) -> list[Source]:
    r"""The lines of a decoded text whose line ends are `\\n`.

    >>> [(line.number, line.start) for line in sources("ab\\ncd")]
    [(1, 0), (2, 3)]
    """
    found, start = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        found.append(Source(number, line, start))
        start += len(line) + 1
    return found


def clean_slice(source: Source, start: int = 0, end: int | None = None) -> Line | None:
    """The characters `start` to `end` of a line without markup and outer white space; None if nothing is left.

    >>> clean_slice(Source(1, "<b>CI009</b> SP2", 0)).text
    'CI009 SP2'
    """
    end = len(source.text) if end is None else end
    if _REMNANT.search(source.text, start, end) is None:
        return _plain_slice(source, start, end)
    kept = list(_printed(source.text, start, end))
    while kept and kept[0][0].isspace():
        kept.pop(0)
    while kept and kept[-1][0].isspace():
        kept.pop()
    if not kept:
        return None
    first, last = source.start + kept[0][1], source.start + kept[-1][1] + 1
    place = Place(line=source.number, char_start=first, char_end=last)
    plain = last - first == len(kept)
    offsets = None if plain else (*(source.start + at for _, at in kept), last)
    return Line("".join(char for char, _ in kept), place, offsets)


def _plain_slice(source: Source, start: int, end: int) -> Line | None:
    text = source.text[start:end]
    first = start + len(text) - len(text.lstrip())
    text = text.strip()
    place = Place(line=source.number, char_start=source.start + first, char_end=source.start + first + len(text))
    return Line(text, place) if text else None


def _printed(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """The characters that print, each with its index; a block tag prints as a space."""
    at = start
    for remnant in _REMNANT.finditer(text, start, end):
        yield from ((text[i], i) for i in range(at, remnant.start()))
        if remnant.group(1):
            yield " ", remnant.start()
        at = remnant.end()
    yield from ((text[i], i) for i in range(at, end))


def part_of(line: Line, start: int, end: int) -> Line:
    """The characters `start` to `end` of a clean line, with their own place.

    >>> part_of(Line("a) £5", Place(line=1, char_start=10, char_end=15)), 3, 5).place.char_start
    13
    """
    first, last = offset(line, start), offset(line, end - 1) + 1 if end > start else offset(line, start)
    place = Place(line=line.place.line, char_start=first, char_end=last)
    offsets = line.offsets[start : end + 1] if line.offsets else None
    return Line(line.text[start:end], place, offsets, line.wrap if end == len(line.text) else None)


def offset(line: Line, index: int) -> int:
    """Where the character `index` of a line of a text paper stands in the decoded text."""
    if line.offsets is not None:
        return line.offsets[index]
    return (line.place.char_start or 0) + index


def words_of(line: Line) -> list[Line]:
    """The words of a line, each with its place; a pound sign and the figure after it are one."""
    return [part_of(line, match.start(), match.end()) for match in _WORDS.finditer(line.text)]


def joined(words: list[Line]) -> tuple[Line, ...]:
    """Words of one source as one line each run that stands together in print, in their order.

    Words on the same line with nothing but white space between them become one line again.
    """
    lines: list[list[Line]] = []
    for word in words:
        if lines and _adjacent(lines[-1][-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return tuple(_glue(run) for run in lines)


def _adjacent(left: Line, right: Line) -> bool:
    return left.place.line == right.place.line and (right.place.char_start or 0) >= (left.place.char_end or 0)


def _glue(run: list[Line]) -> Line:
    text, offsets = run[0].text, [offset(run[0], i) for i in range(len(run[0].text))]
    for word in run[1:]:
        if offset(word, 0) > offsets[-1] + 1:
            offsets.append(offsets[-1] + 1)
            text += " "
        text += word.text
        offsets += [offset(word, i) for i in range(len(word.text))]
    last = offsets[-1] + 1
    place = Place(line=run[0].place.line, char_start=offsets[0], char_end=last)
    return Line(text, place, None if last - offsets[0] == len(text) else (*offsets, last), run[-1].wrap)


def run_in_title(text: str) -> str | None:
    """The title that opens a lettered or numbered paragraph and ends in a dash.

    >>> run_in_title("c) Some Fund (SF) – how it works")
    'Some Fund (SF)'
    """
    match = _LETTERED.match(text)
    return match["title"].strip("* ") if match else None


def heading_at(lines: Sequence[Source], index: int) -> Line | None:
    """The heading that a line is, if it looks like one: short, alone between blank lines, no sentence.

    The title of a lettered or numbered paragraph that a dash ends (`c) Some Fund – how it works`) is one too.
    """
    source = lines[index]
    mark = _HEADING_MARK.match(source.text)
    title = clean_slice(source, mark.end() if mark and mark.group(1) else 0)
    if title is None or "\t" in source.text:
        return None
    plain = title.text.replace("**", "")
    if run_in := run_in_title(f"{_mark_above(lines, index)}{plain}"):
        return Line(run_in, title.place)
    if mark and mark.group(1) and not mark.group(1).startswith("#"):
        return None
    alone = all(lines[i].blank for i in (index - 1, index + 1) if 0 <= i < len(lines)) or _opens(lines, index)
    alone = alone or _in_title(lines, index)
    marked = source.text.lstrip().startswith("#") or _CAPTION.match(plain)
    short = len(plain.split()) <= 16 and not plain.rstrip().endswith((".", ",", ";", ":"))
    return Line(plain.strip("* "), title.place) if marked or (alone and short) else None


def _in_title(lines: Sequence[Source], index: int) -> bool:
    """Whether a line is one of two or three short ones that stand together and end no sentence: a title of lines."""
    first = last = index
    while first and not lines[first - 1].blank and index - first < _TITLE:
        first -= 1
    while last + 1 < len(lines) and not lines[last + 1].blank and last - index < _TITLE:
        last += 1
    block = [source.text.strip() for source in lines[first : last + 1]]
    if not 1 < len(block) <= _TITLE or _CAPTION.match(block[0]) or all(map(_LISTED.match, block)):
        return False
    return all(_TITLE_LINE.match(text) and len(text.split()) <= _WORDS_MOST for text in block)


def _mark_above(lines: Sequence[Source], index: int) -> str:
    """The letter or number of a paragraph that stands on a line of its own above it, as a page's margin does."""
    above = next((lines[i] for i in range(index - 1, max(-1, index - 3), -1) if not lines[i].blank), None)
    return f"{above.text.strip()} " if above and _MARK_ALONE.match(above.text) else ""


def _opens(lines: Sequence[Source], index: int) -> bool:
    """Whether a line heads the lines right below it: first of its page, or after a blank line, and much shorter.

    So is a line above a sentence of one line.
    """
    above, own = lines[index - 1] if index else None, lines[index].text
    below = []
    for source in lines[index + 1 : index + 1 + _BELOW]:
        if source.blank:
            break
        below.append(source.text.strip())
    first = above is None or above.blank or own.startswith("\f")
    length = max(map(len, below), default=0)
    if first and len(below) == 1 and below[0].endswith((":", ".")) and not _DANGLING.search(own.rstrip()):
        return below[0][:1].isupper() and len(own.split()) <= _WORDS_MOST
    return first and len(below) > 1 and below[0][:1].isupper() and len(own.strip()) < _SHORTER * length


def line_at(starts: list[int], char: int) -> int:
    """The 1-based number of the line that holds a character, given where the lines start."""
    return bisect_right(starts, char)
