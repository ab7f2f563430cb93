"""What residents' words mean: the thesaurus, known questions, kinds of answer."""
