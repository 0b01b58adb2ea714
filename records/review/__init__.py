"""Verification by body (thẩm định): workbooks out to verifying bodies and in again, what each of them still owes."""
