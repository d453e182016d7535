"""Numbers to words, pictures and a page: one engine for every surface. It works nothing out; measures do."""
