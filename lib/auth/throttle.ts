import { createHash } from "node:crypto";
import type { Instant } from "@/lib/clock";
import { addressBlock } from "./address-block";
import { BUDGETS, type Budget, type Counted, sharedBudget } from "./budget";
import type { AuthContext } from "./context";
import { deviceOf } from "./device";
import { AuthError, isAuthError } from "./errors";
import type { FailureKey, Taken } from "./failure-counts";
import type { Identifier } from "./identifier";
import type { Client } from "./session";
import type { User, UserId } from "./store";

/** An attempt to sign in, before anybody knows whether the password is right. */
export interface Guess {
  /** What was typed as user name or address, as it is and read; null: no account can have it. */
  readonly typed: string;
  readonly identifier: Identifier | null;
  readonly user: User | null;
  readonly client: Client;
}

/** A gate, before its count. */
interface Gate {
  readonly counted: Counted;
  readonly key: FailureKey;
  readonly budget: Budget;
  /** Whose account it guards, as far as that is known; for the log. */
  readonly userId?: UserId;
}

/** A failure counted behind a gate. */
type Held = Taken & Gate;

/** The failures counted for one guess. Success forgets all of the first one's kind and takes the others back. */
type Permit = readonly [own: Held, ...others: Held[]];

/** So many failures of one account weigh on an address: somebody who mistypes guesses at few, a sprayer at many. */
const WEIGHING_FAILURES = 3;

/**
 * Verifies a password if the limits let it: counted as a failure beforehand, taken back when it was none. A device that
 * knows the account spends its own budget, and only then that of strangers, whose gates are the account's and the address's.
 *
 * @throws AuthError `rate_limited`, with `facts.retryAfterSeconds`; what `verify` throws, which counts as no attempt
 */
export async function limitGuess(
  guess: Guess,
  context: AuthContext,
  verify: () => Promise<boolean>,
): Promise<boolean> {
  if (!context.settings.limitsRates) return verify();
  const permit = (await admitDevice(guess, context)) ?? (await admitStranger(guess, context));
  const isRight = await takingBack(permit, context, verify);
  if (isRight) await forgive(permit, context);
  else reportLastFree(permit, context);
  return isRight;
}

/**
 * Hashes the password of a new account if its address has not registered too often. Counts what comes to this point,
 * whatever becomes of it, but for what we could not serve.
 *
 * @throws AuthError `rate_limited`; what `hash` throws
 */
export async function limitRegistration<T>(
  { ip }: Client,
  context: AuthContext,
  hash: () => Promise<T>,
): Promise<T> {
  if (!context.settings.limitsRates) return hash();
  const held = await pass(addressGate("register", ip), context);
  return takingBack([held], context, hash);
}

/** Null: no device that knows this account, or one that has spent its budget. */
async function admitDevice({ user, client }: Guess, context: AuthContext): Promise<Permit | null> {
  const device = user && deviceOf(client.device, user, context.keys);
  if (!device) return null;
  const { userId, id } = device;
  const key = keyOf("device", `${userId}.${id}`);
  const gate = { counted: "device", key, budget: BUDGETS.device, userId } as const;
  try {
    return [await pass(gate, context)];
  } catch (error) {
    if (isAuthError(error) && error.code === "rate_limited") return null;
    throw error;
  }
}

async function admitStranger(guess: Guess, context: AuthContext): Promise<Permit> {
  const own = await pass(accountGate(guess), context);
  const address = addressGate("address", guess.client.ip);
  return takingBack([own], context, async () => {
    if (own.failures <= WEIGHING_FAILURES) return [own, await pass(address, context)];
    const closedUntil = await context.store.failures.closedUntil(address.key, context.clock.now());
    if (closedUntil !== null) throw refused(address, closedUntil, context);
    return [own];
  });
}

/** By id where there is an account, so that its name and its address have one budget. */
function accountGate({ user, identifier, typed }: Guess): Gate {
  const unknown = identifier === null ? ["typed", typed] : Object.entries(identifier)[0];
  const subject = user === null ? unknown : ["id", user.id];
  return {
    counted: "account",
    key: keyOf("account", JSON.stringify(subject)),
    budget: BUDGETS.account,
    ...(user && { userId: user.id }),
  };
}

function addressGate(counted: "address" | "register", ip: string | null): Gate {
  const block = addressBlock(ip);
  const budget = BUDGETS[counted];
  return {
    counted,
    key: keyOf(counted, block ?? "unknown"),
    budget: block === null ? sharedBudget(budget) : budget,
  };
}

/** Nobody reads in the database what somebody typed, be it a password in the wrong field. */
function keyOf(counted: Counted, value: string): FailureKey {
  return createHash("sha256").update(`${counted}:${value}`).digest("base64url") as FailureKey;
}

/** Counts a failure behind a gate. @throws AuthError `rate_limited` */
async function pass(gate: Gate, context: AuthContext): Promise<Held> {
  const { store, clock } = context;
  const reservation = await store.failures.reserve(gate.key, gate.budget, clock.now());
  if (!reservation.isOpen) throw refused(gate, reservation.closedUntil, context);
  return { ...gate, ...reservation };
}

function refused({ counted, userId }: Gate, closedUntil: Instant, { clock, report }: AuthContext) {
  report({ event: "excess_rate_limit_exceeded", reason: counted, ...(userId && { userId }) });
  const retryAfterSeconds = Math.max(1, Math.ceil((closedUntil - clock.now()) / 1000));
  return new AuthError("rate_limited", { retryAfterSeconds });
}

/** Does `work`; what is refused or could not be done was no failure of the permit's. */
async function takingBack<T>(
  permit: Permit,
  context: AuthContext,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isAuthError(error) && (error.status === 429 || error.status === 503)) {
      // where the database is away the failures stay counted; the answer is the same
      await Promise.allSettled(permit.map((held) => context.store.failures.withdraw(held)));
    }
    throw error;
  }
}

/** The count of strangers at an account stays as it is when a device that knows it signs in: they learn nothing of it. */
async function forgive([own, ...others]: Permit, { store }: AuthContext): Promise<void> {
  await store.failures.forget(own.key);
  for (const other of others) await store.failures.withdraw(other);
}

function reportLastFree([own]: Permit, { report }: AuthContext): void {
  const { counted, failures, budget, userId } = own;
  if (counted !== "account" || failures !== budget.freeFailures) return;
  report({ event: "authn_login_fail_max", ...(userId && { userId }) });
}
