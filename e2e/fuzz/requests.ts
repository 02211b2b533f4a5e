import fc from "fast-check";
import { type Body, bodyFor } from "./bodies";
import { OPERATIONS, type Operation } from "./endpoints";
import { type Header, headersFor } from "./headers";
import { mostly, oddTarget, targetOf } from "./targets";
import { seldom } from "./texts";

/** One request as it goes over the wire, but for the tokens; bytes in latin1. */
export interface Shot {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body: string | null;
  readonly framing: Framing;
}

const SOUND = ["length", "chunked"] as const;
const BROKEN = [
  "no length",
  "length twice",
  "length and chunks",
  "length too long",
  "length negative",
  "chunk size wrong",
  "chunks cut off",
  "header folded",
  "header without colon",
  "nul in header",
  "host twice",
  "host missing",
  "head too large",
  "version",
  "no http",
] as const;
export type Framing = (typeof SOUND)[number] | (typeof BROKEN)[number];

const toEndpoint = (operation: Operation): fc.Arbitrary<Shot> => {
  const takesBody = operation.method !== "GET";
  return fc
    .record({
      method: mostly(operation.method, 13),
      target: targetOf(operation),
      headers: headersFor(operation.credential),
      body: seldom(takesBody ? 5 / 6 : 1 / 10, bodyFor(operation)),
      framing: fc.oneof(
        { weight: 12, arbitrary: fc.constant<Framing>("length") },
        { weight: 3, arbitrary: fc.constant<Framing>("chunked") },
        { weight: 1, arbitrary: fc.constantFrom<Framing>(...BROKEN) },
      ),
    })
    .map(({ body, headers, ...rest }) => ({ ...rest, ...withBody(body, headers) }));
};

const elsewhere: fc.Arbitrary<Shot> = fc
  .record({
    method: mostly("GET", 2),
    target: oddTarget,
    headers: headersFor("any"),
    framing: fc.constantFrom<Framing>("length", "length", "length", ...BROKEN),
  })
  .map((shot) => ({ ...shot, body: null }));

function withBody(body: Body | null, headers: readonly Header[]): Pick<Shot, "body" | "headers"> {
  if (body === null) return { body: null, headers };
  return { body: body.bytes, headers: [...headers, ["Content-Type", body.type]] };
}

/** Passwords are hashed seldom: a hash takes as long as a hundred other requests. */
export const shot: fc.Arbitrary<Shot> = fc.oneof(
  ...OPERATIONS.map((operation) => ({
    weight: operation.hashes ? 1 : 4,
    arbitrary: toEndpoint(operation),
  })),
  { weight: 4, arbitrary: elsewhere },
);

export const isSound = ({ framing }: Shot) => SOUND.some((sound) => sound === framing);
