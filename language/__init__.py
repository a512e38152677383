"""Human text, pure: reading replies, SMS length, phone numbers, wording in languages.

Imports nothing else of ours, does no input or output, knows no clock.
"""
