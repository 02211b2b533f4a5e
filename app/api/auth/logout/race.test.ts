import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { POST as refresh } from "@/app/api/auth/refresh/route";
import { openSession } from "@/lib/auth/session";
import { setSession } from "@/lib/http/cookies";
import { auth } from "@/lib/server";
import { Client, embeddedApp, newcomer, whoAmI } from "@/lib/testing/embedded-app";
import { POST as logout } from "./route";

beforeAll(() => embeddedApp());

/** A browser signed in without the cost of a password. */
async function signedIn(username: string): Promise<Client> {
  const context = await auth();
  const user = await context.store.findUser({ username });
  const opening = {
    transport: "cookie",
    remembered: true,
    scope: "profile",
    client: { ip: null, userAgent: randomUUID(), device: null },
    replaces: null,
  } as const;
  const tokens = user && (await openSession(user, opening, context));
  if (!tokens) throw new Error("no session was opened");
  const jar: string[] = [];
  setSession(jar, tokens);
  const client = new Client();
  for (const cookie of jar) client.keep(cookie);
  return client;
}

// bar 66
test("200 rounds of logout against refresh: nothing of the session works afterwards", async () => {
  const { username } = await newcomer();
  for (let round = 0; round < 200; round++) {
    const owner = await signedIn(username);
    const racer = owner.copy();
    const race = [() => owner.send(logout), () => racer.send(refresh)];
    if (round % 2 === 1) race.reverse();
    await Promise.all(race.map((start) => start()));
    expect([(await whoAmI(racer)).status, (await racer.send(refresh)).status]).toEqual([401, 401]);
  }
}, 120_000);
