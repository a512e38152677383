"""Stand-ins for other people's servers that keep a book of everything they accepted.

They speak the providers' own wire formats over real sockets, so that whatever works against them has
been through the whole path. They import nothing of ours and check signatures with their own code.
"""
