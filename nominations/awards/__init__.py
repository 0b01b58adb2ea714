"""awards.yaml: forms of award, their legal facts, quotas, steps, councils, papers, money; read, checked, asked."""
