const PROTECTED = /^\/(?:dashboard|account)(?:\/|$)/;

/** Whether `proxy.ts` lets only those in who show a token. The page below decides by itself, whatever this says. */
export function isProtectedPath(pathname: string): boolean {
  return PROTECTED.test(pathname);
}
