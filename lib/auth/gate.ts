import { createHash } from "node:crypto";
import { addressBlock } from "./address-block";
import { BUDGETS, type Budget, type Counted, sharedBudget } from "./budget";
import type { Device } from "./device";
import type { FailureKey } from "./failure-counts";
import type { Identifier } from "./identifier";
import type { User, UserId } from "./store";

/** What stands before a password until too many failures close it. */
export interface Gate {
  readonly counted: Counted;
  readonly key: FailureKey;
  readonly budget: Budget;
  /** Whose account it guards, as far as that is known; for the log. */
  readonly userId?: UserId;
}

/**
 * The gate of an account: by id where there is one, so that its name and its address have one budget.
 *
 * @param typed what counts where it can be no account's name or address (`identifier` null)
 */
export function accountGate(
  user: Pick<User, "id"> | null,
  identifier: Identifier | null,
  typed: string,
): Gate {
  const { account: budget } = BUDGETS;
  if (user !== null) {
    return { counted: "account", key: keyOf("id", user.id), budget, userId: user.id };
  }
  const [[kind, value] = ["typed", typed]] = Object.entries(identifier ?? {});
  return { counted: "account", key: keyOf(kind, value), budget };
}

/** The gate of one device of one user. */
export function deviceGate({ userId, id }: Device): Gate {
  const key = keyOf("device", `${userId}.${id}`);
  return { counted: "device", key, budget: BUDGETS.device, userId };
}

/** The gate of an address, or of its registrations. Whose address is not known share one. */
export function addressGate(counted: "address" | "register", ip: string | null): Gate {
  const block = addressBlock(ip);
  const budget = BUDGETS[counted];
  return {
    counted,
    key: keyOf(counted, block ?? "unknown"),
    budget: block === null ? sharedBudget(budget) : budget,
  };
}

/** Nobody reads in the database what somebody typed, be it a password in the wrong field. */
function keyOf(kind: string, value: string): FailureKey {
  return createHash("sha256").update(`${kind}:${value}`).digest("base64url") as FailureKey;
}
