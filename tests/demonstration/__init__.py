"""The illustrative data of `thidua demo`."""
