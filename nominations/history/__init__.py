"""Awards already given (lịch sử khen thưởng): imported, recorded, revoked, looked up."""
