import type { Instrumentation } from "next";

/** Runs once when a server starts, before it answers. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { prepare } = await import("@/lib/server");
    await prepare();
  }
}

/** A page that threw while it was made; what handlers throw never gets here. */
export const onRequestError: Instrumentation.onRequestError = async (thrown, _request, context) => {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { currentExchange } = await import("@/lib/http/exchange");
    const { tellFailure } = await import("@/lib/http/failure");
    tellFailure(thrown, { requestId: currentExchange()?.requestId, route: context.routePath });
  }
};
