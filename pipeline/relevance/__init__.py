"""Articles in, matches out: which company, which story, what kind of news, how well it fits."""
