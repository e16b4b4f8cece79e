"""What readers of PDF raise over a damaged file, and its name for people."""

import struct
import zlib

from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

# What they raise besides what they call their own. No lack of memory: that is a limit.
FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MalformedPDFException,
    PSException,
    PdfminerException,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


def name_of(fault: BaseException) -> str:
    """What went wrong in a reader, in a word; of a fault that wraps another, the inner one's.

    Raises MemoryError where it was that: a lack of memory is a limit and no damage.
    """
    inner = fault.args[0] if fault.args and isinstance(fault.args[0], BaseException) else fault
    if isinstance(inner, MemoryError):
        raise inner
    return type(inner).__name__
