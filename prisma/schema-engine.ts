import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import { type Provider, schemaFor } from "./providers";

/** Every table is ours. */
export const NO_FILTERS = { externalTables: [], externalEnums: [] };

/**
 * Gives `work` Prisma's schema engine in its WebAssembly form, which needs no download.
 *
 * @throws Error with what the engine says, and with the driver's error as its cause where there is one.
 */
export async function withSchemaEngine<T>(
  provider: Provider,
  factory: SqlMigrationAwareDriverAdapterFactory,
  work: (engine: bindings.SchemaEngine) => Promise<T>,
): Promise<T> {
  await loadBindings();
  const bound = bindMigrationAwareSqlAdapterFactory(factory);
  const datamodels: [string, string][] = [["schema.prisma", await schemaFor(provider)]];
  try {
    const engine = await bindings.SchemaEngine.new({ datamodels }, ignoreLog, bound);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } catch (error) {
    const id = /External error id#(\d+)/.exec(String(error))?.[1];
    if (id === undefined) throw error;
    throw new Error(String(error), { cause: bound.errorRegistry.consumeError(Number(id))?.error });
  }
}

/** What the engine logs, it also throws. */
function ignoreLog(): void {}

let bindingsLoaded: Promise<void> | undefined;

/** Once a process: the bindings keep the one instance of the module they talk to. */
function loadBindings(): Promise<void> {
  bindingsLoaded ??= (async () => {
    const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm");
    const code = await readFile(join(dirname(entry), "schema_engine_bg.wasm"));
    const imports = { "./schema_engine_bg.js": { ...bindings } };
    const { instance } = await WebAssembly.instantiate(code, imports);
    bindings.__wbg_set_wasm(instance.exports);
    (instance.exports.__wbindgen_start as () => void)();
  })();
  return bindingsLoaded;
}
