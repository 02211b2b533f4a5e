import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const INSTALLED = ["chromium", "google-chrome", "chromium-browser"].map(
  (name) => `/usr/bin/${name}`,
);

/** The Chromium to test with: the one that is named, else Playwright's own, else the machine's. Null: there is none. */
export function findBrowser(): string | null {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  return [chromium.executablePath(), ...INSTALLED].find((path) => existsSync(path)) ?? null;
}

/** Quiet and self-contained; without its sandbox where that cannot work, which is as root. */
export const BROWSER_ARGUMENTS: readonly string[] = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];
