import { fileURLToPath } from "node:url";
import { freePort } from "../support/free-port";
import { launch } from "../support/server-process";
import { strangers } from "./clients";
import { type Contestant, disciplinesOf, type LoadGenerator, NAMES } from "./contestant";

/** Node's own HTTP server with one constant answer: nothing that runs in Node is faster. */
export async function bareNode(generator: LoadGenerator): Promise<Contestant> {
  const PORT = String(await freePort());
  const program = fileURLToPath(new URL("peers/bare-node.mjs", import.meta.url));
  const server = await launch([program], "ready", { PORT });
  const nothing = { work: "a constant answer", request: { method: "GET", path: "/" } } as const;
  return {
    name: NAMES.bareNode,
    pids: [server.pid],
    disciplines: disciplinesOf(`http://127.0.0.1:${PORT}`, strangers(), { nothing }, generator),
    close: async () => void (await server.end("SIGTERM")),
  };
}
