"""The program that writes the embedded model's training text: small tables, sentences and sums, with questions.

Every function takes its own `random.Random`, so one seed gives one text for ever. The order in which random numbers
are drawn is part of the contract: golden.json holds figures of dialogues drawn from fixed seeds.
"""
