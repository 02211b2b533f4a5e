import { randomBytes } from "node:crypto";
import { Command } from "commander";
import { writeOut } from "./output";

/** 256 bits. */
const SECRET_BYTES = 32;

/** `latchkey secret`: a value for `AUTH_SECRET`, and nothing else on stdout. */
export function secretCommand(): Command {
  return new Command("secret")
    .description("print a new random value for AUTH_SECRET")
    .action(() => writeOut(`${randomBytes(SECRET_BYTES).toString("base64url")}\n`));
}
