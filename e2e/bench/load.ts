import { openConnection, type Shot } from "../support/connection";
import { type Figures, measure } from "./figures";

/** What this process is told to do; see `generator.ts`. */
export interface Load {
  readonly origin: string;
  readonly shot: Shot;
  /** Connections that send at once, each one request after the other; one entry of cookies for each. */
  readonly cookies: readonly Cookies[];
  readonly seconds: number;
}

type Cookies = Readonly<Record<string, string>>;

export interface Measured extends Figures {
  /** As they are afterwards: a refresh changes them. */
  readonly cookies: readonly Cookies[];
}

async function run({ origin, shot, cookies, seconds }: Load): Promise<Measured> {
  const jars = cookies.map((entries) => new Map(Object.entries(entries)));
  const connections = jars.map((jar) => openConnection(origin, jar));
  const figures = await measure(
    connections.map((connection) => () => connection.send(shot)),
    seconds,
  );
  for (const connection of connections) connection.close();
  return { ...figures, cookies: jars.map((jar) => Object.fromEntries(jar)) };
}

process.on("message", async (load: Load) => {
  process.send?.(await run(load));
});
