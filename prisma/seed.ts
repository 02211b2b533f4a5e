import { randomBytes } from "node:crypto";
import { isAuthError } from "@/lib/auth/errors";
import { register } from "@/lib/auth/register";
import { settings } from "@/lib/config";
import { auth, closeAuth } from "@/lib/server";
import { generate } from "./generate";
import { migrate } from "./migrate";

/** `npm run seed`: an account to try things with. Its password is random and shown this once. */
async function seed(): Promise<string> {
  await generate();
  await migrate(settings().databaseUrl);
  const password = randomBytes(9).toString("base64url");
  const account = { username: "johndoe", email: "johndoe@example.com", name: "John Doe", password };
  const nowhere = { ip: null, userAgent: null, device: null };
  try {
    await register({ ...account, remember: false }, nowhere, null, await auth());
    return `Made the account ${account.username} with the password ${password}`;
  } catch (error) {
    if (!isAuthError(error) || error.status !== 409) throw error;
    return `The account ${account.username} is there already; its password is not known.`;
  } finally {
    await closeAuth();
  }
}

process.stdout.write(`${await seed()}\n`);
