"""What a paper prints: a file becomes tables of cells, each with its place. Knows nothing of money or meaning."""
