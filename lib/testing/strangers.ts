import { POST as login } from "@/app/api/auth/login/route";
import { BUDGETS } from "@/lib/auth/budget";
import { addressOf } from "@/lib/auth/testing/world";
import { limitGuess } from "@/lib/auth/throttle";
import { clientOf } from "@/lib/http/call";
import { runExchange } from "@/lib/http/exchange";
import { auth } from "@/lib/server";
import { Client, newcomer } from "./embedded-app";

export const WRONG = "wrong password";

/** Does `work` as if its requests came from the address of this number. */
export function from<T>(number: number, work: () => Promise<T>): Promise<T> {
  return runExchange({ clientAddress: addressOf(number), requestId: "test", status: null }, work);
}

let addresses = 0;

/** A newcomer from an address of his own; the thousand numbers from it on are nobody else's. */
export async function somebody() {
  addresses += 1000;
  return { ...(await from(addresses, newcomer)), address: addresses };
}

export const signIn = (username: string, password: string, client = new Client()) =>
  client.send(login, { json: { username, password } });

/** Fails so often that the account is closed, without the work of hashing. */
export async function closeAccount(username: string, address: number): Promise<void> {
  const context = await auth();
  const user = await context.store.findUser({ username });
  for (let each = 0; each < BUDGETS.account.freeFailures; each++) {
    const client = await from(address + each, async () => clientOf(new Headers()));
    const guess = { typed: username, identifier: { username }, user, client };
    await limitGuess(guess, context, async () => false);
  }
}
