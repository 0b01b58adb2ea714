"""What units and associations propose: their own letter, minutes and list, checked cell by cell."""
