import { fileURLToPath } from "node:url";

/**
 * Of a peer that is a Next application: it shows pages of ours, so everything is found from the project's folder on.
 *
 * @type {import("next").NextConfig}
 */
export const NEXT_SETTINGS = {
  turbopack: { root: fileURLToPath(new URL("../../../", import.meta.url)) },
  poweredByHeader: false,
  reactStrictMode: true,
  typescript: { ignoreBuildErrors: true },
  // as ours does: the title in the head of every answer
  htmlLimitedBots: /.*/,
};
