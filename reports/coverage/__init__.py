"""Coverage (mức độ bao phủ): who has a plan, has self-assessed, has been verified, published, reported."""
