"""Who is named in an article, and whom a name, description or pronoun in it stands for."""
