"""
The system of the FastAPI tutorials as they write it: path operations are `def`, which FastAPI runs in its thread pool, and
each request has a session of SQLAlchemy. The password form of OAuth 2.0, an access token of 30 minutes, a refresh token of
7 days in an HttpOnly cookie that is replaced at every refresh, refresh tokens kept in a database, the user read from
the database at every request, logout.

Better than they have it: connections are kept (SQLAlchemy opens a new one for each session of SQLite otherwise), and a
refresh is one durable commit (WAL, synchronous=FULL).
"""

import os
from typing import Iterator, Optional

from fastapi import Cookie, Depends, FastAPI, Form, HTTPException, Response
from fastapi.security import OAuth2PasswordRequestForm
from sqlalchemy import Boolean, Column, Integer, String, create_engine, event
from sqlalchemy.orm import Session, declarative_base, sessionmaker
from sqlalchemy.pool import QueuePool
from tokens import Token, User, bearer, hand_over, passwords, read, sign_refresh_token, unauthorized

engine = create_engine(
    f"sqlite:///{os.environ['DATABASE']}",
    connect_args={"check_same_thread": False, "timeout": 30},
    poolclass=QueuePool,
    pool_size=40,
)


@event.listens_for(engine, "connect")
def make_durable(connection, _):
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


SessionLocal = sessionmaker(autocommit=False, autoflush=False, bind=engine)
Base = declarative_base()


class UserRow(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    username = Column(String, unique=True, index=True, nullable=False)
    email = Column(String, nullable=False)
    full_name = Column(String)
    disabled = Column(Boolean, default=False, nullable=False)
    hashed_password = Column(String, nullable=False)


class RefreshTokenRow(Base):
    __tablename__ = "refresh_tokens"
    jti = Column(String, primary_key=True)
    username = Column(String, nullable=False)
    expires_at = Column(Integer, nullable=False)
    revoked = Column(Boolean, default=False, nullable=False)


Base.metadata.create_all(bind=engine)
app = FastAPI()


def get_db() -> Iterator[Session]:
    db = SessionLocal()
    try:
        yield db
    finally:
        db.close()


def new_refresh_token(username: str, db: Session) -> str:
    """Signs a token and adds its row; the caller commits."""
    token, jti, expires_at = sign_refresh_token(username)
    db.add(RefreshTokenRow(jti=jti, username=username, expires_at=expires_at))
    return token


@app.post("/register", status_code=201)
def register(
    username: str = Form(), email: str = Form(), password: str = Form(), db: Session = Depends(get_db)
) -> None:
    db.add(UserRow(username=username, email=email, hashed_password=passwords.hash(password)))
    db.commit()


@app.post("/token", response_model=Token)
def login(
    response: Response, form: OAuth2PasswordRequestForm = Depends(), db: Session = Depends(get_db)
):
    user = db.query(UserRow).filter(UserRow.username == form.username).first()
    if user is None or not passwords.verify(form.password, user.hashed_password):
        raise unauthorized("Incorrect username or password")
    successor = new_refresh_token(form.username, db)
    db.commit()
    return hand_over(response, form.username, successor)


@app.post("/refresh", response_model=Token)
def refresh(
    response: Response, refresh_token: Optional[str] = Cookie(None), db: Session = Depends(get_db)
):
    claims = read(refresh_token, "refresh")
    # by its condition, and not by a row that was read before: of two that come at once one is refused
    live = db.query(RefreshTokenRow).filter_by(jti=claims["jti"], revoked=False)
    if live.update({"revoked": True}, synchronize_session=False) == 0:
        raise unauthorized("Invalid refresh token")
    successor = new_refresh_token(claims["sub"], db)
    db.commit()
    return hand_over(response, claims["sub"], successor)


def get_current_user(token: str = Depends(bearer), db: Session = Depends(get_db)) -> UserRow:
    claims = read(token, "access")
    user = db.query(UserRow).filter(UserRow.username == claims["sub"]).first()
    if user is None:
        raise unauthorized("Could not validate credentials")
    return user


def get_current_active_user(user: UserRow = Depends(get_current_user)) -> UserRow:
    if user.disabled:
        raise HTTPException(400, "Inactive user")
    return user


@app.get("/users/me", response_model=User)
def me(user: UserRow = Depends(get_current_active_user)):
    return user


@app.post("/logout")
def logout(
    response: Response, refresh_token: Optional[str] = Cookie(None), db: Session = Depends(get_db)
):
    claims = read(refresh_token, "refresh")
    db.query(RefreshTokenRow).filter_by(jti=claims["jti"]).update({"revoked": True})
    db.commit()
    response.delete_cookie("refresh_token")
    return {"message": "Successfully logged out"}
