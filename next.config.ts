import type { NextConfig } from "next";
import { FILE_HEADERS } from "./lib/http/security-headers";

/** What `npm run build:standalone` wants besides; see lib/launch/standalone.ts. */
const STANDALONE: NextConfig = {
  output: "standalone",
  // a folder that is carried elsewhere must not depend on what lies above it
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  // the folder may be read-only: what is cached stays in memory
  experimental: { isrFlushToDisk: false },
  // half of the folder, for images that nobody optimizes
  outputFileTracingExcludes: { "**/*": ["node_modules/@img/**", "node_modules/sharp/**"] },
};

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: true,
  // `npm test` checks the types of everything; the first `npm start` need not wait for it
  typescript: { ignoreBuildErrors: true },
  // the title in the head of every answer: without JavaScript nobody would move it there
  htmlLimitedBots: /.*/,
  images: { unoptimized: true },
  // everything that is not made by `route()`, which brings its own; `proxy.ts` adds what a page needs
  headers: async () => [
    { source: "/((?!api(?:/|$)|\\.well-known/jwks\\.json$).*)", headers: headerList(FILE_HEADERS) },
  ],
  ...(process.env.NEXT_OUTPUT === "standalone" && STANDALONE),
  serverExternalPackages: [
    "piscina",
    "pino",
    "better-sqlite3",
    "pg",
    "rate-limiter-flexible",
    "prom-client",
    "@opentelemetry/api",
    "@opentelemetry/exporter-trace-otlp-http",
    "@opentelemetry/resources",
    "@opentelemetry/sdk-trace-node",
  ],
};

function headerList(table: Readonly<Record<string, string>>) {
  return Object.entries(table).map(([key, value]) => ({ key, value }));
}

export default config;
