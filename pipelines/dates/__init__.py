"""Time expressions: found in the text, placed in time by TIMEX3 and EDTF, never guessed."""
