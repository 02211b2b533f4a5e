import { randomBytes } from "node:crypto";
import { isCancel, password as prompt } from "@clack/prompts";
import { CommandFailure } from "./failure";

/** 120 bits, 20 characters of base64url. */
const GENERATED_BYTES = 15;

/** More than the longest password and its line end. */
const LINE_MAX_BYTES = 4096;
const LINE_END = 10;

/** Without it the password is asked for, or is the first line of stdin. */
export const GENERATE_OPTION = [
  "--generate",
  "make a password and print it; else it is asked for, or the first line of stdin",
] as const;

/** A new password, and whether nobody knows it yet. */
export interface GivenPassword {
  readonly password: string;
  readonly isGenerated: boolean;
}

/**
 * A new password: made, asked for twice at a terminal, or the first line of stdin, as it is but for its line end.
 * Does NOT judge it.
 *
 * @throws CommandFailure when none is given
 */
export async function givenPassword(isGenerated = false): Promise<GivenPassword> {
  if (isGenerated) {
    return { password: randomBytes(GENERATED_BYTES).toString("base64url"), isGenerated };
  }
  return { password: await (process.stdin.isTTY ? asked() : firstLine()), isGenerated };
}

async function asked(): Promise<string> {
  const password = await hidden("Password");
  if (password !== (await hidden("The same again"))) {
    throw new CommandFailure("These were two different passwords.");
  }
  return password;
}

/** Asked on stderr: stdout is for data. */
async function hidden(message: string): Promise<string> {
  const answer = await prompt({ message, output: process.stderr });
  if (isCancel(answer)) throw new CommandFailure("Nothing was done.");
  return answer ?? "";
}

async function firstLine(): Promise<string> {
  let read = Buffer.alloc(0);
  for await (const chunk of process.stdin) {
    read = Buffer.concat([read, chunk]);
    if (read.includes(LINE_END) || read.length > LINE_MAX_BYTES) break;
  }
  const end = read.indexOf(LINE_END);
  const line = utf8(end < 0 ? read : read.subarray(0, end)).replace(/\r$/, "");
  if (line === "") throw new CommandFailure("No password came: the first line of stdin is empty.");
  return line;
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CommandFailure("The password on stdin is not UTF-8.");
  }
}
