import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";
import type { Session, SessionId, Store } from "../store";
import type { Answer } from "./command";
import { type Deed, lineOf, predict } from "./deed";
import { SessionModel } from "./session-model";

/** What can be seen of a moment. */
export interface Seen {
  readonly said: readonly Answer["said"][];
  /** By name of the session. */
  readonly rows: readonly (readonly [number, Row])[];
}

type Row = Pick<Session, "generation" | "rotatedAt" | "idleEndAt"> & { revoked: string | null };

/** The model after the deeds, in an order that explains what was seen. @throws when there is none */
export function explain(before: SessionModel, deeds: readonly Deed[], seen: Seen): SessionModel {
  const told: Seen[] = [];
  for (const order of permutations(deeds)) {
    const model = copy(before);
    const said = new Map(order.map((deed) => [deed, predict(model, deed)]));
    const rows = seen.rows.map(([name]) => {
      const { generation, rotatedAt, idleEndAt, revoked } = lineOf(model, { name });
      return [name, { generation, rotatedAt, idleEndAt, revoked }] as const;
    });
    const telling = { said: deeds.map((deed) => said.get(deed) ?? "?"), rows };
    if (isDeepStrictEqual(telling, seen)) return model;
    told.push(telling);
  }
  expect({ deeds, seen }).toEqual({ deeds, seen: told[0] });
  throw new Error("unreachable: what was seen was not told");
}

function copy({ limits, lines, isDisabled }: SessionModel): SessionModel {
  return Object.assign(new SessionModel(limits), { isDisabled, lines: structuredClone(lines) });
}

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, at) =>
    permutations(items.toSpliced(at, 1)).map((others) => [item, ...others]),
  );
}

/** The rows of these sessions, as far as the model tells of them. */
export async function rowsOf(
  ids: readonly (readonly [name: number, id: SessionId])[],
  store: Pick<Store, "findSession">,
): Promise<Seen["rows"]> {
  const rows = ids.map(async ([name, id]) => {
    const found = await store.findSession(id);
    if (found === null) throw new Error("A session has no row.");
    const { generation, rotatedAt, idleEndAt, revokedReason: revoked } = found.session;
    return [name, { generation, rotatedAt, idleEndAt, revoked }] as const;
  });
  return Promise.all(rows);
}
