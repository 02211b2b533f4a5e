import { z } from "zod";
import { isObject, wholeJson } from "./entries";
import { flag, moment, problemOf, text, withPlainNames } from "./fields";
import type { PlacedReading, Reading } from "./source";
import { UnreadableFile } from "./text";

const UserRow = z.object(
  {
    id: text,
    name: text,
    email: text,
    /** Of the plugin of that name. */
    username: text,
    /** Of the admin plugin: words with commas between them. */
    role: text,
    banned: flag,
    createdat: moment,
  },
  "is no object",
);

const AccountRow = z.object({ userid: text, providerid: text, password: text });

/**
 * Users of Better Auth: one JSON object with its tables `user` and `account` (also `users`, `accounts`), names in camel
 * or snake case. Read as a whole. Bans that have an end last until an operator enables the user.
 *
 * @throws UnreadableFile where a table is missing
 */
export async function* fromBetterAuth(file: AsyncIterable<string>): AsyncGenerator<PlacedReading> {
  const whole = await wholeJson(file);
  const passwords = passwordsIn(tableOf(whole, "account"));
  for (const [index, value] of tableOf(whole, "user").entries()) {
    const row = UserRow.safeParse(withPlainNames(value));
    const formerId = row.data?.id ?? null;
    const passwordHash = (formerId !== null && passwords.get(formerId)) || null;
    yield { place: `user ${index + 1}`, formerId, ...reading(row, passwordHash) };
  }
}

function tableOf(whole: unknown, name: string): readonly unknown[] {
  const table = isObject(whole) ? (whole[name] ?? whole[`${name}s`]) : undefined;
  if (Array.isArray(table)) return table;
  throw new UnreadableFile(`The file holds no list "${name}". It must hold "user" and "account".`);
}

/** By user id. Accounts at other providers have none, and those that name no user are nobody's. */
function passwordsIn(accounts: readonly unknown[]): ReadonlyMap<string, string | null> {
  const passwords = new Map<string, string | null>();
  for (const account of accounts) {
    const row = AccountRow.safeParse(withPlainNames(account)).data;
    if (row?.providerid !== "credential" || row.userid === null) continue;
    passwords.set(row.userid, row.password);
  }
  return passwords;
}

function reading(
  { data: row, error }: z.ZodSafeParseResult<z.output<typeof UserRow>>,
  passwordHash: string | null,
): Reading {
  if (row === undefined) return { refused: problemOf(error) };
  const roles = row.role?.split(",").map((role) => role.trim()) ?? [];
  const candidate = {
    id: null,
    username: row.username,
    email: row.email,
    name: row.name,
    role: roles.includes("admin") ? "admin" : "user",
    disabled: row.banned === true,
    passwordHash,
    createdAt: row.createdat,
    deviceEpoch: 0,
  } as const;
  return { candidate };
}
