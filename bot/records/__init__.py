"""What happened: receipts with their replies, questions, feedback, chats. The only door to the database.

`records.py` says what is kept and what can be done with it; `sql.py` keeps it, `steady.py` lets answers go on
where it cannot be kept. Nothing enters but masked words and keyed hashes of people.
"""
