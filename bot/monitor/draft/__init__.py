"""A new article: which programmes it names, what is new about those that we know, drafts of the others."""
