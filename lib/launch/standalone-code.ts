import { readFileSync } from "node:fs";
import type { prepareCode as prepareSources } from "./prepare-code";

/** What stands in the place of `prepare-code.ts` in the standalone folder, in each of its servers. */

// `.env`, `.data`, the application and the files of its workers are found from here, wherever the server is started
process.chdir(import.meta.dirname);
const { config } = JSON.parse(readFileSync(".next/required-server-files.json", "utf8"));
// so Next's own standalone server hands over what next.config.ts said: there is no compiler here to read it with
process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);

/** Everything is generated and built. */
export const prepareCode: typeof prepareSources = async () => {};
