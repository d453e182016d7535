"""What is done with money: who receives which service, and the ledger that must balance."""
