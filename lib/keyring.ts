import { deriveKeys, type Keys } from "@/lib/auth/keys";
import { settings } from "@/lib/config";
import { promisedSingleton } from "@/lib/singleton";

/** The keys of this process, derived once. Apart from `lib/server.ts` so that `proxy.ts` gets no database. */
export function keyring(): Promise<Keys> {
  return promisedSingleton("keyring", async () => {
    const { secret, previousSecrets } = settings();
    return deriveKeys(secret, previousSecrets);
  });
}
