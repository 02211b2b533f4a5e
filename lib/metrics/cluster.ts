import type { Cluster, Worker } from "node:cluster";
import { randomUUID } from "node:crypto";
import type { Registry } from "prom-client";
import { LastParts, type Part } from "./last-parts";

/** A question of a worker, with its own part, and what follows from it; `id` is that of each question. */
type Message =
  | { readonly type: "latchkey:metrics"; readonly id: string; readonly part: Part }
  | { readonly type: "latchkey:metrics-ask"; readonly id: string }
  | { readonly type: "latchkey:metrics-part"; readonly id: string; readonly part: Part }
  | { readonly type: "latchkey:metrics-sum"; readonly id: string; readonly text: string };

/** A worker that is just starting, or too busy, is no longer waited for after this. */
const PART_MS = 1000;
/** A primary that knows nothing of this does not answer at all. */
const SUM_MS = 2000;

/**
 * In the primary: answers a worker that asks for the metrics of all with their sum. One that does not answer counts with
 * what it said last, one that has ended likewise.
 */
export function sumMetricsOfWorkers(cluster: Cluster, partMs = PART_MS): void {
  const last = new LastParts();
  const parts = answers<true>();
  const sumFor = async (asker: Worker, id: string) => {
    const others = Object.values(cluster.workers ?? {}).filter(
      (worker) => worker !== undefined && worker !== asker && worker.isConnected(),
    ) as Worker[];
    const asked = others.map((worker) =>
      parts.ask(partMs, (partId) => tell(worker, { type: "latchkey:metrics-ask", id: partId })),
    );
    await Promise.all(asked);
    tell(asker, { type: "latchkey:metrics-sum", id, text: await last.sum() });
  };
  cluster.on("message", (worker, message: Message | undefined) => {
    if (message?.type === "latchkey:metrics-part" || message?.type === "latchkey:metrics") {
      last.heard(worker.id, message.part);
    }
    if (message?.type === "latchkey:metrics-part") parts.come(message.id, true);
    // what cannot be summed is not answered, so that the worker says 503; the primary must live
    if (message?.type === "latchkey:metrics") sumFor(worker, message.id).catch(() => {});
  });
  // not its exit: messages may still be on their way then
  cluster.on("disconnect", (worker) => last.ended(worker.id).catch(() => {}));
}

/**
 * In a worker: tells the primary of `registry` whenever it asks. What this returns asks the primary for the sum over
 * all workers; null when it does not answer.
 */
export function metricsOfAllWorkers(
  registry: Registry,
  sumMs = SUM_MS,
): () => Promise<string | null> {
  const sums = answers<string>();
  const ownPart = () => registry.getMetricsAsJSON() as Promise<Part>;
  process.on("message", async (message: Message | undefined) => {
    if (message?.type === "latchkey:metrics-sum") sums.come(message.id, message.text);
    if (message?.type !== "latchkey:metrics-ask") return;
    tell(process, { type: "latchkey:metrics-part", id: message.id, part: await ownPart() });
  });
  return async () => {
    const part = await ownPart();
    return sums.ask(sumMs, (id) => tell(process, { type: "latchkey:metrics", id, part }));
  };
}

/** Questions that wait for their answer. */
function answers<Answer>() {
  const waiting = new Map<string, (answer: Answer | null) => void>();
  return {
    /** Null when no answer comes in time. */
    ask: (limitMs: number, send: (id: string) => void) =>
      new Promise<Answer | null>((resolve) => {
        const id = randomUUID();
        const done = (answer: Answer | null) => {
          clearTimeout(late);
          waiting.delete(id);
          resolve(answer);
        };
        const late = setTimeout(done, limitMs, null);
        waiting.set(id, done);
        send(id);
      }),
    come: (id: string, answer: Answer) => waiting.get(id)?.(answer),
  };
}

type Recipient = Pick<Worker, "send"> | Pick<NodeJS.Process, "send">;

/** Who has gone meanwhile is not told. */
function tell(to: Recipient, message: Message): void {
  to.send?.(message, undefined, undefined, () => {});
}
