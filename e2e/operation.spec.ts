import { expect, test } from "./support/fixtures";
import { freePort } from "./support/free-port";
import type { Latchkey } from "./support/latchkey";
import { linesOf, told } from "./support/log-lines";
import { PASSWORD } from "./support/people";
import { send } from "./support/send";
import { openSpanCollector } from "./support/span-collector";

/** Metrics and traces of a real server. No browser. */

const marker = "S3cr3t-marker";
const john = { username: "johndoe", email: "john@example.org", password: PASSWORD };

const post = (app: Latchkey, path: string, body: object, headers = {}): Promise<Response> =>
  fetch(`${app.origin}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

test("on one's own machine the metrics are read without a token, unless it may be for somebody else", async ({
  app,
}) => {
  await send(app.origin, `/${marker}?${marker}`);
  const read = (headers: Record<string, string>) => send(app.origin, "/api/metrics", { headers });
  const { host } = new URL(app.origin);

  const { status, body } = await read({ host });
  expect(status).toBe(200);
  expect(body).toMatch(
    /^latchkey_http_requests_total\{route="other",method="GET",status="404"\} /m,
  );
  expect(body).toMatch(/^nodejs_eventloop_lag_p99_seconds [\d.]+$/m);
  expect(body).not.toContain(marker);

  for (const headers of [
    { host, "x-forwarded-for": "192.0.2.1" },
    { host, forwarded: "for=192.0.2.1" },
    { host: "attacker.example" },
    { host, authorization: "Bearer guess" },
  ] as Record<string, string>[]) {
    expect((await read(headers)).status, JSON.stringify(headers)).toBe(401);
  }
});

test("a trace shows a login from the request to the database, and says nothing of whose it was", async ({
  start,
}) => {
  const collector = await openSpanCollector();
  const app = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  expect((await post(app, "/api/auth/register", john)).status).toBe(201);
  const traceId = "0af7651916cd43dd8448eb211c80319c";
  const parent = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };
  const answer = await post(app, `/api/auth/login?token=${marker}`, john, parent);
  expect(answer.status).toBe(200);
  await fetch(`${app.origin}/login?next=/dashboard?${marker}`);
  await fetch(`${app.origin}/api/${marker}`);
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(/[=;]/)[1] ?? "");

  // what is left is sent at the end
  expect(await app.stop()).toBe(0);
  const ofLogin = collector.spans().filter((span) => span.traceId === traceId);
  const named = (name: string) => ofLogin.find((span) => span.name === name);
  const [server, verify, insert] = [
    named("POST /api/auth/login"),
    named("verify password"),
    named("store openSession"),
  ];
  expect(server?.parentSpanId).toBe("b7ad6b7169203331");
  expect(server?.attributes).toContainEqual({
    key: "http.route",
    value: { stringValue: "/api/auth/login" },
  });
  const above = (span = verify) => ofLogin.find(({ spanId }) => spanId === span?.parentSpanId);
  expect(above(verify)).toBe(above(insert));
  expect(above(verify)?.name).toContain("/api/auth/login");

  const all = collector.text();
  expect(all).toContain('{"key":"service.name","value":{"stringValue":"latchkey"}}');
  expect(all).toContain("GET /login");
  const { username, email, password } = john;
  const [line] = told(app, "authn_login_success");
  for (const secret of [marker, username, email, password, ...cookies, line?.userId]) {
    expect(all).not.toContain(String(secret));
  }
  // and the log leads to the trace
  expect(line?.traceId).toBe(traceId);
  collector.close();
});

test("a collector that is away harms nothing, and is told once", async ({ start }) => {
  const app = await start({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}`,
    OTEL_EXPORTER_OTLP_TIMEOUT: "300",
    OTEL_BSP_SCHEDULE_DELAY: "50",
  });
  expect((await post(app, "/api/auth/register", john)).status).toBe(201);
  const complaints = () => linesOf(app).filter(({ msg }) => msg === "Traces are not delivered");
  await expect.poll(complaints, { timeout: 20_000 }).toHaveLength(1);
  expect((await post(app, "/api/auth/login", john)).status).toBe(200);
  expect(await app.stop()).toBe(0);
  expect(complaints()).toHaveLength(1);
  expect(told(app, "bug")).toEqual([]);
});
