"""thidua: the scoring engine of an emulation movement (phong trào thi đua). The command line holds no rules."""

from records.software import VERSION as __version__

__all__ = ["__version__"]
