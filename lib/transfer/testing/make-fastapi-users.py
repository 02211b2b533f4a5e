"""
Makes fastapi-users.csv and fastapi-passwords.json, the fixture of lib/transfer: the `users` table of a FastAPI
application with SQLAlchemy, its hashes made by passlib as such applications do. The tests need no Python.

    apt-get install python3-passlib python3-bcrypt python3-argon2
    /usr/bin/python3 lib/transfer/testing/make-fastapi-users.py
"""

import csv
import json
import pathlib
import sqlite3

from passlib.context import CryptContext
from passlib.hash import argon2, bcrypt, bcrypt_sha256

usual = CryptContext(schemes=["bcrypt"], deprecated="auto")  # cost 12, as in the tutorial
LONG = "the quick brown fox jumps over the lazy dog and then over seventy-two bytes of fence, again"

PEOPLE = [
    ("anna", "Anna Andersson", "Tangerine otter 12", usual.hash, True, False),
    ("bjorn", "Björn Öberg", "Schlüssel für Tür 7 – 東京", bcrypt.using(rounds=10).hash, True, False),
    ("chiyo", None, LONG, bcrypt.using(rounds=10).hash, True, False),
    ("diego", "Diego, the \"second\"", "Palabra larga 2a", bcrypt.using(ident="2a", rounds=8).hash, True, False),
    ("emil", "Emil", "Emils altes Passwort", bcrypt.using(ident="2y", rounds=9).hash, True, False),
    ("fatima", "Fatima", LONG + " 2", bcrypt_sha256.using(rounds=10).hash, True, False),
    ("goran", "Goran", "Stara lozinka čšž", bcrypt_sha256.using(version=1, rounds=10).hash, True, False),
    ("hana", "Hana", "Disabled long ago", bcrypt.using(rounds=4).hash, False, False),
    ("ivan", "Ivan", "Hashed with argon2", argon2.using(time_cost=1, memory_cost=1024).hash, True, False),
    ("judy", "Judy", "Keeps everything running", bcrypt.using(rounds=10).hash, True, True),
]

here = pathlib.Path(__file__).parent
database = sqlite3.connect(":memory:")
database.execute(
    """CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT, email TEXT, full_name TEXT, hashed_password TEXT,
    is_active BOOLEAN, is_superuser BOOLEAN, created_at DATETIME)"""
)
for number, (username, name, password, hash, is_active, is_superuser) in enumerate(PEOPLE, 1):
    row = (number, username, f"{username.capitalize()}@Example.com", name, hash(password), is_active, is_superuser)
    database.execute("INSERT INTO users VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*row, f"2024-02-{number:02} 08:30:00.123456"))

rows = database.execute("SELECT * FROM users ORDER BY id")
with open(here / "fastapi-users.csv", "w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file)
    writer.writerow(column[0] for column in rows.description)
    writer.writerows(rows)
with open(here / "fastapi-passwords.json", "w", encoding="utf-8") as file:
    json.dump({username: password for username, _, password, *_ in PEOPLE}, file, ensure_ascii=False, indent=2)
    file.write("\n")
