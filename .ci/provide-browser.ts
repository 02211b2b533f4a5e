import { existsSync, readFileSync } from "node:fs";
import { findBrowser } from "@/e2e/support/browser";
import { runPart } from "./part";

/**
 * The Chromium for the tests: one that is there, else from the packages of Debian when we may install them,
 * else Playwright's download. Null: there is none and none could be had; the output says why.
 */
export async function provideBrowser(): Promise<string | null> {
  return findBrowser() ?? (await install());
}

async function install(): Promise<string | null> {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const byDebian = [
    ["apt-get", "update"],
    ["apt-get", "install", "-y", "--no-install-recommends", "chromium"],
  ] as const;
  const byPlaywright = [["npx", "playwright", "install", "chromium"]] as const;
  const commands = mayInstall() ? byDebian : byPlaywright;
  await runPart({ name: "browser", commands, limitMinutes: 6, env });
  return findBrowser();
}

/** Root on Debian itself: on its descendants the package may be an empty one that points to another shop. */
function mayInstall(): boolean {
  const release = "/etc/os-release";
  const isDebian = existsSync(release) && /^ID=debian$/m.test(readFileSync(release, "utf8"));
  return isDebian && process.getuid?.() === 0;
}
