import { CspEvaluator } from "csp_evaluator/dist/evaluator.js";
import { Severity } from "csp_evaluator/dist/finding.js";
import { CspParser } from "csp_evaluator/dist/parser.js";
import { expect, test } from "vitest";
import { API_HEADERS, pageHeaders, transportHeaders } from "./security-headers";

const HTTPS = "https://app.example.org";
const HTTP = "http://localhost:3000";

function policyOf(origin: string, dev = false) {
  return pageHeaders({ nonce: "AAAAAAAAAAAAAAAAAAAAAA==", origin, dev })["Content-Security-Policy"];
}

/** What Google's evaluator holds against a policy, but for hints about browsers that know no nonces. */
function findings(policy: string) {
  const all = new CspEvaluator(new CspParser(policy).csp).evaluate();
  return all
    .filter(({ severity }) => severity <= Severity.HIGH_MAYBE)
    .map(({ directive, description }) => `${directive}: ${description}`);
}

// bar 103
test.each([HTTPS, HTTP])("nothing is held against the policy of pages at %s", (origin) => {
  expect(findings(policyOf(origin))).toEqual([]);
  expect(findings(API_HEADERS["Content-Security-Policy"] ?? "")).toEqual([]);
  expect(findings("script-src 'unsafe-inline'")).not.toEqual([]);
});

// bar 103
test("the policy of pages names what may run by its nonce, and closes what it does not need", () => {
  const policy = policyOf(HTTP);
  for (const directive of [
    "default-src 'none'",
    "script-src 'nonce-AAAAAAAAAAAAAAAAAAAAAA==' 'strict-dynamic'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ]) {
    expect(policy.split("; ")).toContain(directive);
  }
  expect(policy).not.toMatch(/unsafe|\*|https?:|data:|blob:|ws:/);
  expect(policyOf(HTTP, true)).toContain("'unsafe-eval'");
});

// bar 104
test("https is asked for where the origin is https, and nowhere else", () => {
  expect(transportHeaders(HTTPS)).toEqual({
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
  });
  expect(policyOf(HTTPS)).toContain("upgrade-insecure-requests");
  expect(transportHeaders(HTTP)).toEqual({});
  expect(policyOf(HTTP)).not.toContain("upgrade-insecure-requests");
});
