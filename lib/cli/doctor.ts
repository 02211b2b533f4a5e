import { Command } from "commander";
import { databaseUrl } from "@/lib/config";
import { type Check, checked, worstOf } from "./checks/check";
import { checkDatabase } from "./checks/database";
import { checkMachine } from "./checks/machine";
import { checkPasswords } from "./checks/passwords";
import { checkProxy } from "./checks/proxy";
import { checkServer } from "./checks/running-server";
import { checkSecret } from "./checks/secret";
import { checkSettings } from "./checks/settings";
import { EXIT } from "./failure";
import { type Format, writeOut } from "./output";

interface Options extends Format {
  readonly url?: string;
}

/** `latchkey doctor`: looks at everything a server needs; exit code 1 when something of it does not work. */
export function doctorCommand(): Command {
  return new Command("doctor")
    .description(
      "check settings, secrets, hashing, proxy headers, the database and its migrations and clock",
    )
    .option("--url <url>", "also ask the running server at this address, as its clients do")
    .option("--json", "answer in JSON: { status, checks: [{ name, status, detail }] }")
    .action(async ({ url, json }: Options) => {
      const checks = await examine(url);
      const status = worstOf(checks);
      await writeOut(
        json ? `${JSON.stringify({ status, checks })}\n` : checks.map(lineOf).join(""),
      );
      if (status === "problem") process.exitCode = EXIT.failed;
    });
}

async function examine(url: string | undefined): Promise<readonly Check[]> {
  const { checks, settings } = checkSettings();
  return [
    ...checkMachine(),
    ...checks,
    ...(settings === null ? [] : await checked("secret", () => checkSecret(settings))),
    ...(settings === null ? [] : await checked("passwords", () => checkPasswords(settings))),
    ...(settings === null ? [] : await checked("proxy headers", () => checkProxy(settings))),
    ...(await checkDatabase(databaseUrl(), settings?.databasePoolSize ?? null)),
    ...(url === undefined ? [] : await checked("server", () => checkServer(url, settings))),
  ];
}

const lineOf = ({ status, name, detail }: Check) =>
  `${status.padEnd("problem".length)}  ${name.padEnd("proxy headers".length)}  ${detail}\n`;
