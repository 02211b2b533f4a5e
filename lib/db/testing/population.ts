import { createHash } from "node:crypto";
import { hashSecret, type SessionSecret } from "@/lib/auth/refresh-token";
import type { Session, SessionId, User, UserId } from "@/lib/auth/store";
import { aSession, aUser } from "@/lib/auth/testing/samples";
import { addSeconds, type Instant } from "@/lib/clock";

const DAY_SECONDS = 24 * 60 * 60;
/** Sessions were opened over so long a time, the first one first. */
const OPENED_OVER_SECONDS = 6 * DAY_SECONDS;
const SESSIONS_PER_USER = 10;

/** In the stored form of `password.ts`; matches no password. */
const PASSWORD_HASH = `$latchkey$public$2b$12$${"x".repeat(53)}`;

const USER_AGENTS = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0",
] as const;

/** Whose sessions none are: only his place is taken. */
const NOBODY = aUser();

/** So many sessions of a tenth as many users, each of which can be told from its number alone. */
export interface Population {
  readonly sessions: number;
  /** When the last of them was opened. */
  readonly openedAt: Instant;
}

export const usersOf = ({ sessions }: Population) => Math.ceil(sessions / SESSIONS_PER_USER);

/** The user of this number. */
export function userNumbered(number: number, { openedAt }: Population): User {
  return aUser({
    id: text(`user ${number}`) as UserId,
    username: `person.${number}`,
    email: `person.${number}@mail.example.org`,
    name: `Person ${number}`,
    passwordHash: PASSWORD_HASH,
    createdAt: addSeconds(openedAt, -OPENED_OVER_SECONDS),
  });
}

/** The session of this number, rotated once. Its neighbours are of other users. */
export function sessionNumbered(number: number, population: Population): Session {
  const { sessions, openedAt } = population;
  const at = addSeconds(
    openedAt,
    -Math.round((OPENED_OVER_SECONDS * (sessions - number)) / sessions),
  );
  return aSession(NOBODY, {
    userId: text(`user ${number % usersOf(population)}`) as UserId,
    id: text(`session ${number}`) as SessionId,
    secretHash: hashSecret(secretNumbered(number)),
    generation: 1,
    rotatedAt: at,
    attemptHash: createHash("sha256").update(`attempt ${number}`).digest("base64url"),
    createdAt: at,
    authenticatedAt: at,
    idleEndAt: addSeconds(at, 7 * DAY_SECONDS),
    absoluteEndAt: addSeconds(at, 30 * DAY_SECONDS),
    remembered: true,
    userAgent: USER_AGENTS[number % USER_AGENTS.length] ?? null,
    ip: `198.51.${(number >> 8) % 256}.${number % 256}`,
  });
}

/** What every refresh token of the session of this number carries. */
export function secretNumbered(number: number): SessionSecret {
  return digest(`secret ${number}`) as SessionSecret;
}

/** As long as the ids and secrets that `newId` and `newSessionSecret` make, and as far from any order. */
const text = (of: string) => digest(of).toString("base64url");
const digest = (of: string) => createHash("sha256").update(of).digest().subarray(0, 16);
