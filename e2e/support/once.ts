/**
 * The spec files that are about no database, or about one of their own choice, and why. They run once; every other runs
 * on SQLite and on PostgreSQL.
 */
export const ONCE: Readonly<Record<string, string>> = {
  bounds: "what is too large is refused unread",
  "client-bundle": "about what a build holds",
  "content-policy": "about headers and scripts",
  "cross-site": "what comes from another site is refused before anything is read",
  "database-away": "about PostgreSQL, behind a line that can be cut",
  faults: "about a file, and about PostgreSQL behind a proxy",
  "gate-without-proxy": "about another build",
  headers: "about headers",
  instances: "about PostgreSQL of its own, which is stopped",
  mounts: "about the way to the handlers",
  "new-password": "about fields and lists in the browser",
  "not-served": "about paths and files",
  "odd-requests": "about methods, hosts and paths",
  overload: "about the line of passwords and the heap",
  "page-lane": "about the way to the pages",
  "page-weight": "about what a build holds",
  "plain-next": "about what holds without our own server",
  redirects: "about addresses",
};
