import { judge } from "@/lib/auth/rotation";
import { ATTEMPT_HEADER, PATHS, REASON_HEADER, type WireUser } from "@/lib/contract";
import type { VirtualTime } from "./virtual-time";

/** The cookies of one browser, as far as the server put them there. */
export interface Jar {
  readonly access: { readonly session: string; readonly until: number } | null;
  readonly refresh: { readonly session: string; readonly generation: number } | null;
  readonly hint: string | null;
}

export const EMPTY_JAR: Jar = { access: null, refresh: null, hint: null };

export interface Answer {
  readonly response: Response;
  /** What the cookies are afterwards; absent: as they were. */
  readonly jar?: Jar;
}

interface FakeSession {
  readonly user: WireUser;
  generation: number;
  rotatedAt: number;
  attemptHash: string | null;
  /** A `SignInReason`, once it is over. */
  ended: string | null;
}

export const API = "/api/notes";
const WINDOWS = { graceSeconds: 10, recoverySeconds: 604_800, idleSeconds: 604_800 };

/** The endpoints that the browser side knows, deciding by the real `judge`, and one that wants an access token. */
export class FakeServer {
  readonly sessions = new Map<string, FakeSession>();
  /** One entry a request: `METHOD /path`, in the order of arrival. */
  readonly log: string[] = [];
  /** Bodies that reached the API with a good token. */
  readonly received: string[] = [];
  readonly attempts: (string | null)[] = [];
  readonly #time: VirtualTime;
  accessTokenSeconds = 900;
  /** The API refuses every token. */
  isStubborn = false;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  get refreshes(): number {
    return this.log.filter((line) => line === `POST ${PATHS.refresh}`).length;
  }

  /** Opens a session without a request, as a page that was rendered has one. */
  open(user: WireUser): Jar {
    const id = String(this.sessions.size + 1).padStart(8, "0");
    const now = this.#time.now();
    this.sessions.set(id, { user, generation: 0, rotatedAt: now, attemptHash: null, ended: null });
    return this.#jar(id, 0);
  }

  /** Ends every session on the server, for a `SignInReason`; no browser knows yet. */
  endAll(reason: string): void {
    for (const session of this.sessions.values()) session.ended ??= reason;
  }

  async handle(request: Request, jar: Jar): Promise<Answer> {
    const { pathname } = new URL(request.url);
    this.log.push(`${request.method} ${pathname}`);
    if (pathname === PATHS.refresh) return this.#refresh(request, jar);
    if (pathname === PATHS.login || pathname === PATHS.register) return this.#signIn(request, jar);
    if (pathname === PATHS.logout) return this.#signOut(jar);
    return this.#api(request, jar);
  }

  #refresh(request: Request, jar: Jar): Answer {
    const attemptHash = request.headers.get(ATTEMPT_HEADER);
    this.attempts.push(attemptHash);
    const session = this.sessions.get(jar.refresh?.session ?? "");
    if (jar.refresh === null || session === undefined) return refusal("invalid_grant", null);
    const { generation } = jar.refresh;
    if (session.ended === null) {
      const verdict = judge(session, generation, attemptHash, this.#time.now(), WINDOWS);
      if (verdict === "reuse" || verdict === "recovery_expired") session.ended = "reuse";
      if (verdict === "rotate") {
        Object.assign(session, {
          generation: generation + 1,
          rotatedAt: this.#time.now(),
          attemptHash,
        });
      }
    }
    if (session.ended !== null) return refusal("invalid_grant", session.ended);
    return this.#welcome(session.user, this.#jar(jar.refresh.session, generation + 1), 200);
  }

  async #signIn(request: Request, jar: Jar): Promise<Answer> {
    const { username } = (await request.json()) as { username: string };
    if (username === "wrong") return refusal("invalid_grant", null);
    this.#end(jar, "signed_out");
    const isNew = new URL(request.url).pathname === PATHS.register;
    const user = person(username);
    return this.#welcome(user, this.open(user), isNew ? 201 : 200);
  }

  #signOut(jar: Jar): Answer {
    this.#end(jar, "signed_out");
    return { response: Response.json({ message: "Successfully logged out" }), jar: EMPTY_JAR };
  }

  async #api(request: Request, jar: Jar): Promise<Answer> {
    if (jar.access === null) return refusal("missing_token", null);
    const isOver = this.sessions.get(jar.access.session)?.ended !== null;
    if (this.isStubborn || isOver || jar.access.until <= this.#time.now()) {
      return refusal("invalid_token", null);
    }
    this.received.push(await request.text());
    return { response: Response.json({ notes: [] }) };
  }

  #welcome(user: WireUser, jar: Jar, status: number): Answer {
    const seconds = status === 201 ? {} : { expires_in: this.accessTokenSeconds };
    return { response: Response.json({ user, ...seconds }, { status }), jar };
  }

  #end(jar: Jar, reason: string): void {
    const session = this.sessions.get(jar.refresh?.session ?? "");
    if (session !== undefined) session.ended ??= reason;
  }

  #jar(session: string, generation: number): Jar {
    const until = this.#time.now() + this.accessTokenSeconds * 1000;
    return {
      access: { session, until },
      refresh: { session, generation },
      hint: `v1.${session}.${generation}`,
    };
  }
}

export function person(username: string): WireUser {
  return {
    id: `id-of-${username}`,
    username,
    email: `${username}@example.com`,
    name: null,
    role: "user",
    disabled: false,
    created_at: "2026-01-01T00:00:00.000Z",
  };
}

function refusal(error: string, reason: string | null): Answer {
  const headers: HeadersInit = reason === null ? {} : { [REASON_HEADER]: reason };
  return { response: Response.json({ detail: "No", error }, { status: 401, headers }) };
}
