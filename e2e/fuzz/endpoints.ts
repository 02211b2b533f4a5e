/** Every endpoint as data: what the fuzz is made from. A test holds it to the tree of route handlers. */
export interface Operation {
  readonly method: "GET" | "POST" | "DELETE";
  /** `{id}` stands for one variable segment. */
  readonly path: string;
  /** What it reads of a body; absent fields are missing or optional. */
  readonly fields: Readonly<Record<string, FieldKind>>;
  /** Which token it asks for; `any`: whatever is shown is used, nothing is needed. */
  readonly credential: "none" | "access" | "refresh" | "any";
  /** Hashes a password when all that it asks for is there. */
  readonly hashes: boolean;
}

export type FieldKind = "name" | "email" | "password" | "text" | "flag" | "refresh token" | "grant";

const operation = (
  method: Operation["method"],
  path: string,
  given: Partial<Operation> = {},
): Operation => ({ method, path, fields: {}, credential: "none", hashes: false, ...given });

export const OPERATIONS: readonly Operation[] = [
  operation("POST", "/api/auth/register", {
    fields: {
      username: "name",
      email: "email",
      password: "password",
      name: "text",
      remember: "flag",
      next: "text",
    },
    hashes: true,
  }),
  operation("POST", "/api/auth/login", {
    fields: { username: "name", password: "password", remember: "flag", next: "text" },
    hashes: true,
  }),
  operation("POST", "/api/auth/token", {
    fields: {
      grant_type: "grant",
      username: "name",
      password: "password",
      refresh_token: "refresh token",
      scope: "text",
      client_id: "text",
      client_secret: "text",
    },
    hashes: true,
  }),
  operation("POST", "/api/auth/refresh", {
    fields: { refresh_token: "refresh token" },
    credential: "refresh",
  }),
  operation("POST", "/api/auth/logout", {
    fields: { refresh_token: "refresh token", everywhere: "flag", next: "text" },
    credential: "any",
  }),
  operation("GET", "/api/users/me", { credential: "access" }),
  operation("GET", "/api/auth/sessions", { credential: "access" }),
  operation("DELETE", "/api/auth/sessions", { credential: "access" }),
  operation("POST", "/api/auth/sessions/end-others", {
    fields: { next: "text" },
    credential: "access",
  }),
  operation("DELETE", "/api/auth/sessions/{id}", { credential: "access" }),
  operation("POST", "/api/auth/sessions/{id}/end", {
    fields: { next: "text" },
    credential: "access",
  }),
  operation("GET", "/api/health/live"),
  operation("GET", "/api/health/ready"),
  operation("GET", "/api/metrics"),
  operation("GET", "/.well-known/jwks.json"),
];
