"""The steps of a proposal: how far each case has come, appraisal, publishing of lists; none can be skipped."""
