"""Attributed statements: the quoted and reported words, their cue, and the speaker's mention."""
