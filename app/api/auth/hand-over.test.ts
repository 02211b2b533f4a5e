import { beforeAll, expect, test } from "vitest";
import { POST as login } from "@/app/api/auth/login/route";
import { POST as logout } from "@/app/api/auth/logout/route";
import { POST as refresh } from "@/app/api/auth/refresh/route";
import { DELETE as endOne } from "@/app/api/auth/sessions/[id]/route";
import { GET as sessions } from "@/app/api/auth/sessions/route";
import { POST as token } from "@/app/api/auth/token/route";
import { GET as me } from "@/app/api/users/me/route";
import { Client, embeddedApp, newcomer, PASSWORD, whoAmI } from "@/lib/testing/embedded-app";

const ACCESS = "__Host-access_token";
const REFRESH = "__Host-refresh_token";

beforeAll(() => embeddedApp());

// bar 57
test("no answer to a browser holds a token outside of its cookies", async () => {
  const { client, username, response: registered } = await newcomer();
  const tokens = new Set<string>();
  const texts: string[] = [];
  const read = async (response: Response) => {
    for (const name of [ACCESS, REFRESH]) {
      const token = client.cookies.get(name);
      if (token !== undefined) tokens.add(token);
    }
    const { headers } = response;
    headers.delete("set-cookie");
    texts.push(await response.text(), JSON.stringify([...headers]));
  };
  await read(registered);
  const phone = new Client();
  await phone.send(login, { json: { username, password: PASSWORD } });
  await read(await client.send(login, { json: { username, password: PASSWORD } }));
  await read(await client.send(refresh));
  await read(await client.send(me, { method: "GET" }));
  const list = await client.send(sessions, { method: "GET" });
  const ids: { id: string; current: boolean }[] = await list.clone().json();
  await read(list);
  const id = ids.find(({ current }) => !current)?.id ?? "";
  await read(await client.send(endOne, { method: "DELETE", params: { id } }));
  await read(await client.send(login, { json: { username, password: "wrong password" } }));
  await read(await client.send(token, { form: { username, password: "wrong password" } }));
  await read(await client.send(logout));
  await read(await client.send(refresh));

  expect(tokens.size).toBeGreaterThanOrEqual(6);
  for (const text of texts) for (const secret of tokens) expect(text).not.toContain(secret);
});

// bar 57
test("an API client's refresh token is in a cookie or in a body, never in both", async () => {
  const { username } = await newcomer();
  const client = new Client();
  const form = { username, password: PASSWORD };
  const first = await client.send(token, { form });
  expect(await first.text()).not.toContain(client.cookies.get(REFRESH));
  const second = await client.send(refresh);
  expect(await second.text()).not.toContain(client.cookies.get(REFRESH));
  const open = new Client();
  const body = await (
    await open.send(token, { form: { ...form, scope: "offline_access" } })
  ).json();
  expect(body.refresh_token).toMatch(/^[A-Za-z0-9_-]{72}$/);
  expect(open.cookies.size).toBe(0);
  expect((await whoAmI(open)).status).toBe(401);
});
