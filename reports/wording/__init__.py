"""Words that all papers share: sentences, days and periods, who issues a paper and in which province."""
