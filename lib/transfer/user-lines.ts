import { z } from "zod";
import type { Role } from "@/lib/auth/policy";
import type { User, UserId } from "@/lib/auth/store";
import { NO_PASSWORD } from "@/lib/auth/stored-password";
import { isoTime } from "@/lib/clock";
import { entriesOf } from "./entries";
import { moment, problemOf, text } from "./fields";
import type { PlacedReading, Reading } from "./source";

/** Our own format: JSON lines, a user a line, so that an account moves with its id, its password and its devices. */

const Line = z.object(
  {
    /** As `newId` makes them. */
    id: z
      .string()
      .regex(/^[A-Za-z0-9_-]{22}$/, "must be 22 characters of base64url")
      .nullish()
      .transform((id) => (id ?? null) as UserId | null),
    username: text,
    email: text,
    name: text,
    role: z.enum(["user", "admin"] satisfies Role[], "must be user or admin").default("user"),
    disabled: z.boolean("must be true or false").default(false),
    created_at: moment,
    password_hash: text,
    device_epoch: z.int32("must be a whole number").min(0, "must not be negative").default(0),
  },
  "is no object",
);

/** The line of one user, with its end. A missing password is null. */
export function lineOf(user: User, withPassword: boolean): string {
  const { id, username, email, name, role, disabled, createdAt, passwordHash, deviceEpoch } = user;
  const line = {
    id,
    username,
    email,
    name,
    role,
    disabled,
    created_at: isoTime(createdAt),
    ...(withPassword && { password_hash: passwordHash === NO_PASSWORD ? null : passwordHash }),
    device_epoch: deviceEpoch,
  };
  return `${JSON.stringify(line)}\n`;
}

/** Users from such lines, or from one JSON array of them. All fields but `email` may be missing. */
export async function* fromUserLines(file: AsyncIterable<string>): AsyncGenerator<PlacedReading> {
  for await (const { place, value } of entriesOf(file)) {
    yield { place, formerId: null, ...reading(Line.safeParse(value)) };
  }
}

function reading({ data: line, error }: z.ZodSafeParseResult<z.output<typeof Line>>): Reading {
  if (line === undefined) return { refused: problemOf(error) };
  const { created_at, password_hash, device_epoch, ...same } = line;
  const candidate = {
    ...same,
    createdAt: created_at,
    passwordHash: password_hash,
    deviceEpoch: device_epoch,
  };
  return { candidate };
}
