"""The conversations, one a file, and the grammar they are written in. No IO, no SQL, no clock."""
