import { freePort } from "./free-port";
import type { Latchkey } from "./latchkey";
import type { Variables } from "./server-process";

type Start = (variables?: Variables) => Promise<Latchkey>;

/**
 * So many servers over one database, as behind a load balancer: the same origin, secret and sessions. The `origin` of
 * each is where that one is asked, whatever its origin is to the world.
 */
export async function startInstances(
  start: Start,
  count: number,
  variables: Variables & { readonly AUTH_SECRET: string },
): Promise<readonly Latchkey[]> {
  const first = await start(variables);
  const shared = { ...variables, DATABASE_URL: first.databaseUrl, APP_ORIGIN: first.origin };
  const others = await Promise.all(
    Array.from({ length: count - 1 }, async () => {
      const port = await freePort();
      const app = await start({ ...shared, PORT: String(port) });
      return { ...app, origin: `http://localhost:${port}` };
    }),
  );
  return [first, ...others];
}
