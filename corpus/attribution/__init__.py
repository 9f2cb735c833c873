"""Reported speech: from cue words to attributions with source, cue and content."""
