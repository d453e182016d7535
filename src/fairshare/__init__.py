"""fairshare: who pays and who receives in the United Kingdom, today and under a proposal."""

__version__ = "0.1.0"
