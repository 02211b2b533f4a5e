import { expect, test } from "vitest";
import { removeUntrustedHeaders } from "./untrusted-headers";

// bar 115
test("what no client may say about the connection or to Next is removed, and nothing else", () => {
  const headers = {
    host: "localhost",
    cookie: "a=b",
    rsc: "1",
    authorization: "Bearer x",
    "x-refresh-attempt": "x",
    "x-request-id": "x",
  };
  const claims = {
    forwarded: "for=1.1.1.1",
    "x-forwarded-for": "1.1.1.1",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    "x-real-ip": "1.1.1.1",
    "x-middleware-subrequest": "proxy:proxy",
    "x-middleware-next": "1",
    "x-matched-path": "/dashboard",
    "x-invoke-path": "/dashboard",
    "x-now-route-matches": "1=dashboard",
    "x-nextjs-data": "1",
    "x-next-resume-state-length": "1",
    "next-resume": "1",
    "next-router-state-tree": "x",
    "content-security-policy": "script-src 'nonce-x'",
    "content-security-policy-report-only": "script-src 'nonce-x'",
  };
  const spelled = ([name, value]: readonly [string, string]) => [name.toUpperCase(), value];
  const request = {
    headers: { ...headers, ...claims },
    rawHeaders: Object.entries({ ...claims, ...headers, ...claims }).flatMap(spelled),
  };
  removeUntrustedHeaders(request);
  expect(request).toEqual({ headers, rawHeaders: Object.entries(headers).flatMap(spelled) });
});
