"""The running service: composes the parts, receives, sends, keeps time. The only room that imports adapters."""
