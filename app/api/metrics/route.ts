import { plain } from "@/lib/http/answer";
import { requireMetricsReader } from "@/lib/http/metrics-reader";
import { route } from "@/lib/http/route";
import { renderMetrics } from "@/lib/metrics/render";

/** The text format of Prometheus. */
const MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** GET /api/metrics: what is counted and measured, for who may read it. Asks no database. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async ({ request }) => {
    requireMetricsReader(request);
    return plain(await renderMetrics(), MEDIA_TYPE);
  },
});
