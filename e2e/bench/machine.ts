import { cpus, loadavg } from "node:os";

/** Where these figures are from. */
export function machineLine(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  const others = loadavg()[0]?.toFixed(1);
  return `Node ${process.version}, ${process.platform} ${process.arch}, ${model}; ${others} processes wanted the cores before (0: an idle machine)`;
}
