"""`heard doctor`: looks at this installation, changes nothing, and says what to do about each thing that is wrong."""

from bot.doctor.examination import examine, run
from bot.doctor.finding import Finding

__all__ = ["Finding", "examine", "run"]
