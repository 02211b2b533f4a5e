import { request } from "node:http";
import { expect, test } from "./support/fixtures";
import { PASSWORD } from "./support/people";

const MARKER = "Hello, ";

/** One GET as it stands: no URL is tidied up on the way. */
function get(origin: string, path: string, headers: Record<string, string | string[]> = {}) {
  const { port } = new URL(origin);
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const sent = request({ host: "127.0.0.1", port, path, headers }, (answer) => {
        let body = "";
        answer.on("data", (chunk: Buffer) => {
          body += chunk;
        });
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }),
        );
      });
      sent.on("error", reject);
      sent.end();
    },
  );
}

// bar 112
test("a protected page asked for by nobody answers with the login page's path", async ({ app }) => {
  for (const [path, next] of [
    ["/dashboard", "%2Fdashboard"],
    ["/dashboard?a=1&b=2", "%2Fdashboard%3Fa%3D1%26b%3D2"],
    ["/account/anything", "%2Faccount%2Fanything"],
  ] as const) {
    const { status, headers, body } = await get(app.origin, path);
    expect([status, headers.location]).toEqual([307, `/login?next=${next}`]);
    expect(headers["cache-control"]).toContain("no-store");
    expect(headers["set-cookie"]).toBeUndefined();
    expect(body).not.toContain(MARKER);
  }
});

// bar 113
test("forged and garbage tokens open nothing and loop nowhere", async ({ app }) => {
  for (const cookie of [
    "__Host-access_token=garbage",
    "__Host-refresh_token=garbage",
    `__Host-refresh_token=${"A".repeat(72)}`,
    "__Host-refresh_token=a; __Host-refresh_token=b",
    "__Host-access_token=; __Host-refresh_token=",
  ]) {
    const { status, headers, body } = await get(app.origin, "/dashboard", { cookie });
    expect([status, headers.location]).toEqual([307, "/login?next=%2Fdashboard"]);
    expect(body).not.toContain(MARKER);
    expect((await get(app.origin, "/login?next=%2Fdashboard", { cookie })).status).toBe(200);
  }
});

// bar 115, 116, 117
test("no spelling of path or header gets past the gate", async ({ app }) => {
  const headers: Record<string, string>[] = [
    ...[1, 3, 5, 7].map((times) => ({
      "x-middleware-subrequest": Array(times).fill("proxy").join(":"),
    })),
    { "x-middleware-subrequest": "src/middleware:src/middleware:src/middleware:src/middleware" },
    { "x-middleware-next": "1" },
    { "x-nextjs-data": "1" },
    { "x-matched-path": "/dashboard" },
    { "x-invoke-path": "/dashboard" },
    { "x-now-route-matches": "1" },
    { purpose: "prefetch" },
    { RSC: "1" },
    { RSC: "1", "Next-Router-Prefetch": "1" },
    { RSC: "1", "Next-Router-Segment-Prefetch": "/_tree" },
    { "x-page-path": "/dashboard" },
  ];
  for (const each of headers) {
    const { status, body } = await get(app.origin, "/dashboard", each);
    expect(status, JSON.stringify(each)).toBeLessThan(500);
    expect(body).not.toContain(MARKER);
  }
  for (const path of [
    "//dashboard",
    "/./dashboard",
    "/x/../dashboard",
    "/%64ashboard",
    "/dashboard/",
    "/dashboard%2f",
    "/dashboard;a",
    "/DASHBOARD",
    "/dashboard.rsc",
    "/dashboard?_rsc=1",
    "/dashboard.segments/_tree.segment.rsc",
    "/_next/data/x/dashboard.json",
    "/dashboard?nxtPslug=x",
  ]) {
    const { status, body } = await get(app.origin, path);
    expect(status, path).toBeLessThan(500);
    expect(body).not.toContain(MARKER);
  }
});

// bar 57, 122
test("a signed-in page is rendered, kept by no cache and without a token in it", async ({
  app,
}) => {
  const account = { username: "gate", email: "gate@example.com", password: PASSWORD };
  const made = await fetch(`${app.origin}/api/auth/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(account),
  });
  const cookies = made.headers.getSetCookie().map((each) => each.split(";")[0] ?? "");
  const { status, headers, body } = await get(app.origin, "/dashboard", {
    cookie: cookies.join("; "),
  });
  expect(status).toBe(200);
  expect(headers["cache-control"]).toContain("no-store");
  expect(headers["set-cookie"]).toBeUndefined();
  expect(body).toContain(MARKER);
  for (const cookie of cookies.slice(0, 2)) expect(body).not.toContain(cookie.split("=")[1]);
  expect(body).not.toMatch(/\$2b\$|secretHash|passwordHash/);
});

// bar 135
test("no file of the project is served", async ({ app }) => {
  for (const path of [
    "/.env",
    "/.git/config",
    "/.data/latchkey.db",
    "/package.json",
    "/.next/BUILD_ID",
    "/prisma/schema.prisma",
  ]) {
    expect((await get(app.origin, path)).status, path).toBe(404);
  }
});
