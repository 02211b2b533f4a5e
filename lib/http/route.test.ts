import { beforeAll, describe, expect, test } from "vitest";
import { GET as jwks } from "@/app/.well-known/jwks.json/route";
import * as unknownPath from "@/app/api/[[...path]]/route";
import * as login from "@/app/api/auth/login/route";
import * as logout from "@/app/api/auth/logout/route";
import * as refresh from "@/app/api/auth/refresh/route";
import * as register from "@/app/api/auth/register/route";
import * as token from "@/app/api/auth/token/route";
import { GET as live } from "@/app/api/health/live/route";
import { GET as ready } from "@/app/api/health/ready/route";
import * as me from "@/app/api/users/me/route";
import type { CapturedLog } from "@/lib/testing/captured-log";
import {
  Client,
  embeddedApp,
  MARKER,
  newcomer,
  ORIGIN,
  PASSWORD,
  whoAmI,
} from "@/lib/testing/embedded-app";
import { route } from "./route";

let log: CapturedLog;
beforeAll(async () => {
  log = await embeddedApp();
});

const posts = { login, logout, refresh, register, token };

/** Posts bytes as they are. */
function post(body: BodyInit | null, type: string | null, more: Record<string, string> = {}) {
  const headers = { ...(type !== null && { "content-type": type }), ...more };
  const request = new Request(ORIGIN, { method: "POST", body, headers });
  if (type === null) request.headers.delete("content-type");
  return login.POST(request);
}

const codeOf = async (response: Response) => [response.status, (await response.json()).error];

describe("methods", () => {
  // bar 97, 98
  test.each(Object.entries(posts))("%s takes POST alone", async (_, endpoint) => {
    for (const method of ["GET", "HEAD", "PUT", "PATCH", "DELETE"] as const) {
      const response = await endpoint[method](new Request(ORIGIN, { method }));
      expect([response.status, response.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
      expect(response.headers.get("cache-control")).toBe("no-store");
      if (method !== "HEAD") {
        expect(await response.json()).toEqual({
          detail: "Method Not Allowed",
          error: "method_not_allowed",
        });
      }
    }
    const options = await endpoint.OPTIONS(new Request(ORIGIN, { method: "OPTIONS" }));
    expect([options.status, options.headers.get("allow")]).toEqual([204, "POST, OPTIONS"]);
    expect([...options.headers.keys()].join()).not.toContain("access-control");
  });

  test("a handler may answer by any response, also one that was fetched", async () => {
    const streamed = route({
      async GET({ jar }) {
        jar.push("a=1; Path=/", "b=2; Path=/");
        return fetch("data:text/csv,one");
      },
    });
    const request = { headers: { "x-request-id": "asked-for-this" } };
    const answer = await streamed.GET(new Request(ORIGIN, request));
    expect(await answer.text()).toBe("one");
    expect(answer.headers.get("content-type")).toBe("text/csv");
    expect(answer.headers.get("x-request-id")).toBe("asked-for-this");
    expect(answer.headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2; Path=/"]);
    const head = await streamed.HEAD(new Request(ORIGIN, { method: "HEAD" }));
    expect([head.status, head.body]).toEqual([200, null]);
  });

  test("HEAD is GET without the body", async () => {
    const { client } = await newcomer();
    const response = await client.send(me.HEAD, { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });

  // bar 134
  test("an unknown path is 404 in JSON whatever the method", async () => {
    const { OPTIONS, HEAD, ...handlers } = unknownPath;
    for (const [method, handler] of Object.entries(handlers)) {
      const response = await handler(new Request(`${ORIGIN}/api/nope`, { method }));
      expect(await codeOf(response)).toEqual([404, "not_found"]);
      expect(response.headers.get("cache-control")).toBe("no-store");
    }
  });
});

describe("bodies", () => {
  // bar 95, 133
  test.each([
    ["text/plain", {}],
    ["multipart/form-data; boundary=x", {}],
    [null, {}],
    ["application/json; charset=utf-16", {}],
    ["application/json", { "content-encoding": "gzip" }],
  ])("of type %s with %o are 415", async (type, more) => {
    const body = new TextEncoder().encode('{"username":"a","password":"b"}');
    expect(await codeOf(await post(body, type, more))).toEqual([415, "unsupported_media_type"]);
  });

  test.each(["application/json; charset=utf-8", 'Application/JSON; charset="UTF-8"'])(
    "of type %s are read",
    async (type) => {
      const body = '{"username":"nobody","password":"wrong"}';
      expect(await codeOf(await post(body, type))).toEqual([401, "invalid_grant"]);
    },
  );

  // bar 123
  test("over 16 KiB are 413, declared or streamed", async () => {
    const big = `{"username":"${"a".repeat(16 * 1024)}"}`;
    expect(await codeOf(await post(big, "application/json"))).toEqual([413, "too_large"]);
    expect(
      await codeOf(await post("{}", "application/json", { "content-length": "99999999" })),
    ).toEqual([413, "too_large"]);
  });

  // bar 133
  test.each([
    ["{", "application/json"],
    ["\ufeff{}", "application/json"],
    [new Uint8Array([0x7b, 0xff, 0x7d]), "application/json"],
    ["username=%ff&password=b", "application/x-www-form-urlencoded"],
  ])("that cannot be parsed are 400 (%#)", async (body, type) => {
    expect(await codeOf(await post(body, type))).toEqual([400, "malformed_body"]);
  });

  // bar 17, 125, 126, 128
  test.each([
    [[]],
    [null],
    [MARKER],
    [{ username: [MARKER, "b"], password: MARKER }],
    [{ username: MARKER, password: {} }],
    [{ username: MARKER, password: [] }],
    [{ username: MARKER, password: 1 }],
    [{ username: MARKER, password: null }],
    [{ username: MARKER, password: true }],
    [{ username: MARKER, password: "" }],
    [{ username: MARKER }],
    [{ password: MARKER }],
    [{ username: `${MARKER}\u0000`, password: MARKER }],
    [{ username: `${MARKER}\u0085`, password: MARKER }],
    [{ username: "\ud800", password: MARKER }],
    [{ username: MARKER, password: "\ud800" }],
    [{ username: MARKER, password: MARKER, remember: "maybe" }],
  ])("of the wrong shape are 422 and not repeated (%#)", async (json) => {
    const response = await new Client().send(login.POST, { json });
    const text = await response.text();
    expect(response.status).toBe(422);
    expect(text).not.toContain(MARKER);
    expect(log.text()).not.toContain(MARKER);
    const { detail, error } = JSON.parse(text);
    expect(error).toBe("validation_failed");
    expect(detail[0]).toEqual({
      type: expect.any(String),
      loc: expect.arrayContaining(["body"]),
      msg: expect.any(String),
    });
  });

  // bar 126
  test("that say one thing twice are 422", async () => {
    const form = "username=a&username=b&password=c";
    const response = await post(form, "application/x-www-form-urlencoded");
    expect(await codeOf(response)).toEqual([422, "validation_failed"]);
  });

  // bar 126
  test("are all that counts: what the address says beside them is no credential", async () => {
    const { username } = await newcomer();
    const url = `/?username=${username}&password=${encodeURIComponent(PASSWORD)}`;
    const alone = await new Client().send(login.POST, { url, json: {} });
    expect(await codeOf(alone)).toEqual([422, "validation_failed"]);
    const half = await new Client().send(login.POST, { url, json: { username } });
    expect(await codeOf(half)).toEqual([422, "validation_failed"]);
    const other = await new Client().send(login.POST, {
      url,
      json: { username, password: "wrong one" },
    });
    expect(await codeOf(other)).toEqual([401, "invalid_grant"]);
  });

  // bar 26, 27
  test("may hold unknown members, which change nothing", async () => {
    const json = JSON.parse(
      `{"username":"mallory","email":"mallory@example.com","password":"${PASSWORD}","role":"admin","id":"1",
        "disabled":true,"passwordHash":"x","__proto__":{"role":"admin"},"constructor":{"prototype":{"role":"admin"}}}`,
    );
    const client = new Client();
    const { user } = await (await client.send(register.POST, { json })).json();
    expect(user).toMatchObject({ username: "mallory", role: "user", disabled: false });
    expect(await (await whoAmI(client)).json()).toEqual(user);
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  // bar 125
  test("may be nested deeply, and still fail in time", async () => {
    const deep = (levels: number) => `{"x":${"[".repeat(levels)}${"]".repeat(levels)}}`;
    expect(await codeOf(await post(deep(8_000), "application/json"))).toEqual([
      422,
      "validation_failed",
    ]);
    expect(await codeOf(await post(deep(100_000), "application/json"))).toEqual([413, "too_large"]);
  });

  test("that are absent need no media type, and none is wrong", async () => {
    for (const headers of [{}, { "content-type": "text/plain;charset=UTF-8" }] as HeadersInit[]) {
      const response = await logout.POST(new Request(ORIGIN, { method: "POST", headers }));
      expect(response.status).toBe(200);
      const refused = await refresh.POST(new Request(ORIGIN, { method: "POST", headers }));
      expect(await codeOf(refused)).toEqual([401, "invalid_grant"]);
    }
  });

  test("that are streamed without a type are 415 before they are 413", async () => {
    const body = new Blob(["x".repeat(20_000)]).stream();
    const request = new Request(ORIGIN, { method: "POST", body, duplex: "half" } as RequestInit);
    expect(await codeOf(await login.POST(request))).toEqual([415, "unsupported_media_type"]);
  });
});

describe("requests of another site", () => {
  // bar 91, 93, 100
  test.each(Object.entries(posts))("are refused at %s and touch no cookie", async (_, { POST }) => {
    const { client } = await newcomer();
    for (const headers of [
      { origin: "https://evil.test" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site", origin: ORIGIN },
    ] as Record<string, string>[]) {
      const response = await client.send(POST, { headers, form: { username: "a" } });
      expect([response.status, await response.json()]).toEqual([
        403,
        { detail: "Cross-site request refused", error: "cross_site" },
      ]);
      expect(response.headers.getSetCookie()).toEqual([]);
      expect([...response.headers.keys()].join()).not.toContain("access-control");
    }
    expect((await whoAmI(client)).status).toBe(200);
  });

  // bar 100
  test.each(["https://evil.test", "null", ORIGIN])(
    "from %s get no leave to read",
    async (origin) => {
      const { client } = await newcomer();
      const asks = {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization, content-type",
        "access-control-request-private-network": "true",
      };
      const answers = await Promise.all([
        ...Object.values(posts).map((each) =>
          client.send(each.OPTIONS, { method: "OPTIONS", headers: asks }),
        ),
        client.send(me.GET, { method: "GET", headers: { origin } }),
        client.send(jwks, { method: "GET", headers: { origin } }),
        client.send(unknownPath.GET, { method: "GET", headers: { origin } }),
      ]);
      for (const { headers } of answers) {
        expect([...headers.keys()].join()).not.toContain("access-control");
        expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
      }
    },
  );

  test("are told from ours before the body is looked at", async () => {
    const response = await post("x".repeat(20_000), "text/plain", { origin: "https://evil.test" });
    expect(response.status).toBe(403);
  });
});

describe("what goes wrong", () => {
  // bar 154
  test("with us is a 500 that says nothing but an id", async () => {
    const broken = route({
      GET: async () => {
        throw new Error("marker: SELECT * FROM secrets");
      },
    });
    const given = await broken.GET(
      new Request(ORIGIN, { headers: { "x-request-id": "from-caller_1" } }),
    );
    expect([given.status, await given.json()]).toEqual([
      500,
      { detail: "Internal Server Error", error: "internal" },
    ]);
    expect(given.headers.get("x-request-id")).toBe("from-caller_1");
    for (const id of ["a b", "a".repeat(65), '"}{"', "\u00e9"]) {
      const odd = await broken.GET(new Request(ORIGIN, { headers: { "x-request-id": id } }));
      const own = odd.headers.get("x-request-id");
      expect(own).toMatch(/^[0-9a-f-]{36}$/);
      const told = log.lines().filter(({ requestId }) => requestId === own);
      expect(told).toMatchObject([{ level: "error", event: "bug", err: { type: "Error" } }]);
    }
  });
});

test("health says that the process and the database answer", async () => {
  for (const endpoint of [live, ready]) {
    const response = await endpoint(new Request(ORIGIN));
    expect([response.status, await response.json()]).toEqual([200, { status: "ok" }]);
  }
});

// bar 55
test("the public key set is public and cacheable", async () => {
  const response = await jwks(new Request(ORIGIN));
  expect(response.headers.get("cache-control")).toBe("public, max-age=300");
  const { keys } = await response.json();
  expect(keys).toHaveLength(1);
  expect(Object.keys(keys[0]).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x"]);
});
