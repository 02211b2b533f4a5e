"""What both forms of the system have in common: passwords, signed tokens, and how they are handed over."""

import os
import time
import uuid
from typing import Optional, Tuple

from fastapi import HTTPException, Response
from fastapi.security import OAuth2PasswordBearer
from jose import JWTError, jwt
from passlib.context import CryptContext
from pydantic import BaseModel

SECRET_KEY = os.environ["SECRET_KEY"]
ALGORITHM = "HS256"
ACCESS_TOKEN_SECONDS = 30 * 60
REFRESH_TOKEN_SECONDS = 7 * 24 * 60 * 60

passwords = CryptContext(schemes=["bcrypt"], bcrypt__rounds=int(os.environ["BCRYPT_COST"]))
bearer = OAuth2PasswordBearer(tokenUrl="token")


class User(BaseModel):
    username: str
    email: str
    full_name: Optional[str] = None
    disabled: bool

    class Config:
        orm_mode = True


class Token(BaseModel):
    access_token: str
    token_type: str


def unauthorized(detail: str) -> HTTPException:
    return HTTPException(401, detail, headers={"WWW-Authenticate": "Bearer"})


def new_access_token(username: str) -> str:
    claims = {"sub": username, "type": "access", "exp": int(time.time()) + ACCESS_TOKEN_SECONDS}
    return jwt.encode(claims, SECRET_KEY, ALGORITHM)


def sign_refresh_token(username: str) -> Tuple[str, str, int]:
    """A token with its id and its end, which the caller keeps."""
    jti, expires_at = uuid.uuid4().hex, int(time.time()) + REFRESH_TOKEN_SECONDS
    claims = {"sub": username, "jti": jti, "type": "refresh", "exp": expires_at}
    return jwt.encode(claims, SECRET_KEY, ALGORITHM), jti, expires_at


def read(token: Optional[str], kind: str) -> dict:
    try:
        claims = jwt.decode(token or "", SECRET_KEY, algorithms=[ALGORITHM])
    except JWTError:
        raise unauthorized("Could not validate credentials")
    if claims.get("type") != kind:
        raise unauthorized("Could not validate credentials")
    return claims


def hand_over(response: Response, username: str, refresh_token: str) -> Token:
    response.set_cookie(
        "refresh_token",
        refresh_token,
        max_age=REFRESH_TOKEN_SECONDS,
        httponly=True,
        secure=True,
        samesite="lax",
    )
    return Token(access_token=new_access_token(username), token_type="bearer")
