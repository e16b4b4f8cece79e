"""The one way in which reading a file can fail."""


class Unreadable(ValueError):
    """The file is no paper that can be read; the message is a sentence for people."""
