import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: true,
  // `npm test` checks the types of everything; the first `npm start` need not wait for it
  typescript: { ignoreBuildErrors: true },
  // the title in the head of every answer: without JavaScript nobody would move it there
  htmlLimitedBots: /.*/,
  images: { unoptimized: true },
  serverExternalPackages: ["piscina", "pino", "better-sqlite3", "pg", "rate-limiter-flexible"],
};

export default config;
