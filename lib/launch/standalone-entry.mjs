// What `server.js` and `cluster.js` of a standalone folder are: the program of that name, in the bundle.
import { readFileSync } from "node:fs";
import { basename } from "node:path";

// `.env`, `.data`, the application and the files of its workers are found from here, wherever the server is started
process.chdir(import.meta.dirname);
const { config } = JSON.parse(readFileSync(".next/required-server-files.json", "utf8"));
// so Next's own standalone server hands over what next.config.ts said: there is no compiler here to read it with
process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
await import(`./.next/latchkey/${basename(import.meta.filename, ".js")}.mjs`);
