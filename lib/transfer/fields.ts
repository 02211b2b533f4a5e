import { z } from "zod";
import { isObject } from "./entries";

/** Fields as exports write them. Absent, null and empty are one: null. */
const told = <Schema extends z.ZodType>(schema: Schema, message: string) =>
  z
    .union([z.literal("").transform(() => null), schema], message)
    .nullish()
    .transform((value) => value ?? null);

/** Whatever its type: some systems have numbers where others have names. */
export const text = told(z.union([z.string(), z.number().transform(String)]), "must be text");

const YES = ["true", "t", "yes", "y", "on", "1"];
const NO = ["false", "f", "no", "n", "off", "0"];

/** JSON's own, and the words and digits of databases and scripting languages. */
export const flag = told(
  z
    .union([z.boolean(), z.number(), z.string()])
    .transform((value) => String(value).trim().toLowerCase())
    .pipe(z.enum([...YES, ...NO]))
    .transform((word) => YES.includes(word)),
  "must be yes or no",
);

/** From here on milliseconds, below seconds: as seconds this is the year 5138, as milliseconds 1973. */
const MILLISECONDS_FROM = 1e11;

const NO_TIME = "must be a time";

/** An instant: ISO 8601, a database's way of writing it, or a number since 1970. Without a zone it is UTC. */
export const moment = told(
  z
    .union([z.number(), z.string()])
    .transform((written) => instantOf(String(written).trim()))
    .refine((instant) => Number.isFinite(instant), NO_TIME),
  NO_TIME,
);

/** `2024-02-01 08:30:00.123456+00` and its like: a day, a time without the microseconds, a zone. */
const WRITTEN =
  /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)\d* ?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;

/** NaN where it is none. */
function instantOf(written: string): number {
  if (/^\d+(\.\d+)?$/.test(written)) {
    const number = Number(written);
    return number < MILLISECONDS_FROM ? number * 1000 : number;
  }
  const [, day = "", time = "00:00", zone = "Z"] = WRITTEN.exec(written) ?? [];
  const minutes = /^[+-]\d\d$/.test(zone) ? ":00" : "";
  return Date.parse(`${day}T${time}${zone}${minutes}`);
}

/** The same with names in lower case and without `_`: `created_at`, `createdAt` and `CREATED_AT` are one. */
export function withPlainNames(value: unknown): Readonly<Record<string, unknown>> | null {
  if (!isObject(value)) return null;
  const plain = (name: string) => name.toLowerCase().replaceAll("_", "");
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [plain(name), field]));
}

/** What is wrong with the first field that is; names the field and holds nothing of its value. */
export function problemOf({ issues: [issue] }: z.ZodError): string {
  return `${String(issue?.path[0] ?? "the entry")} ${issue?.message ?? "is not readable"}`;
}
