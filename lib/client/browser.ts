import { COOKIES } from "@/lib/contract";
import { type Auth, createAuth } from "./auth";
import { listenToDocument, tellTabs } from "./browser-signals";
import { readCookie } from "./hint";
import type { Cancel, TextSlot, World } from "./world";

const LOCK = "latchkey.session";

let auth: Auth | undefined;

/** The browser side of this document, made when it is first asked for. Never call it while rendering on the server. */
export function browserAuth(): Auth {
  auth ??= createAuth(browserWorld);
  return auth;
}

const browserWorld: World = {
  now: () => performance.now(),
  after: (delayMs, work) => {
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  },
  random: Math.random,
  newAttempt: () => crypto.randomUUID(),
  send: (input, init) => fetch(input, init),
  baseUrl: () => location.href,
  readHint: () => readCookie(document.cookie, COOKIES.hint),
  takeTurn: (giveUp) =>
    new Promise<Cancel>((granted, refused) => {
      // the lock is held until the promise of the callback settles
      const hold = () => new Promise<void>((end) => granted(end));
      navigator.locks.request(LOCK, { signal: giveUp }, hold).catch(refused);
    }),
  attempts: slot(() => localStorage, "latchkey.attempt"),
  reloads: slot(() => sessionStorage, "latchkey.reload"),
  resumes: slot(() => sessionStorage, "latchkey.resume"),
  refusals: slot(() => sessionStorage, "latchkey.refused"),
  tell: tellTabs,
  isVisible: () => document.visibilityState === "visible",
  listen: listenToDocument,
  page: {
    here: () => location.pathname + location.search,
    goTo: (path) => location.assign(path),
    replaceWith: (path) => location.replace(path),
    reload: () => location.reload(),
    hide: () => document.documentElement.style.setProperty("visibility", "hidden"),
    show: () => document.documentElement.style.removeProperty("visibility"),
  },
};

/** `storage` is a function because naming a blocked storage already throws. */
function slot(storage: () => Storage, key: string): TextSlot {
  return {
    read: () => storage().getItem(key),
    write: (text) => storage().setItem(key, text),
    clear: () => storage().removeItem(key),
  };
}
