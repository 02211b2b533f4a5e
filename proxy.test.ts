import { NextRequest } from "next/server";
import { beforeAll, expect, test } from "vitest";
import { embeddedApp, newcomer, ORIGIN } from "@/lib/testing/embedded-app";
import { proxy } from "./proxy";

beforeAll(() => embeddedApp());

const ask = (path: string, headers: Record<string, string> = {}) =>
  proxy(new NextRequest(`${ORIGIN}${path}`, { headers }));

/** A header of the request as the page will see it; how Next's proxy hands it on. */
const passedOn = (answer: Response, name: string) =>
  answer.headers.get(`x-middleware-request-${name}`);

test("a public page costs no look at the visitor's tokens, and no keys", async () => {
  const answer = await ask("/login", { cookie: "__Host-refresh_token=garbage" });
  expect(answer.headers.get("x-middleware-next")).toBe("1");
  expect(Object.getOwnPropertySymbols(globalThis)).not.toContain(Symbol.for("latchkey.keyring"));
});

// bar 103
test("the page is made under the policy of its answer, whatever policy the client sends", async () => {
  const answer = await ask("/login", {
    "content-security-policy": "script-src 'nonce-mine'",
    "content-security-policy-report-only": "script-src 'nonce-mine'",
    "x-page-path": "//evil.example",
  });
  const policy = answer.headers.get("content-security-policy");
  expect(policy).toMatch(/script-src 'nonce-[\w+/]{22}==' 'strict-dynamic';/);
  expect(passedOn(answer, "content-security-policy")).toBe(policy);
  expect(passedOn(answer, "content-security-policy-report-only")).toBeNull();
  expect(passedOn(answer, "x-page-path")).toBe("/login");
});

test("a protected page is passed on to who shows a token of ours, and to nobody else", async () => {
  const { client } = await newcomer();
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const shown = await ask("/dashboard?a=1", { cookie });
  expect(passedOn(shown, "x-page-path")).toBe("/dashboard?a=1");
  for (const other of ["", "__Host-refresh_token=garbage", `${cookie}; ${cookie}`]) {
    const refused = await ask("/dashboard?a=1", { cookie: other });
    expect([refused.status, refused.headers.get("cache-control")]).toEqual([307, "no-store"]);
    expect(refused.headers.get("location")).toBe(`${ORIGIN}/login?next=%2Fdashboard%3Fa%3D1`);
  }
});
