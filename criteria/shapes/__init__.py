"""Shapes: how a quantity becomes points. One file each; registry.py lists them."""

from criteria.shapes.base import BandEdges, Bindery, Declaration, Earned, Shape
from criteria.shapes.registry import SHAPES, Band, Shaped

__all__ = ["SHAPES", "Band", "BandEdges", "Bindery", "Declaration", "Earned", "Shape", "Shaped"]
