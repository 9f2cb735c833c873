"""From bytes to findings: reads news text and returns every figure in it with its voice."""
