import { deriveKeys, type Keys } from "@/lib/auth/keys";
import { settings } from "@/lib/config";
import { singleton } from "@/lib/singleton";

/** The keys of this process, derived once. Apart from `lib/server.ts` so that `proxy.ts` gets no database. */
export function keyring(): Promise<Keys> {
  return singleton("keyring", () => {
    const { secret, previousSecrets } = settings();
    return deriveKeys(secret, previousSecrets);
  });
}
