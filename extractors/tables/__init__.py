"""Which tables a page prints, and which of them go on over pages."""
