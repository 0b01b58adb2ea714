"""thidua: the scoring engine of an emulation movement (phong trào thi đua). The command line holds no rules."""

__version__ = "0.3.0"
