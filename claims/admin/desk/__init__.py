"""The review desk: an article beside its proposals, ruled on one after another."""
