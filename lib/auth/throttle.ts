import type { Instant } from "@/lib/clock";
import type { AuthContext } from "./context";
import { deviceOf } from "./device";
import { AuthError, isAuthError } from "./errors";
import type { Taken } from "./failure-counts";
import { accountGate, addressGate, deviceGate, type Gate } from "./gate";
import type { Identifier } from "./identifier";
import type { Client } from "./session";
import type { User } from "./store";

/** An attempt to sign in, before anybody knows whether the password is right. */
export interface Guess {
  /** As user name or address. */
  readonly typed: string;
  /** What that says; null: no account can have it. */
  readonly identifier: Identifier | null;
  readonly user: User | null;
  readonly client: Client;
}

/** A failure counted behind a gate. */
type Held = Taken & Gate;

/**
 * The failures counted for one guess. Success forgets all that are behind the first one's gate, and takes the others
 * back.
 */
type Permit = readonly [own: Held, ...others: Held[]];

/** So many failures of one account weigh on an address: somebody who mistypes guesses at few, a sprayer at many. */
const WEIGHING_FAILURES = 3;

/**
 * Verifies a password if the limits let it: counted as a failure beforehand, taken back when it was none. A device that
 * knows the account spends its own budget, and only then that of strangers, whose gates are the account's and the
 * address's.
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
 * Does the work of a new password if its address has not registered too often. Counts what comes to this point,
 * whatever becomes of it, but for what we could not serve.
 *
 * @throws AuthError `rate_limited`; what `work` throws
 */
export async function limitRegistration<T>(
  { ip }: Client,
  context: AuthContext,
  work: () => Promise<T>,
): Promise<T> {
  if (!context.settings.limitsRates) return work();
  const held = await pass(addressGate("register", ip), context);
  return takingBack([held], context, work);
}

/** Null: no device that knows this account, or one that has spent its budget. */
async function admitDevice({ user, client }: Guess, context: AuthContext): Promise<Permit | null> {
  const device = user && deviceOf(client.device, user, context.keys);
  if (!device) return null;
  try {
    return [await pass(deviceGate(device), context)];
  } catch (error) {
    if (isAuthError(error) && error.code === "rate_limited") return null;
    throw error;
  }
}

async function admitStranger(
  { user, identifier, typed, client }: Guess,
  context: AuthContext,
): Promise<Permit> {
  const own = await pass(accountGate(user, identifier, typed), context);
  const address = addressGate("address", client.ip);
  return takingBack([own], context, async () => {
    if (own.failures <= WEIGHING_FAILURES) return [own, await pass(address, context)];
    const closedUntil = await context.store.failures.closedUntil(address.key, context.clock.now());
    if (closedUntil !== null) throw refused(address, closedUntil, context);
    return [own];
  });
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

/** Does `work`; where it throws, the failures of the permit were none, unless it found fault with what was sent. */
async function takingBack<T>(
  permit: Permit,
  context: AuthContext,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // a password that was found too weak has been worked for
    if (isAuthError(error) && error.code === "validation_failed") throw error;
    // where the database is away they stay counted; the answer is the same
    await Promise.allSettled(permit.map((held) => context.store.failures.withdraw(held)));
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
