import type { AuthSettings } from "@/lib/auth/context";
import { register } from "@/lib/auth/register";
import { BROWSER, JOHN, type World, world } from "@/lib/auth/testing/world";
import { migrate } from "@/prisma/migrate";
import type { Client } from "../client";
import { openDatabase } from "../open";
import { openAside } from "./aside";
import { ownDatabase } from "./own-database";

/** A world whose store is a database of the kind that this run of the file is about, and a second way into it. */
export interface RealWorld extends Pick<World, "context" | "pass"> {
  readonly url: string;
  /** For what no flow of the application does. */
  readonly aside: Client;
  close(): Promise<void>;
}

export async function realWorld(settings: Partial<AuthSettings> = {}): Promise<RealWorld> {
  const database = await ownDatabase();
  await migrate(database.url);
  const { store, close } = await openDatabase(database.url);
  const { context, pass } = await world(settings);
  const aside = openAside(database.url);
  return {
    url: database.url,
    context: { ...context, store },
    pass,
    aside,
    async close() {
      await Promise.all([close(), aside.$disconnect()]);
      await database.remove();
    },
  };
}

/** An account and its first session; John's, but for what is given. */
export const registerJohn = ({ context }: RealWorld, given: Partial<typeof JOHN> = {}) =>
  register({ ...JOHN, ...given }, BROWSER, null, context);
