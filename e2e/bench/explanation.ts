import { CONNECTIONS, LOGIN_CONNECTIONS } from "./clients";
import { BCRYPT_COST } from "./contestants";
import type { Plan } from "./rounds";

/** What is compared with what, for who reads the tables. */
export function comparisonLines({ rounds, seconds }: Plan): string[] {
  return [
    `Rounds: ${rounds}, of ${seconds.me} s for each in turn (login and pages ${seconds.login} s); ${CONNECTIONS} connections (login ${LOGIN_CONNECTIONS}) that ask again as soon as they are answered.`,
    "Figures are the median of the rounds (least-most); a ratio is taken within each round.",
    "Durability: every database is SQLite in WAL mode with synchronous=FULL; what was answered survives a power cut.",
    `Passwords: bcrypt of cost ${BCRYPT_COST}; Better Auth's own scrypt, which is another amount of work. Limits are off everywhere.`,
    "Refresh: Latchkey and FastAPI rotate at every one, by one durable commit. Better Auth has no pair of tokens: it is",
    "asked for get-session, which writes nothing.",
    "Tokens: Latchkey signs Ed25519 and reads session and user at every request, so that logout counts at once. FastAPI",
    "signs HS256 and reads the user: an access token outlives a logout. Better Auth reads session and user; with its cookie",
    "cache it reads nothing, and a session that was ended stays good for five minutes.",
    "The dashboard is the same page everywhere, for somebody with one session. Ours reads session, user and list and carries",
    "a content security policy with a nonce; without a guard it carries the policy, gets the same cookies and reads nothing;",
    "Better Auth's reads session and user, behind a proxy.ts that looks at its cookie and gives the same policy. By npm start",
    "ours is made past Next's server and its proxy.ts, without a guard too; Better Auth's, like ours by next start, goes",
    "through both. Nobody compresses, since the load generator does not ask for it.",
    `Our store without HTTP: in a loop each rotation is committed alone; ${CONNECTIONS} at once share commits, as clients do.`,
    "FastAPI as taught: path operations in threads, SQLAlchemy; by hand: async def, plain sqlite3, one connection.",
  ];
}
