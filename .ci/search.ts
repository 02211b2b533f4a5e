import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dumpOf } from "@/lib/db/testing/dump";

/** What a search through the evidence of a run (`lib/testing/evidence.ts`) came to. */
export interface Search {
  readonly logs: number;
  readonly logBytes: number;
  /** SQLite files. */
  readonly files: number;
  /** Of PostgreSQL databases. */
  readonly dumps: number;
  readonly secrets: number;
  /** Where something was found, and what; one sentence each. */
  readonly findings: readonly string[];
}

type Form = readonly [name: string, pattern: RegExp];

const TOKENS: readonly Form[] = [["an access token", /eyJ[\w-]{10,}\.[\w-]{10,}/]];

/** Where words stand apart; in the bytes of a database columns follow each other without a gap. */
const IN_TEXT: readonly Form[] = [
  ...TOKENS,
  ["a refresh token", /(?<![\w-])A[Q-f][\w-]{70}(?![\w-])/],
  ["a cookie", /__Host-(?:access_token|refresh_token|device)=[\w.-]/],
];

const IN_LOGS: readonly Form[] = [
  ...IN_TEXT,
  ["a stored password", /\$2[aby]\$\d\d\$[./\w]{53}|\$latchkey\$better-auth\$/],
  ["a password in a URL", /:\/\/[^\s:@/"]+:(?!\[secret\])[^\s@/"]+@/],
];

/** Looks for the secrets that the tests used, and for everything with the form of one, in what servers wrote and kept. */
export async function searchEvidence(folder: string): Promise<Search> {
  const secrets = new Set(
    filesIn(join(folder, "secrets")).flatMap((path) =>
      linesOf(path).flatMap((line) => JSON.parse(line) as string[]),
    ),
  );
  const encoded = [...secrets].flatMap(encodingsOf);
  const findings: string[] = [];
  const look = (path: string, text: string, forms: readonly Form[]) => {
    for (const word of encoded) {
      if (text.includes(word)) findings.push(`${path} holds the secret ${word}`);
    }
    for (const [name, pattern] of forms) {
      const at = text.search(pattern);
      if (at >= 0)
        findings.push(`${path} holds ${name}: ${text.slice(Math.max(0, at - 60), at + 20)}…`);
    }
  };

  const logs = filesIn(join(folder, "logs"));
  let logBytes = 0;
  for (const path of logs) {
    const text = readFileSync(path, "utf8");
    logBytes += text.length;
    look(path, text, IN_LOGS);
  }
  let dumps = 0;
  const sqliteFiles: string[] = [];
  for (const path of filesIn(join(folder, "databases"))) {
    const bytes = readFileSync(path, "latin1");
    const isDump = path.endsWith(".dump");
    look(path, bytes, isDump ? IN_TEXT : TOKENS);
    if (isDump) dumps += 1;
    if (bytes.startsWith("SQLite format 3\0")) sqliteFiles.push(path);
  }
  // last, since opening one tidies up the files beside it
  for (const path of sqliteFiles) look(path, await rowsOf(path), IN_TEXT);
  const files = sqliteFiles.length;
  return { logs: logs.length, logBytes, files, dumps, secrets: secrets.size, findings };
}

/** As it is, and as it would stand in a form, in base64 and in hex. */
function encodingsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const form = new URLSearchParams({ "": secret }).toString().slice(1);
  const base64 = bytes.toString("base64").replace(/=+$/, "");
  return [...new Set([secret, form, encodeURIComponent(secret), base64, bytes.toString("hex")])];
}

/** Nothing for a file that a test has damaged on purpose; its bytes are searched all the same. */
const rowsOf = (path: string) => dumpOf(`file:${path}`).catch(() => "");

const linesOf = (path: string) => readFileSync(path, "utf8").split("\n").filter(Boolean);

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}
