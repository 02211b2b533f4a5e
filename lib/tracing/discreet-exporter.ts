import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-node";

type OnResult = Parameters<SpanExporter["export"]>[1];

/** What may be said of a step. Next would also tell the path as it came, with its query, and messages of errors. */
const TOLD = [
  "db.operation.name",
  "error.type",
  "http.method",
  "http.route",
  "http.status_code",
  "next.route",
  "next.rsc",
  "next.span_type",
];

/** Hands spans on without what could be secret or personal, whoever made them. */
export class DiscreetExporter implements SpanExporter {
  readonly #exporter: SpanExporter;
  readonly #tell: (problem: unknown) => void;
  #isTold = false;

  /** @param tell told when spans could not be delivered, once until they are again */
  constructor(exporter: SpanExporter, tell: (problem: unknown) => void) {
    this.#exporter = exporter;
    this.#tell = tell;
  }

  export(spans: ReadableSpan[], onResult: OnResult): void {
    this.#exporter.export(spans.map(discreet), (result) => {
      const isDelivered = result.code === 0;
      if (!isDelivered && !this.#isTold) this.#tell(result.error);
      this.#isTold = !isDelivered;
      onResult(result);
    });
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown();
  }

  async forceFlush(): Promise<void> {
    await this.#exporter.forceFlush?.();
  }
}

/** The same span, so far as it may be told. Its own fields cannot be changed once it has ended. */
function discreet(span: ReadableSpan): ReadableSpan {
  const attributes = Object.fromEntries(
    Object.entries(span.attributes).filter(([name]) => TOLD.includes(name)),
  );
  const shown = {
    name: span.name.split("?")[0],
    attributes,
    status: { code: span.status.code },
    events: [],
    links: [],
  };
  const descriptors = Object.entries(shown).map(([name, value]) => [name, { value }] as const);
  return Object.create(span, Object.fromEntries(descriptors));
}
