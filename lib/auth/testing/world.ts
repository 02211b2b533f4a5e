import { compare, hash } from "bcryptjs";
import type { Clock, Instant } from "@/lib/clock";
import { floodCounter } from "@/lib/flood-counter";
import { judge } from "@/lib/password/strength.mjs";
import { authorize } from "../authorize";
import type { AuthContext, AuthSettings } from "../context";
import { isAuthError } from "../errors";
import { FLOOD_LIMITS } from "../flood";
import { deriveKeys, type Keys } from "../keys";
import { login } from "../login";
import { pepperOf } from "../password";
import { refresh } from "../refresh";
import { type Registration, register } from "../register";
import type { SecurityEvent } from "../security-event";
import type { Tokens } from "../session";
import { memoryStore } from "./memory-store";

/** A context whose clock stands still until a test moves it. */
export interface World {
  readonly context: AuthContext;
  readonly store: ReturnType<typeof memoryStore>;
  readonly events: SecurityEvent[];
  /** Moves the clock. */
  pass(seconds: number): void;
}

/** Where the clock of every world starts. */
export const START: Instant = Date.parse("2026-01-01T10:00:00Z");

export const JOHN: Registration = {
  username: "johndoe",
  email: "john@example.com",
  password: "correct horse battery",
  name: "John Doe",
  remember: true,
};

export const BROWSER = {
  ip: "192.0.2.1",
  userAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0",
  device: null,
};

/** The IPv4 address of this number; there are as many as there are numbers. */
export const addressOf = (number: number) =>
  `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;

/** Derived once for all tests of a file: it is slow on purpose. */
export const testKeys: Promise<Keys> = deriveKeys("n7Vq0dXkT2mZ8yLr4WbJ6hGf3sCp9aQe", []);

export const SETTINGS: AuthSettings = {
  origin: "http://localhost:3000",
  registrationOpen: true,
  accessTokenSeconds: 900,
  idleSeconds: 604_800,
  absoluteSeconds: 2_592_000,
  graceSeconds: 10,
  recoverySeconds: 604_800,
  maxSessionsPerUser: 50,
  bcryptCost: 4,
  passwordMinLength: 8,
  peppers: { current: pepperOf(undefined), previous: null },
  limitsRates: true,
};

export async function world(settings: Partial<AuthSettings> = {}): Promise<World> {
  let now = START;
  const clock: Clock = { now: () => now };
  const store = memoryStore();
  const events: SecurityEvent[] = [];
  const context: AuthContext = {
    store,
    clock,
    keys: await testKeys,
    hasher: { hash, compare },
    floods: {
      garbage: floodCounter(FLOOD_LIMITS.garbage),
      session: floodCounter(FLOOD_LIMITS.session),
    },
    judgePassword: async (password, ownWords) => judge({ password, ownWords }).weakness,
    settings: { ...SETTINGS, ...settings },
    report: (event) => void events.push(event),
  };
  const pass = (seconds: number) => {
    now += seconds * 1000;
  };
  return { context, store, events, pass };
}

/** Presents a refresh token as a browser does. */
export const again = (
  token: string,
  { context }: Pick<World, "context">,
  attempt: string | null = null,
) => refresh({ token, channel: "cookie", attempt, ip: BROWSER.ip }, context);

/** John signs in on another device. */
export const signInAsJohn = ({ context }: World, remember = true) =>
  login({ username: JOHN.username, password: JOHN.password, remember }, BROWSER, null, context);

/** Whether neither token of a session opens anything any more. Presents both, so it may end a live session. */
export async function isDead(tokens: Tokens, given: World): Promise<boolean> {
  const works = [authorize(tokens.accessToken, given.context), again(tokens.refreshToken, given)];
  const outcomes = await Promise.allSettled(works);
  return outcomes.every((outcome) => outcome.status === "rejected" && isAuthError(outcome.reason));
}

/** A world in which John has an account and is signed in in a browser. */
export async function worldOfJohn(settings: Partial<AuthSettings> = {}) {
  const made = await world(settings);
  const tokens = await register(JOHN, BROWSER, null, made.context);
  return { ...made, tokens };
}
