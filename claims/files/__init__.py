"""Lists as files: the rows of a claim worked out by the database, CSV, JSON Lines and Parquet."""
