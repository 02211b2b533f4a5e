import { findAccount } from "@/lib/auth/administration";
import type { AuthContext } from "@/lib/auth/context";
import type { User } from "@/lib/auth/store";
import { wireUser } from "@/lib/http/wire";
import { withContext } from "./context";
import { CommandFailure } from "./failure";
import type { Row } from "./output";

/** How a command names an account. */
export const USER_ARGUMENT = ["<user>", "name, address or id"] as const;

/** Does `work` to the account of this name, address or id. @throws CommandFailure when there is none */
export function withAccount<T>(
  typed: string,
  work: (user: User, context: AuthContext) => Promise<T>,
): Promise<T> {
  return withContext(async (context) => {
    const user = await findAccount(typed, context);
    if (user === null) throw new CommandFailure("No user has this name, address or id.");
    return work(user, context);
  });
}

/** A user as everybody may see him, in the names of the wire. */
export function userRow(user: User): Row {
  return { ...wireUser(user) };
}
