"""Result tables -> terminal, CSV, JSON, Markdown, HTML. Nothing here counts."""
