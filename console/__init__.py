"""The pages. They call `bank` and hold no rule."""
