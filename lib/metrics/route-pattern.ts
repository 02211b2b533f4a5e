/** The paths that something of ours answers; `{id}` is one variable segment. A test holds it to the tree of `app/`. */
export const ROUTE_PATTERNS = [
  "/",
  "/login",
  "/register",
  "/dashboard",
  "/api/auth/register",
  "/api/auth/login",
  "/api/auth/token",
  "/api/auth/refresh",
  "/api/auth/logout",
  "/api/auth/sessions",
  "/api/auth/sessions/end-others",
  "/api/auth/sessions/{id}",
  "/api/auth/sessions/{id}/end",
  "/api/users/me",
  "/api/health/live",
  "/api/health/ready",
  "/api/metrics",
  "/.well-known/jwks.json",
] as const;

const EXACT: ReadonlySet<string> = new Set(ROUTE_PATTERNS);
const VARIABLE = ROUTE_PATTERNS.filter((pattern) => pattern.includes("{")).map((pattern) => ({
  pattern,
  matcher: new RegExp(`^${pattern.replace(/\{\w+\}/g, "[^/]+")}$`),
}));

/** What stands for a path where paths are counted: as many words as there are routes, whatever is asked for. */
export function routePattern(path: string): string {
  if (EXACT.has(path)) return path;
  if (path.startsWith("/_next/static/")) return "/_next/static/*";
  return VARIABLE.find(({ matcher }) => matcher.test(path))?.pattern ?? "other";
}
