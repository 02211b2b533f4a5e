import { type BackendName, openBackend } from "../bcrypt-backend.mjs";

const { name } = await openBackend("native");

/** What can compute bcrypt on this machine. */
export const BACKENDS: readonly BackendName[] =
  name === "native" ? ["native", "bcryptjs"] : ["bcryptjs"];

/** Whether ours is a machine that the lock file has a native backend for. */
export const EXPECTS_NATIVE =
  process.platform === "linux" && process.arch === "x64" && hasGlibc(process.report.getReport());

function hasGlibc(report: object): boolean {
  return "header" in report && Object.hasOwn(Object(report.header), "glibcVersionRuntime");
}
