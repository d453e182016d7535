"""Populations read from survey files that a user holds."""
