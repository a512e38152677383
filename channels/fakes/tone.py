"""A short sound, made where it is wanted: what stands for a voice note."""

from __future__ import annotations

import io
import math
import wave
from array import array

CONTENT_TYPE = "audio/wav"
_RATE = 8000  # samples a second
_LOUD = 8000  # of 32,767


def tone(seconds: float = 1.0, hertz: float = 440.0) -> bytes:
    """A plain note as a WAV file, 16 bits, one channel."""
    count = int(_RATE * seconds)
    samples = array("h", (int(_LOUD * math.sin(2 * math.pi * hertz * n / _RATE)) for n in range(count)))
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(_RATE)
        sound.writeframes(samples.tobytes())
    return file.getvalue()
