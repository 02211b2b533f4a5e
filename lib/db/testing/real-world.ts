import type { AuthSettings } from "@/lib/auth/context";
import { register } from "@/lib/auth/register";
import { BROWSER, JOHN, type World, world } from "@/lib/auth/testing/world";
import type { PrismaClient } from "../generated/sqlite/client";
import { openDatabase } from "../open";
import { migratedFile, openAside } from "./sqlite";

/** A world whose store is a SQLite file, and a second way into that file. */
export interface RealWorld extends Pick<World, "context" | "pass"> {
  readonly url: string;
  /** For what no flow of the application does. */
  readonly aside: PrismaClient;
  close(): Promise<void>;
}

export async function realWorld(settings: Partial<AuthSettings> = {}): Promise<RealWorld> {
  const file = await migratedFile();
  const { store, close } = await openDatabase(file.url);
  const { context, pass } = await world(settings);
  const aside = openAside(file.url);
  return {
    url: file.url,
    context: { ...context, store },
    pass,
    aside,
    async close() {
      await Promise.all([close(), aside.$disconnect()]);
      await file.remove();
    },
  };
}

/** An account and its first session; John's, but for what is given. */
export const registerJohn = ({ context }: RealWorld, given: Partial<typeof JOHN> = {}) =>
  register({ ...JOHN, ...given }, BROWSER, null, context);
