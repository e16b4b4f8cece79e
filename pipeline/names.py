"""A cell that holds a name and its description, divided by a dash."""

import re

_DASH = re.compile(r"\s+[–—-]\s+|\s*[–—]\s+|\s+[–—](?=\S)")
_MINOR = {"and", "of", "the", "&"}
_PLACE_WORDS = 3


def split_name(text: str) -> tuple[str, str | None]:
    """The name and the description. The dash that introduces the description divides them.

    A place behind an earlier dash belongs to the name; a text without a dash is a name.

    >>> split_name("Reviews – City – A contribution to reviews")
    ('Reviews – City', 'A contribution to reviews')
    >>> split_name("Support– helping groups – big and small")
    ('Support', 'helping groups – big and small')
    """
    dashes = list(_DASH.finditer(text))
    if not dashes:
        return text, None
    dash = dashes[0]
    if len(dashes) > 1 and _is_place(text[dash.end() : dashes[1].start()]):
        dash = dashes[1]
    return text[: dash.start()].strip(), text[dash.end() :].strip() or None


def _is_place(text: str) -> bool:
    words = [word for word in re.split(r"[\s/]+", text) if word not in _MINOR]
    return 0 < len(words) <= _PLACE_WORDS and all(word[:1].isupper() for word in words)
