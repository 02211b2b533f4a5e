import { randomBytes } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { copyWithout } from "./support/copy-without";
import { expect, test } from "./support/fixtures";
import { registerByApi } from "./support/people";

// it builds the application once more
test.setTimeout(300_000);

const newSecret = () => randomBytes(32).toString("base64url");

// bar 157
test("built and run with secrets in the environment, nothing that is served holds one, or a source map", async ({
  start,
}) => {
  const copy = await copyWithout(".env");
  const given = {
    AUTH_SECRET: newSecret(),
    AUTH_SECRET_PREVIOUS: newSecret(),
    SMTP_URL: `smtp://mailer:${newSecret()}@mail.internal`,
    MAIL_FROM: "latchkey@mail.internal",
    DATABASE_URL: `file:${join(copy.folder, `${newSecret()}.db`)}`,
  };
  const filed = { PASSWORD_PEPPER: newSecret(), SOMETHING_ELSE: newSecret() };
  const lines = Object.entries(filed).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(join(copy.folder, ".env"), lines.join(""));
  const app = await start(given, copy.folder);

  const secrets = Object.values({ ...given, ...filed });
  const expectNoSecretIn = (text: string, where: string) => {
    for (const secret of secrets) expect(text.includes(secret), where).toBe(false);
  };

  const folder = join(copy.folder, ".next", "static");
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const assets = files
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  expect(assets.filter((path) => path.endsWith(".js")).length).toBeGreaterThan(3);
  expect(assets.filter((path) => path.endsWith(".map"))).toEqual([]);
  for (const path of assets) {
    const text = await readFile(path, "latin1");
    expectNoSecretIn(text, path);
    // the schemas stay on the server
    expect(text, path).not.toContain("ZodError");
  }

  const { cookie } = await registerByApi(app.origin);
  const ask = (path: string, headers = {}) => fetch(`${app.origin}${path}`, { headers });
  const linked = new Set<string>();
  for (const path of ["/", "/login", "/register", "/dashboard", "/no-such-page"]) {
    for (const more of [{}, { RSC: "1" }]) {
      const page = await ask(path, { cookie, ...more });
      const text = await page.text();
      expectNoSecretIn(`${[...page.headers].join()} ${text}`, path);
      for (const [asset] of text.matchAll(/\/_next\/static\/[\w./~-]+\.(?:js|css)/g))
        linked.add(asset);
    }
  }
  expect(linked.size).toBeGreaterThan(3);
  for (const asset of linked) {
    const served = await ask(asset);
    expect(served.status, asset).toBe(200);
    expect(await served.text(), asset).not.toContain("sourceMappingURL");
    expect((await ask(`${asset}.map`)).status, asset).toBe(404);
  }
  const maps = await readdir(join(copy.folder, ".next", "server"), { recursive: true });
  for (const path of maps.filter((each) => each.endsWith(".map")).slice(0, 20)) {
    for (const root of ["/_next/server/", "/.next/server/", "/server/"]) {
      expect((await ask(`${root}${path}`)).status).toBe(404);
    }
  }
  await app.stop();
  await copy.remove();
});
