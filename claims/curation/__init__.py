"""What editors do: each action one function, one transaction, logged, safe against stale saves."""
