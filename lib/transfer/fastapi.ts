import { z } from "zod";
import { entriesOf } from "./entries";
import { flag, moment, problemOf, text, withPlainNames } from "./fields";
import type { PlacedReading, Reading } from "./source";

const Row = z.object(
  {
    id: text.catch(null),
    username: text,
    email: text,
    fullname: text,
    name: text,
    hashedpassword: text,
    passwordhash: text,
    password: text,
    disabled: flag,
    isactive: flag,
    issuperuser: flag,
    isadmin: flag,
    createdat: moment,
  },
  "is no object, or has more or fewer cells than the header",
);

/**
 * Users of a FastAPI application as its tutorial, its templates and fastapi-users keep them: the tutorial's dictionary,
 * or rows of a table as JSON, JSON lines or CSV. Names of columns in any case; those that are not known are left out.
 */
export async function* fromFastApi(file: AsyncIterable<string>): AsyncGenerator<PlacedReading> {
  for await (const { place, value } of entriesOf(file)) {
    const row = Row.safeParse(withPlainNames(value));
    yield { place, formerId: row.data?.id ?? null, ...reading(row) };
  }
}

function reading({ data: row, error }: z.ZodSafeParseResult<z.output<typeof Row>>): Reading {
  if (row === undefined) return { refused: problemOf(error) };
  const candidate = {
    id: null,
    username: row.username,
    email: row.email,
    name: row.fullname ?? row.name,
    role: row.issuperuser === true || row.isadmin === true ? "admin" : "user",
    disabled: row.disabled === true || row.isactive === false,
    passwordHash: row.hashedpassword ?? row.passwordhash ?? row.password,
    createdAt: row.createdat,
    deviceEpoch: 0,
  } as const;
  return { candidate };
}
