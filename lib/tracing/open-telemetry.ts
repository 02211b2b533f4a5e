import {
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  type TextMapGetter,
  trace,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { DiscreetExporter } from "./discreet-exporter";
import type { Tracing } from "./spans";

/** A collector that is away must not use up the time in which a server stops. */
const CLOSE_MS = 2000;

const HEADERS: TextMapGetter<Headers> = {
  get: (headers, name) => headers.get(name) ?? undefined,
  keys: (headers) => [...headers.keys()],
};

/**
 * Tracing by OpenTelemetry: spans go to the collector of `OTEL_EXPORTER_OTLP_ENDPOINT` in batches, a trace that a
 * caller began (`traceparent`) is continued. The library itself reads the other `OTEL_…` variables.
 */
export function openTelemetry(tell: (problem: unknown) => void): Tracing {
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ "service.name": "latchkey" }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new DiscreetExporter(new OTLPTraceExporter(), tell))],
  });
  provider.register();
  const tracer = trace.getTracer("latchkey");
  return {
    inSpan: (name, facts, work) =>
      tracer.startActiveSpan(name, { attributes: facts }, async (span) => {
        try {
          return await work();
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      }),
    inRequestSpan({ request, route }, work) {
      const facts = { "http.method": request.method, "http.route": route };
      const options = { kind: SpanKind.SERVER, attributes: facts };
      const parent = propagation.extract(context.active(), request.headers, HEADERS);
      return tracer.startActiveSpan(`${request.method} ${route}`, options, parent, async (span) => {
        try {
          const answer = await work();
          span.setAttribute("http.status_code", answer.status);
          if (answer.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
          return answer;
        } finally {
          span.end();
        }
      });
    },
    traceId: () => trace.getActiveSpan()?.spanContext().traceId,
    async close() {
      const late = new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref());
      await Promise.race([provider.shutdown().catch(() => {}), late]);
    },
  };
}
