"""The one list of rules: everything that a finding can say."""

from enum import Enum


class Rule(Enum):
    """A name, a severity (error, warning, notice) and what it means, for the data dictionary.

    >>> Rule.TOTAL_DISAGREES.severity
    'error'
    """

    PAPER_UNREADABLE = ("error", "The paper could not be read; the reason says why.")
    PAPER_QUARANTINED = ("error", "The paper met a limit and was set aside; the reason names it.")
    PAGE_FAILED = ("error", "A page could not be read; the other pages were.")
    PAGE_DAMAGED = ("error", "What a page prints breaks off or is damaged; it was read as far as it goes.")
    PAGES_DIFFER = ("error", "Two readers of the file count different numbers of pages.")
    FILE_DAMAGED = ("warning", "The file is damaged; its readers put its parts together as best they could.")
    REPAIRED = ("warning", "The file could be read only after it was repaired; hold the figures against the paper.")
    FILE_REVISED = ("notice", "The file was changed after it was made; its newest version was read.")
    TEXT_UNMAPPED = ("error", "Characters of a page have no known meaning and were left out.")
    UNREAD_AGAIN = (
        "warning",
        "Another reader could not read the paper, so fewer figures were read twice.",
    )
    NO_TABLES = ("warning", "The paper has no table that could be read.")
    ENCODING_ASSUMED = (
        "warning",
        "The text is not UTF-8; it was read as Windows-1252, which is an assumption.",
    )
    INVISIBLE_MARKS = (
        "notice",
        "Invisible characters were left out of values; the raw text keeps its place.",
    )
    DIALECTS_CONFLICT = ("error", "Two ways of reading claim the same lines, so neither was followed.")
    NOT_A_TABLE = (
        "notice",
        "What could be a table was set aside as none: a lone cell between tabs, a chart, a list of contents.",
    )
    REPEATED_HEADING = ("notice", "The heading row is printed again inside the table and is no data.")
    JOINED_OVER_PAGES = ("notice", "The table goes on after a gap without a heading and was joined.")
    STRAY_RULE = ("notice", "A row of dashes is a drawn rule and no data.")
    SLID_CELLS = ("warning", "The cells of a row slid to the right and were put back under their headings.")
    PACKED_CELL = ("warning", "Several figures stand in one cell and were shared out over the columns.")
    DISPLACED_WORDS = ("warning", "Words that a page break or a wrap moved were put back to their row.")
    RAGGED_ROW = ("error", "A row has filled cells beyond the columns that its heading names.")
    ROWS_MIXED = (
        "error",
        "The cells of a table stand in an order that no longer tells its rows apart; its figures are for review.",
    )
    WORD_DIVIDED = (
        "notice",
        "Hyphens at the ends of lines divide words that are one; they were left out of the words.",
    )
    HYPHEN_LOST = (
        "warning",
        "A hyphen was lost where two lines were joined; it was put back, or the row is up for review.",
    )
    CELLS_ASTRAY = (
        "error",
        "Figures stand alone on lines, or below each other, outside all tables: cells of a table that was not read.",
    )
    WORDS_IN_NO_CELL = (
        "error",
        "Words stand within a table and in none of its cells: they are in the running text alone.",
    )
    PAGE_READ_OTHERWISE = (
        "warning",
        "Another reader has figures on a page that the first does not have anywhere on it.",
    )
    TEXT_HIDDEN = ("warning", "A page holds text that nobody who looks at it can see, or a watermark; it was left out.")
    LAYERS_OFF = (
        "warning",
        "Layers of the paper are switched off; what stands on them was read as if it were seen.",
    )
    READINGS_DIFFER = ("error", "Two independent readers of the page read different figures in one cell.")
    PAGE_SCANNED = (
        "notice",
        "A page is a picture without usable text; its words were read from the picture.",
    )
    PRINT_UNREAD = ("warning", "Marks on a scanned page look like print and were not read.")
    READ_BY_OCR_ALONE = (
        "warning",
        "Figures of a scanned page are up for review: no second reader has them just so, with what names them.",
    )
    WORD_UNSURE = ("notice", "A word of a table on a scanned page was read with little confidence.")
    UNKNOWN_TABLE = ("warning", "Money stands in a table that no kind of table claims.")
    HEADING_UNKNOWN = ("warning", "A heading is in no vocabulary; its column was kept in the cells only.")
    HEADING_BY_EVIDENCE = (
        "warning",
        "A heading is in no vocabulary; what its column holds says what it means, which is less sure.",
    )
    CODES_UNLISTED = ("notice", "The codes of a table are of no known scheme; they were read as printed.")
    HEADING_CONFLICT = ("error", "Two columns of one table claim the same meaning.")
    CODE_REPAIRED = ("warning", "A damaged code was repaired to the one code that fits its place.")
    CODE_UNREADABLE = ("error", "Something stands in a code's place and fits no code.")
    CODE_REPEATED = ("error", "The same code is printed for two rows of one table.")
    CODE_REUSED = ("warning", "The same code means another intention in another paper or table.")
    CODE_OTHERWISE = ("notice", "A word outside the tables looks like a damaged code; it was left as it is.")
    DOUBLED_WORDS = ("notice", "Words doubled at a wrap were read once.")
    BEGINNING_LOST = ("warning", "A description starts in lower case: its beginning may be lost.")
    FOOTNOTE_MARK = ("notice", "A footnote mark stands at a code or an amount and is no part of it.")
    MONEY_UNREADABLE = ("error", "An amount is printed in a way that could mean several values.")
    FIGURE_UNREADABLE = ("warning", "A figure that is no money is printed in a way that could mean several values.")
    MONEY_NOT_PLACED = ("error", "An amount stands in an allocating table and no row of data holds it.")
    AMOUNT_DISPLACED = (
        "warning",
        "An amount stands in a column that holds no amounts and was put in its own.",
    )
    AMOUNT_BLANK = ("notice", "A line has no amount of its own.")
    AMOUNT_INCLUDED = ("notice", "An amount in a comment is part of the row's amount and was not added.")
    AMOUNT_NOT_SPLIT = ("notice", "The description lists lettered services, but one amount covers them all.")
    NAME_MISSING = ("error", "An amount stands in a row that names nothing.")
    MECHANISM_UNKNOWN = ("warning", "A funding mechanism is in no vocabulary.")
    MECHANISMS_MISMATCH = ("warning", "The mechanisms and the parts of a row differ in number.")
    PROVIDER_UNCLEAR = ("warning", "It cannot be told which part of a row the named provider belongs to.")
    PROVIDER_OF_ONE_YEAR = ("notice", "The comment names the provider for some of the printed years only.")
    PROVIDER_OF_ONE_PART = ("notice", "The comment names one provider; other parts of the row have none.")
    THEME_FROM_ABOVE = ("notice", "A theme is printed once for several rows; those below it have it too.")
    THEME_UNKNOWN = ("warning", "A theme is in no vocabulary, so its row has none.")
    AREA_UNKNOWN = ("warning", "An area's name is in no vocabulary, so its row has no area code.")
    YEAR_FROM_CONTEXT = ("notice", "The table states no year; the one stated above it was taken.")
    YEAR_UNKNOWN = ("error", "No financial year is stated for an amount.")
    PRIORITY_NOT_LISTED = ("notice", "A row names a priority that the paper does not list.")
    SHARED_POOL = (
        "warning",
        "The amounts are whole funds that other rows are paid from; do not add them up.",
    )
    TOTAL_DISAGREES = ("error", "A printed total is not the sum of its parts.")
    TOTAL_OF_NOTHING = ("error", "A printed total stands over no amounts.")
    TOTAL_LOST = ("warning", "A total that its neighbours have is not printed; none was made up.")
    TOTAL_UNLABELLED = ("notice", "An amount without the word total covers the parts below it.")
    SAME_MONEY_TWICE = ("notice", "The same money is printed in two tables of the paper; count it once.")
    COPY = ("warning", "A table repeats a table of another paper; its rows are copies and are not additive.")
    COPY_DISAGREES = ("error", "A copy and its original print different figures.")
    COPY_PRINTED_OTHERWISE = ("notice", "A copy and its original print the same code in different ways.")
    ROW_INVALID = ("error", "A row fails a check of its table; it is kept in the cells only.")
    METADATA_INVALID = ("warning", "raw/papers.csv says something of a paper that cannot be true.")
    CORRECTION_APPLIED = (
        "notice",
        "A person read a value otherwise; theirs is published and the print is kept beside it.",
    )
    DISPUTED = ("error", "A person says that a value is read wrongly; it is for review until that is settled.")
    CORRECTION_STALE = (
        "warning",
        "What a correction or a dispute was made of is not there any more; it was not taken up.",
    )
    CORRECTION_UNUSED = ("warning", "A correction or a dispute is of a paper or a value that is not there.")
    CORRECTION_INVALID = (
        "warning",
        "A correction or a dispute cannot be taken up: a part of it is missing, unclear or contradicted.",
    )
    METADATA_UNUSED = ("warning", "raw/papers.csv describes a paper that is not there.")

    def __init__(self, severity: str, meaning: str) -> None:
        self.severity = severity
        self.meaning = meaning

    @property
    def slug(self) -> str:
        """The rule's name as the findings table prints it: `total-disagrees`."""
        return self.name.lower().replace("_", "-")
