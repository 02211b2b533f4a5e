import { expect, test } from "vitest";
import { openLog } from "./log";

/** A log that writes into an array of what it wrote. */
function logInto(): [ReturnType<typeof openLog>, string[]] {
  const written: string[] = [];
  return [openLog("info", { write: (line) => void written.push(line) }), written];
}

test("a line is JSON with its level and its instant in UTC", () => {
  const [log, written] = logInto();
  log.warn({ event: "authn_token_reuse", userId: "1" });
  log.debug({ event: "request" });
  expect(written.map((line) => JSON.parse(line))).toEqual([
    {
      level: "warn",
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      event: "authn_token_reuse",
      userId: "1",
    },
  ]);
});

// bar 153
test("what is logged cannot end its line, colour a terminal, or fill the disk", () => {
  const [log, written] = logInto();
  for (const text of [
    '\n{"level":"info","event":"authn_login_success"}\n',
    "\r\n\u2028\u2029\u0085",
    "\u001b[2J\u001b]0;title\u0007",
    '","event":"authn_login_success',
    "\ud800",
    "x".repeat(1024 * 1024),
  ]) {
    written.length = 0;
    log.info({ event: "console", text });
    const [line = "", ...more] = written;
    expect(more).toEqual([]);
    // no control character but the line feed that ends it
    expect(line).toMatch(/^[^\p{Cc}]+\n$/u);
    expect(line.length).toBeLessThan(3000);
    expect(JSON.parse(line).event).toBe("console");
  }
});

// bar 152
test("fields that hold secrets are not written, and an error's message does not become the line's", () => {
  const [log, written] = logInto();
  const secrets = { password: "marker", cookie: "marker", refresh_token: "marker" };
  log.error({ event: "bug", ...secrets, body: secrets, headers: { authorization: "marker" } });
  log.error({ event: "bug", err: new Error('"marker"') });
  log.error({ event: "bug", err: Object.assign(new Error("odd"), { password: "marker" }) });
  log.error({ event: "bug", cause: Object.assign(new Error("odd"), { password: "marker" }) });
  expect(written).toHaveLength(4);
  expect(JSON.parse(written[0] ?? "").body).toEqual({
    password: "[secret]",
    cookie: "[secret]",
    refresh_token: "[secret]",
  });
  expect(JSON.parse(written[2] ?? "").err).toMatchObject({ type: "Error", message: "odd" });
  expect(written.join()).not.toContain("marker");
});
