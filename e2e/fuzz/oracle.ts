import { type Framing, isSound, type Shot } from "./requests";
import { MARKER } from "./texts";
import type { Answer } from "./wire";

/** What no body may hold: stacks, statements, paths, hashes. */
const INSIDES = [
  /\n {2,}at |node_modules|\.tsx?:\d|webpack-internal|file:\/\//,
  /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM) .*\b(?:session|user)\b|SQLITE_|prisma|P20\d\d/i,
  /\$2[aby]\$\d\d\$|password_?hash|secret_?hash/i,
];

/** What RFC 9112 wants refused, whatever else there is to say about the request. */
const MALFORMED: readonly Framing[] = [
  "length twice",
  "length and chunks",
  "length negative",
  "header folded",
  "header without colon",
  "nul in header",
  "host twice",
  "host missing",
  "version",
  "no http",
];

/** What is wrong with an answer to anything whatever; null: nothing. `secrets` are told to nobody. */
export function problemOf(shot: Shot, answer: Answer | null, secrets: readonly string[]) {
  if (answer === null) return isSound(shot) ? "no answer" : null;
  const { status, headers, body } = answer;
  const header = (name: string) =>
    headers
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim();
  if (MALFORMED.includes(shot.framing) && ![400, 405, 417, 431].includes(status))
    return "taken for HTTP";
  if (status === 503 && !(Number(header("retry-after")) >= 1)) return "503 without Retry-After";
  if (status >= 500 && status !== 503) return "a fault of the server's";
  if (secrets.some((secret) => body.includes(secret))) return "the body holds a secret";
  if (header("content-type")?.startsWith("text/plain; version="))
    return isMetrics(body) ? null : "metrics that are none";
  // a page that is not found tells its own scripts what was asked for
  if (INSIDES.some((inside) => inside.test(body) && !inside.test(shot.target)))
    return "the body shows the inside";
  if (shot.method === "HEAD" && status !== 400 && body !== "") return "a body for HEAD";
  if (!/^\/+api(?:[/?]|$)/.test(shot.target)) return null;

  // refused before anybody looked at the path
  if (body === "" && ([400, 417, 431].includes(status) || shot.method === "CONNECT")) return null;
  if (status >= 400 && body.includes(MARKER)) return "the error echoes its input";
  if (!header("cache-control")?.includes("no-store")) return "an answer that may be kept";
  const isRedirect = status >= 300 && status < 400;
  if (isRedirect || shot.method === "HEAD" || status === 204) return null;
  if (!header("content-type")?.startsWith("application/json")) return "an answer that is no JSON";
  return isJson(body) ? null : "JSON that is none";
}

/** Whether every line is a comment or a series with its value, and none repeats what was sent. */
function isMetrics(body: string): boolean {
  const line = /^(?:# (?:HELP|TYPE) .*|[a-z_\d]+(?:\{.*\})? (?:[\d.e+-]+|Nan)|)$/;
  return !body.includes(MARKER) && body.split("\n").every((each) => line.test(each));
}

function isJson(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}
