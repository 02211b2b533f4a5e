// What `server.js` and `cluster.js` of a standalone folder are: the program of that name, in the bundle.
import { basename } from "node:path";

// `.env`, `.data`, the application and the files of its workers are found from here, wherever the server is started
process.chdir(import.meta.dirname);
await import(`./.next/latchkey/${basename(import.meta.filename, ".js")}.mjs`);
