"""The people the law is worked over: records, where they live, and where they come from."""
