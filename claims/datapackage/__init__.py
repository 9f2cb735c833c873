"""The database as a data package: tables in files, described, checked, and read back in.

`scope` says what is in it for whom, `tables` what each table holds and means, `rows` reads them,
`describe` writes the descriptor and the code book, `write` the files; `check` reads a package
without believing it, `load` takes one into an empty database.
"""
