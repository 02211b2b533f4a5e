import { SpanStatusCode } from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-node";
import { expect, test } from "vitest";
import { DiscreetExporter } from "./discreet-exporter";

const SECRET = "S3cr3t-marker";

function exported(): { readonly spans: readonly ReadableSpan[]; readonly told: unknown[] } {
  const memory = new InMemorySpanExporter();
  const told: unknown[] = [];
  const exporter = new DiscreetExporter(memory, (problem) => told.push(problem));
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const span = provider.getTracer("next.js").startSpan(`GET /login?next=${SECRET}`);
  span.setAttributes({
    "http.method": "GET",
    "http.route": "/login",
    "http.target": `/login?next=${SECRET}`,
    "http.url": `http://localhost/login?next=${SECRET}`,
    "next.span_name": `GET /login?next=${SECRET}`,
  });
  span.recordException(new Error(SECRET));
  span.setStatus({ code: SpanStatusCode.ERROR, message: SECRET });
  span.end();
  return { spans: memory.getFinishedSpans(), told };
}

test("of a span goes out what is from fixed lists, and neither a query nor a message", () => {
  const [span] = exported().spans;
  expect(span).toMatchObject({
    name: "GET /login",
    attributes: { "http.method": "GET", "http.route": "/login" },
    events: [],
    ended: true,
  });
  expect(span?.status).toEqual({ code: SpanStatusCode.ERROR });
  const { name, attributes, events, status } = span ?? {};
  expect(JSON.stringify({ name, attributes, events, status })).not.toContain(SECRET);
});

test("spans that cannot be delivered are told once, until they are again", () => {
  const results = [1, 1, 0, 1];
  const told: unknown[] = [];
  const exporter = new DiscreetExporter(
    {
      export: (_, onResult) => onResult({ code: results.shift() ?? 0, error: new Error("away") }),
      shutdown: async () => {},
    },
    (problem) => told.push(problem),
  );
  for (let each = 0; each < 4; each++) exporter.export([], () => {});
  expect(told).toHaveLength(2);
});
