import type { AuthContext } from "@/lib/auth/context";
import { type Answer, type Command, perform } from "@/lib/auth/testing/command";
import { LIMITS } from "@/lib/auth/testing/interleaving";
import { world } from "@/lib/auth/testing/world";
import { openDatabase } from "../open";

/** What the parent asks. */
export interface Asked {
  readonly id: number;
  readonly command: Command;
  /** Says `committed` when the database has done it, and then nothing more. */
  readonly isMute: boolean;
}

/** What it is told. */
export type Told =
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly problem: string }
  | { readonly id: number; readonly committed: true };

const tell = (told: Told) => void process.send?.(told);

/** The context of a command that is never answered. */
function muted(context: AuthContext, onCommit: () => void): AuthContext {
  const rotateSession: AuthContext["store"]["rotateSession"] = async (...given) => {
    await context.store.rotateSession(...given);
    onCommit();
    return new Promise(() => {});
  };
  return { ...context, store: { ...context.store, rotateSession } };
}

/** One process of several over the database that its argument names; plays commands until its parent is gone. */
async function serve(url: string): Promise<void> {
  const { store } = await openDatabase(url);
  const { context } = await world(LIMITS);
  const real = { ...context, store };
  process.on("message", ({ id, command, isMute }: Asked) => {
    const told = isMute ? muted(real, () => tell({ id, committed: true })) : real;
    perform(command, told).then(
      (answer) => tell({ id, answer }),
      (error: unknown) => tell({ id, problem: String(error) }),
    );
  });
  process.once("disconnect", () => process.exit());
  process.send?.("ready");
}

await serve(process.argv[2] ?? "");
