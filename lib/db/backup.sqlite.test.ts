import { copyFile, rm } from "node:fs/promises";
import { expect, test } from "vitest";
import { authorize } from "@/lib/auth/authorize";
import { login } from "@/lib/auth/login";
import { again, BROWSER, JOHN } from "@/lib/auth/testing/world";
import { openDatabase } from "./open";
import { pathOf } from "./sqlite-file";
import { realWorld, registerJohn } from "./testing/real-world";

const signIn = ({ context }: Parameters<typeof again>[1]) =>
  login({ ...JOHN, remember: true }, BROWSER, null, context);

// bar F22
test("after a backup is put back, newer tokens are refused, and nobody else is signed out", async () => {
  const before = await realWorld();
  const moved = await registerJohn(before);
  const idle = await signIn(before);
  const backup = `${pathOf(before.url)}.backup`;
  await before.aside.$executeRawUnsafe(`VACUUM INTO '${backup}'`);

  before.pass(600);
  const newer = await again((await again(moved.refreshToken, before)).refreshToken, before);
  const opened = await signIn(before);

  // the server stops, the file is put in place, the server starts
  const restored = `${pathOf(before.url)}.restored`;
  await copyFile(backup, restored);
  const { store, close } = await openDatabase(`file:${restored}`);
  const after = { ...before, context: { ...before.context, store } };

  for (const { refreshToken } of [newer, opened]) {
    await expect(again(refreshToken, after)).rejects.toMatchObject({
      code: "invalid_refresh_token",
      facts: { ended: "unknown" },
    });
  }
  const ofNobody = authorize(opened.accessToken, after.context);
  await expect(ofNobody).rejects.toMatchObject({ code: "invalid_token" });
  await expect(again(idle.refreshToken, after)).resolves.toBeTruthy();
  await expect(authorize(newer.accessToken, after.context)).resolves.toBeTruthy();
  // what the backup knows of the session still continues it
  await expect(again(moved.refreshToken, after)).resolves.toBeTruthy();
  await expect(signIn(after)).resolves.toBeTruthy();
  await close();
  await before.close();
  await rm(restored, { force: true });
});
