"""
The system of `tutorial.py` written to be fast: endpoints are `async def` with plain sqlite3 and one connection; only bcrypt
runs in the thread pool, so that it uses all cores. As durable as Latchkey: WAL, synchronous=FULL, one commit a refresh.

As in the tutorials an access token is not tied to a session: logout does not end it.
"""

import os
import sqlite3
from typing import Optional

from fastapi import Cookie, Depends, FastAPI, Form, HTTPException, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.security import OAuth2PasswordRequestForm
from tokens import Token, User, bearer, hand_over, passwords, read, sign_refresh_token, unauthorized

# in autocommit, so that BEGIN and COMMIT are said
database = sqlite3.connect(os.environ["DATABASE"], isolation_level=None)
database.execute("PRAGMA journal_mode = WAL")
database.execute("PRAGMA synchronous = FULL")
database.execute(
    "CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, username TEXT UNIQUE NOT NULL, email TEXT NOT NULL,"
    " full_name TEXT, disabled INTEGER NOT NULL DEFAULT 0, hashed_password TEXT NOT NULL)"
)
database.execute(
    "CREATE TABLE IF NOT EXISTS refresh_tokens (jti TEXT PRIMARY KEY, username TEXT NOT NULL,"
    " expires_at INTEGER NOT NULL, revoked INTEGER NOT NULL DEFAULT 0)"
)

app = FastAPI()


def new_refresh_token(username: str) -> str:
    """Signs a token and keeps its id; in whatever transaction the caller is."""
    token, jti, expires_at = sign_refresh_token(username)
    database.execute(
        "INSERT INTO refresh_tokens (jti, username, expires_at) VALUES (?, ?, ?)",
        (jti, username, expires_at),
    )
    return token


@app.post("/register", status_code=201)
async def register(username: str = Form(), email: str = Form(), password: str = Form()) -> None:
    hashed = await run_in_threadpool(passwords.hash, password)
    database.execute(
        "INSERT INTO users (username, email, hashed_password) VALUES (?, ?, ?)",
        (username, email, hashed),
    )


@app.post("/token", response_model=Token)
async def login(response: Response, form: OAuth2PasswordRequestForm = Depends()):
    row = database.execute(
        "SELECT hashed_password FROM users WHERE username = ?", (form.username,)
    ).fetchone()
    if row is None or not await run_in_threadpool(passwords.verify, form.password, row[0]):
        raise unauthorized("Incorrect username or password")
    return hand_over(response, form.username, new_refresh_token(form.username))


@app.post("/refresh", response_model=Token)
async def refresh(response: Response, refresh_token: Optional[str] = Cookie(None)):
    claims = read(refresh_token, "refresh")
    database.execute("BEGIN IMMEDIATE")
    try:
        replaced = database.execute(
            "UPDATE refresh_tokens SET revoked = 1 WHERE jti = ? AND revoked = 0", (claims["jti"],)
        )
        if replaced.rowcount == 0:
            raise unauthorized("Invalid refresh token")
        successor = new_refresh_token(claims["sub"])
        database.execute("COMMIT")
    except BaseException:
        database.execute("ROLLBACK")
        raise
    return hand_over(response, claims["sub"], successor)


async def get_current_user(token: str = Depends(bearer)) -> User:
    claims = read(token, "access")
    row = database.execute(
        "SELECT username, email, full_name, disabled FROM users WHERE username = ?",
        (claims["sub"],),
    ).fetchone()
    if row is None:
        raise unauthorized("Could not validate credentials")
    return User(username=row[0], email=row[1], full_name=row[2], disabled=bool(row[3]))


async def get_current_active_user(user: User = Depends(get_current_user)) -> User:
    if user.disabled:
        raise HTTPException(400, "Inactive user")
    return user


@app.get("/users/me", response_model=User)
async def me(user: User = Depends(get_current_active_user)):
    return user


@app.post("/logout")
async def logout(response: Response, refresh_token: Optional[str] = Cookie(None)):
    claims = read(refresh_token, "refresh")
    database.execute("UPDATE refresh_tokens SET revoked = 1 WHERE jti = ?", (claims["jti"],))
    response.delete_cookie("refresh_token")
    return {"message": "Successfully logged out"}
