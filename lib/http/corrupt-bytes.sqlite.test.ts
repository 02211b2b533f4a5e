import { expect, test } from "vitest";
import { POST as login } from "@/app/api/auth/login/route";
import { tamper } from "@/lib/db/testing/aside";
import { Client, embeddedApp, newcomer, PASSWORD, whoAmI } from "@/lib/testing/embedded-app";

// bar F23
test("a stored password that is bytes, which SQLite allows, lets nobody in and says so in the log", async () => {
  const log = await embeddedApp();
  const victim = await newcomer();
  const bytes = "bytes that are no text";
  const value = `x'${Buffer.from(bytes).toString("hex")}'`;
  await tamper(`${process.env.DATABASE_URL}`, `UPDATE "user" SET password_hash = ${value}`);
  const json = { username: victim.username, password: PASSWORD };
  log.clear();
  expect((await new Client().send(login, { json })).status).toBe(500);
  expect(log.lines().map(({ event }) => event)).toEqual(["bug"]);
  expect(log.text()).not.toContain(bytes);
  expect((await whoAmI(victim.client)).status).toBe(200);
});
