"""Time expressions: found in the text, placed in time by TIMEX3 and EDTF, never guessed.

Here belong the grammar that finds them (`grammar` and the rules it lists), what they mean before
they are placed (`meaning`), the resolver that places them (`resolver`, `tense`, `publication`) and
the calendar (`calendar`, `holidays`). When an article was published is told to this package, not
found here; nor does it know of tables, ids or other articles.
"""
