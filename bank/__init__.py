"""What the bank does, one file a noun.

Functions take the open transaction `tx` and the time `now`, and return what happened. The pages,
the command line, the clock and the receiver all call these.
"""
