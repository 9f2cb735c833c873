"""One set of questions for pages, API and exports: who may see which rows, and what can be asked.

`readers` says what each kind of reader may see at all, `base` how questions are checked,
`claims` and `records` hold the questions themselves.
"""
