import fc from "fast-check";
import { headerValue } from "./texts";

type Kind = "access" | "refresh" | "id";

/** Tokens and session ids of the server under test, dead and alive; the newest are the most likely ones to live. */
export interface Pool {
  /** Takes what an answer handed out. */
  take(headers: readonly string[], body: string): void;
  /** Puts real tokens in the place of what `token` and `sessionId` made. */
  fill(bytes: string): string;
}

const MAX_KEPT = 60;

const place = (kind: Kind) => fc.nat(MAX_KEPT).map((back) => `@@${kind}.${back}@@`);
const PLACE = /@@(access|refresh|id)\.(\d+)@@/g;

/** A real token, one with a bit that is not its own, one of the other kind, or none at all. Fit for a header. */
export const token = (kind: "access" | "refresh"): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 8, arbitrary: place(kind) },
    { weight: 1, arbitrary: place(kind === "access" ? "refresh" : "access") },
    { weight: 1, arbitrary: place(kind).map((real) => `${real}A`) },
    { weight: 1, arbitrary: place(kind).map((real) => `A${real}`) },
    { weight: 1, arbitrary: fc.constant(`${"A".repeat(1000)}.e30.`) },
    { weight: 2, arbitrary: headerValue },
  );

export const sessionId: fc.Arbitrary<string> = place("id");

export function openPool(): Pool {
  const kept: Record<Kind, string[]> = { access: [], refresh: [], id: [] };
  const keep = (kind: Kind, found: string | undefined) => {
    if (!found || kept[kind].includes(found)) return;
    kept[kind].unshift(found);
    kept[kind].splice(MAX_KEPT);
  };
  return {
    take(headers, body) {
      for (const header of headers) {
        keep("access", /^set-cookie: __Host-access_token=([^;]+)/i.exec(header)?.[1]);
        keep("refresh", /^set-cookie: __Host-refresh_token=([^;]+)/i.exec(header)?.[1]);
      }
      keep("access", /"access_token":"([^"]+)"/.exec(body)?.[1]);
      keep("refresh", /"refresh_token":"([^"]+)"/.exec(body)?.[1]);
      for (const [, id] of body.matchAll(/"id":"([\w-]{22})"/g)) keep("id", id);
    },
    fill: (bytes) =>
      bytes.replace(PLACE, (_, kind: Kind, back: string) => {
        const list = kept[kind];
        return list[Number(back) % Math.max(1, list.length)] ?? "none";
      }),
  };
}
