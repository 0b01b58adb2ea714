"""From ranks to award proposals: award rules, eligibility, selection, council, dossiers."""
