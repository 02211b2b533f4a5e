import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Answer, Command } from "@/lib/auth/testing/command";
import type { Asked, Told } from "./instance-process";

/** A process of its own that plays the flows on the real store. */
export interface Instance {
  /** Rejects for a bug, and when the process ends before it answers. */
  perform(command: Command): Promise<Answer>;
  /** Resolves once the database has done the refresh. The answer never comes. */
  commit(command: Command & { readonly ask: "refresh" }): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** Starts one over a migrated database. */
export async function startInstance(url: string): Promise<Instance> {
  const child = fork(fileURLToPath(new URL("instance-process.ts", import.meta.url)), [url], {
    execArgv: ["--import", "tsx"],
  });
  const waiting = new Map<number, { done(told: Told): void; fail(error: Error): void }>();
  let ids = 0;
  const ended = once(child, "exit");
  await Promise.race([
    once(child, "message"),
    ended.then(([code]) => Promise.reject(new Error(`It ended with code ${code}`))),
  ]);
  child.on("message", (told: Told) => {
    waiting.get(told.id)?.done(told);
    waiting.delete(told.id);
  });
  child.on("exit", () => {
    for (const { fail } of waiting.values()) fail(new Error("It ended before it answered."));
  });
  const ask = (command: Command, isMute: boolean) =>
    new Promise<Told>((done, fail) => {
      const asked: Asked = { id: ids++, command, isMute };
      waiting.set(asked.id, { done, fail });
      child.send(asked);
    });
  return {
    async perform(command) {
      const told = await ask(command, false);
      if ("answer" in told) return told.answer;
      throw new Error("problem" in told ? told.problem : "It said too little.");
    },
    async commit(command) {
      await ask(command, true);
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
