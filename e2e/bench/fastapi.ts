import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { newFolder, removeFolder } from "../../lib/testing/evidence";
import { newAccount } from "../support/cookie-browser";
import { freePort } from "../support/free-port";
import { launch } from "../support/server-process";
import { CONNECTIONS, LOGIN_CONNECTIONS, strangers } from "./clients";
import { closedOnFailure } from "./closed-on-failure";
import {
  type Asked,
  type Contestant,
  disciplinesOf,
  type Kind,
  type LoadGenerator,
  NAMES,
} from "./contestant";
import type { Client } from "./errand";

const FOLDER = fileURLToPath(new URL("peers/fastapi/", import.meta.url));
const MODULES = "fastapi, uvicorn, uvloop, httptools, multipart, jose, passlib, bcrypt, sqlalchemy";
const PACKAGES =
  "python3-fastapi uvicorn python3-uvloop python3-httptools python3-multipart python3-jose python3-passlib python3-bcrypt python3-sqlalchemy";
export const FASTAPI_MISSING = `FastAPI is not measured: no python3 here has ${MODULES} (Debian: apt-get install ${PACKAGES})`;

/** A Python that has all it takes: the one of the path, else the system's, which has Debian's packages; null: neither. */
export function pythonWithFastapi(): string | null {
  const canImport = (python: string) => spawnSync(python, ["-c", `import ${MODULES}`]).status === 0;
  return ["python3", "/usr/bin/python3"].find(canImport) ?? null;
}

/** Which versions are measured. */
export function fastapiVersions(python: string): string {
  const print =
    "print('Python', platform.python_version(), 'fastapi', fastapi.__version__, 'uvicorn', uvicorn.__version__)";
  const code = `import platform, fastapi, uvicorn; ${print}`;
  const { stdout } = spawnSync(python, ["-c", code], { encoding: "utf8" });
  return `FastAPI is measured with ${stdout.trim()}`;
}

/** Which file of peers/fastapi is a contestant's. */
const PROGRAMS = { [NAMES.fastapi]: "tutorial", [NAMES.fastapiByHand]: "by_hand" } as const;

/** The system of the FastAPI tutorials, in one of two forms: uvicorn, uvloop, httptools, one worker, no access log. */
export async function fastapi(
  name: keyof typeof PROGRAMS,
  python: string,
  bcryptCost: number,
  generator: LoadGenerator,
): Promise<Contestant> {
  const folder = newFolder("fastapi-");
  const port = String(await freePort());
  const origin = `http://127.0.0.1:${port}`;
  const parser = ["--loop", "uvloop", "--http", "httptools", "--no-access-log"];
  const server = await launch(
    ["-m", "uvicorn", `${PROGRAMS[name]}:app`, "--app-dir", FOLDER, "--port", port, ...parser],
    "Uvicorn running on",
    {
      SECRET_KEY: randomBytes(32).toString("base64url"),
      DATABASE: join(folder, "fastapi.db"),
      BCRYPT_COST: String(bcryptCost),
      PYTHONDONTWRITEBYTECODE: "1",
    },
    process.cwd(),
    python,
  );
  const close = async () => {
    await server.end("SIGTERM");
    await removeFolder(folder);
  };
  return closedOnFailure(close, async () => {
    const { username, email, password } = newAccount();
    await post(`${origin}/register`, { username, email, password });
    const credentials = { username, password };
    const clients: Client[] = [];
    while (clients.length < CONNECTIONS) clients.push(await signIn(origin, credentials));
    const disciplines = disciplinesOf(origin, clients, askedOf(credentials), generator);
    return { name, pids: [server.pid], disciplines, close };
  });
}

const askedOf = (credentials: Record<string, string>): Partial<Record<Kind, Asked>> => ({
  me: {
    work: "HS256 token verified, user read; no session, so logout does not end it",
    request: { method: "GET", path: "/users/me" },
  },
  refresh: {
    work: "HS256 token verified; old row revoked, new row, one durable commit; two new tokens",
    request: { method: "POST", path: "/refresh", rotates: "refresh_token" },
  },
  login: {
    work: "bcrypt in the thread pool; durable INSERT",
    request: {
      method: "POST",
      path: "/token",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: String(new URLSearchParams(credentials)),
      forgets: true,
    },
    clients: strangers(LOGIN_CONNECTIONS),
  },
});

async function signIn(origin: string, credentials: Record<string, string>): Promise<Client> {
  const answer = await post(`${origin}/token`, credentials);
  const { access_token } = await answer.json();
  const [, token = ""] =
    /^refresh_token=([^;]*)/.exec(answer.headers.get("set-cookie") ?? "") ?? [];
  return {
    cookies: { refresh_token: token },
    headers: { Authorization: `Bearer ${access_token}` },
  };
}

async function post(url: string, form: Record<string, string>): Promise<Response> {
  const answer = await fetch(url, { method: "POST", body: new URLSearchParams(form) });
  if (!answer.ok) throw new Error(`${url} answered with ${answer.status}`);
  return answer;
}
