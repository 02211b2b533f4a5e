import { singleton } from "@/lib/singleton";

/** Words about a step, from fixed lists: no ids, no paths as they came, nothing that somebody typed. */
export type SpanFacts = Readonly<Record<string, string>>;

/** A request that is answered by this route, such as `/api/auth/sessions/[id]`. */
export interface Answering {
  readonly request: Request;
  readonly route: string;
}

/** What became of it. */
type Answered = Pick<Response, "status">;

/** What makes spans, once tracing is on. */
export interface Tracing {
  inSpan<T>(name: string, facts: SpanFacts, work: () => Promise<T>): Promise<T>;
  /** A step that stands above all others of a request; below what the caller's `traceparent` names, if it sent one. */
  inRequestSpan<T extends Answered>(answering: Answering, work: () => Promise<T>): Promise<T>;
  /** Of the span that is being worked in. */
  traceId(): string | undefined;
  /** Sends what is left, for two seconds at most. */
  close(): Promise<void>;
}

/** The tracing of this process, null while it is off. Where it is off nothing of OpenTelemetry is loaded. */
export const tracing = () =>
  singleton("tracing", (): { current: Tracing | null } => ({ current: null }));

/** Does `work` as a step that a trace shows; what it throws marks the step as failed, without saying what it was. */
export function inSpan<T>(name: string, facts: SpanFacts, work: () => Promise<T>): Promise<T> {
  const { current } = tracing();
  return current === null ? work() : current.inSpan(name, facts, work);
}

/** Answers a request as a step that a trace shows, where Next does not make one itself. */
export function inRequestSpan<T extends Answered>(
  answering: Answering,
  work: () => Promise<T>,
): Promise<T> {
  const { current } = tracing();
  return current === null ? work() : current.inRequestSpan(answering, work);
}

/** What a line of the log carries to be found from a trace. */
export function traceFields(): { readonly traceId?: string } {
  const traceId = tracing().current?.traceId();
  return traceId === undefined ? {} : { traceId };
}
