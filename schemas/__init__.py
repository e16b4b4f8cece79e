"""What good data is: the core records, the output tables and the vocabularies. Imports nothing of ours."""
