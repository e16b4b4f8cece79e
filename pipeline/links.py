"""The same intention in two papers, or in two editions that one paper speaks of.

What a paper prints (CI201 became CI002), the same words, and the same money under like words are asserted. Like words
are suggested, the likest first. A code by itself says nothing: codes are given again to other intentions.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.drafts import Intention
from pipeline.homes import Amounts, Home, earlier, nearest
from pipeline.likeness import likeness, plain
from pipeline.mentions import Mention
from pipeline.result import Result

# Where the paper that had the previous codes is not at hand, its place is kept by this word.
LEGACY = "legacy"
ASSERTED, SUGGESTED = "asserted", "suggested"
# Words less alike than this suggest nothing.
_SUGGESTS = 0.6
# The same money says the same intention only where the words are this much alike.
_MONEY_AND_WORDS = 0.8
# Candidates as good as the best one but for this are suggested too.
_CLOSE = 0.03
# Fewer words than this are no sentence that could be told from another intention's.
_SENTENCE = 3
# What a mention's own code adds to the likeness of the intention that has it, and what the same money adds.
_OWN_CODE, _SAME_MONEY = 0.25, 0.05


@dataclass(frozen=True, slots=True)
class Link:
    """The same intention in two papers; `basis` says what tells so, `score` how alike the words are, 0 to 1."""

    from_paper_id: str
    from_code: str
    to_paper_id: str
    to_code: str
    relation: str
    basis: str
    score: float = 1.0
    status: str = ASSERTED


def intention_links(results: Sequence[Result], copies: Mapping[str, str], homes: Sequence[Home]) -> list[Link]:
    """Every link between the intentions of `homes`; those of copied tables are excerpts of their originals."""
    before = earlier(homes)
    links = [*_excerpts(results, copies), *_printed(results, before)]
    words = list(_same_words(homes, before))
    links += words
    for home in homes:
        links += _of_nearest(home, before[home.paper.paper_id], words)
    for result in results:
        links += _of_mentions(result)
    return links


def once(links: Sequence[Link]) -> list[Link]:
    """One link for each pair of codes, the surest, in order."""
    found: dict[tuple[str, ...], Link] = {}
    for each in sorted(links, key=lambda link: (link.status, link.basis, -link.score, link.relation)):
        found.setdefault((each.from_paper_id, each.from_code, each.to_paper_id, each.to_code), each)
    return [found[key] for key in sorted(found)]


def _excerpts(results: Sequence[Result], copies: Mapping[str, str]) -> Iterator[Link]:
    """Each intention of a copied table, with the one that it repeats."""
    by_table = {(i.known.table_id, i.code.code): i for result in results for i in result.intentions}
    for (table_id, code), intention in by_table.items():
        other = by_table.get((copies.get(table_id, ""), code))
        if other is not None:
            yield Link(intention.known.paper_id, code, other.known.paper_id, code, "excerpt", "same-words")


def _printed(results: Sequence[Result], before: Mapping[str, Sequence[Home]]) -> Iterator[Link]:
    """The renumberings that papers print, from the nearest earlier paper that has the previous code, else from none."""
    for result in results:
        pairs = [(old.code, each) for each in result.intentions for old, _ in each.legacy]
        olds = Counter(old for old, _ in pairs)
        news = Counter(each.code.code for _, each in pairs)
        for old, each in pairs:
            relation = "split" if olds[old] > 1 else "merged" if news[each.code.code] > 1 else "renumbered"
            paper_id = _holder(old, each, before.get(result.paper.paper_id, ()))
            yield Link(paper_id, old, result.paper.paper_id, each.code.code, relation, "printed")


def _holder(code: str, now: Intention, before: Sequence[Home]) -> str:
    """The earlier paper whose intention of this code speaks of the same thing."""
    having = [
        home
        for home in before
        for each in home.intentions
        if each.code.code == code and likeness(each.description or "", now.description or "") >= _SUGGESTS
    ]
    found = nearest(having)
    return found.paper.paper_id if found else LEGACY


def _same_words(homes: Sequence[Home], before: Mapping[str, Sequence[Home]]) -> Iterator[Link]:
    """Each intention with the one of the same words in the nearest earlier paper that has one, and no second."""
    groups: dict[str, dict[str, list[Intention]]] = defaultdict(lambda: defaultdict(list))
    for home in homes:
        for each in home.intentions:
            if len(plain(each.description or "").split()) >= _SENTENCE:
                groups[plain(each.description or "")][home.paper.paper_id].append(each)
    for group in groups.values():
        for paper_id, own in group.items():
            latest = nearest([home for home in before[paper_id] if home.paper.paper_id in group])
            others = group[latest.paper.paper_id] if latest else []
            if len(own) == len(others) == 1:
                yield _link(others[0], own[0], "same-words")


def _link(first: Intention, second: Intention, basis: str) -> Link:
    relation = "same" if first.code.code == second.code.code else "renumbered"
    return Link(first.known.paper_id, first.code.code, second.known.paper_id, second.code.code, relation, basis)


def _of_nearest(home: Home, before: Sequence[Home], asserted: Sequence[Link]) -> Iterator[Link]:
    """For each intention without its words in an earlier paper, the likest of the nearest earlier paper."""
    latest = nearest(before)
    if latest is None:
        return
    pair = (latest.paper.paper_id, home.paper.paper_id)
    done = {link.to_code for link in asserted if link.to_paper_id == pair[1]}
    taken = {link.from_code for link in asserted if (link.from_paper_id, link.to_paper_id) == pair}
    free = [each for each in latest.intentions if each.code.code not in taken]
    for each in home.intentions:
        if each.code.code not in done:
            yield from _likest(each, free, home.amounts, latest.amounts)


def _likest(
    each: Intention, free: Sequence[Intention], amounts: Mapping[str, Amounts], theirs: Mapping[str, Amounts]
) -> Iterator[Link]:
    """The likest candidates of an intention; one is asserted where it alone has the money, and the words fit."""
    same = [i for i in free if _same_money(amounts.get(each.code.code, {}), theirs.get(i.code.code, {}))]
    alike = {id(i): likeness(i.description or "", each.description or "") for i in free}
    ranks = {id(i): alike[id(i)] + (_SAME_MONEY if i in same else 0) for i in free}
    best = max(ranks.values(), default=0.0)
    close = [i for i in free if alike[id(i)] >= _SUGGESTS and ranks[id(i)] >= best - _CLOSE]
    for i in close:
        sure = len(close) == 1 and same == [i] and alike[id(i)] >= _MONEY_AND_WORDS
        link = _link(i, each, "same-money" if i in same else "similar-words")
        yield replace(link, score=alike[id(i)], status=ASSERTED if sure else SUGGESTED)


def _same_money(mine: Amounts, theirs: Amounts) -> bool:
    """Whether two intentions have the same amount in every year that both papers print, and such a year."""
    years = mine.keys() & theirs.keys()
    return bool(years) and all(mine[year] == theirs[year] for year in years)


def _of_mentions(result: Result) -> Iterator[Link]:
    """The codes of an earlier edition that a paper speaks of, with its own intentions."""
    for mention in result.mentions:
        whole = [each for each in result.intentions if plain(each.description or "") == plain(mention.words)]
        if len(whole) == 1:
            yield _of_edition(mention, whole[0], "same-words", ASSERTED)
        elif result.intentions:
            likest = max(result.intentions, key=lambda each: _rank(mention, each))
            if _rank(mention, likest) >= _SUGGESTS:
                yield _of_edition(mention, likest, "similar-words", SUGGESTED)


def _of_edition(mention: Mention, found: Intention, basis: str, status: str) -> Link:
    paper_id, code = found.known.paper_id, found.code.code
    relation = "same" if code == mention.code else "renumbered"
    score = likeness(mention.words, found.description or "")
    return Link(f"{paper_id}-{mention.edition}", mention.code, paper_id, code, relation, basis, score, status)


def _rank(mention: Mention, each: Intention) -> float:
    same = mention.code == each.code.code
    return likeness(mention.words, each.description or "") + (_OWN_CODE if same else 0)
