import { beforeAll, describe, expect, test } from "vitest";
import { POST as login } from "@/app/api/auth/login/route";
import { DELETE as endOne } from "@/app/api/auth/sessions/[id]/route";
import { DELETE as endOthers, GET as sessions } from "@/app/api/auth/sessions/route";
import { Client, embeddedApp, newcomer, PASSWORD, pass, whoAmI } from "@/lib/testing/embedded-app";

beforeAll(() => embeddedApp());

describe("sessions", () => {
  // bar 78, 79
  test("are listed with the current one marked, and ended by their owner alone", async () => {
    const { client, username } = await newcomer();
    const phone = new Client();
    const headers = {
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0",
    };
    pass(1);
    await phone.send(login, { json: { username, password: PASSWORD }, headers });
    const list = await (await client.send(sessions, { method: "GET" })).json();
    expect(list).toHaveLength(2);
    expect(list[0]).toMatchObject({ current: false, device: "Firefox on Linux", ip: null });
    expect(list[1]).toMatchObject({ current: true });
    expect(Object.keys(list[0]).sort()).toEqual(
      [
        "created_at",
        "current",
        "device",
        "expires_at",
        "id",
        "ip",
        "last_used_at",
        "user_agent",
      ].sort(),
    );

    const neighbour = await newcomer();
    const end = (by: Client, id: string) => by.send(endOne, { method: "DELETE", params: { id } });
    const foreign = await end(neighbour.client, list[0].id);
    const unknown = await end(neighbour.client, "unknown");
    expect([foreign.status, await foreign.text()]).toEqual([unknown.status, await unknown.text()]);
    expect(foreign.status).toBe(404);
    expect((await whoAmI(phone)).status).toBe(200);

    expect((await end(client, list[0].id)).status).toBe(204);
    expect((await whoAmI(phone)).status).toBe(401);
    const own = await end(client, list[1].id);
    expect([own.status, [...client.cookies.keys()]]).toEqual([204, ["__Host-device"]]);
  });

  // bar 78
  test("other than the current one end together", async () => {
    const { client, username } = await newcomer();
    const phone = new Client();
    await phone.send(login, { json: { username, password: PASSWORD } });
    expect((await client.send(endOthers, { method: "DELETE" })).status).toBe(204);
    expect((await whoAmI(phone)).status).toBe(401);
    expect((await whoAmI(client)).status).toBe(200);
  });
});
