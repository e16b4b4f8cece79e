"""Text whose columns are lost: its rows put together again."""
