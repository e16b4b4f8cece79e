"""Text layouts: one small module each, all asked about the whole paper; exactly one may claim a line.

A dialect has a `NAME` and a `find(lines)` that gives its claims. To add one, write the module and name it here.
"""

from extractors.dialects import awards, flowing, pipes, spaced, stream, tabs, terms

DIALECTS = (tabs, pipes, spaced, flowing, stream, awards, terms)
