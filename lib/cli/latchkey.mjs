#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";

// `npx latchkey` in a clone: TypeScript as it is, and the database clients made if they are not there yet.
// A bundle for production starts at `main.ts`.

// the aliases of imports are ours, wherever this is called from
register({ tsconfig: fileURLToPath(new URL("../../tsconfig.json", import.meta.url)) });
const { generate } = await import("../../prisma/generate.ts");
if (await generate()) process.stderr.write("Generated the database clients.\n");
await import("./main.ts");
