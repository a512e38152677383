"""`python -m bot ...` is the same as `heard ...`."""

from bot.command import main

main()
