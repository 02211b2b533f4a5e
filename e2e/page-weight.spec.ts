import { gzipSync } from "node:zlib";
import { expect, test } from "./support/fixtures";
import { registerByApi } from "./support/people";

/** Bytes as they travel, compressed. What is ours comes on top of what Next and React need for any page. */
const BUDGETS = {
  /** Of ours, the two pages for failures included, which come with every page. */
  script: { "/login": 10_000, "/register": 10_800, "/dashboard": 10_000 },
  style: 5_600,
  font: 48_500,
} as const;

/** In the pages for failures, which are ours although every page has them. */
const OURS = "The fault is ours";

test("a page brings no more script, style and font than its budget", async ({ app }) => {
  const { cookie } = await registerByApi(app.origin);
  const filesOf = async (path: string) => {
    const headers = path === "/dashboard" ? { cookie } : {};
    const page = await (await fetch(`${app.origin}${path}`, { headers })).text();
    const links = page.matchAll(/\/_next\/static\/[\w./~-]+\.(?:js|css|woff2)/g);
    return Promise.all([...new Set([...links].map(([link]) => link))].map(load));
  };
  const load = async (link: string) => {
    const body = Buffer.from(await (await fetch(`${app.origin}${link}`)).arrayBuffer());
    const bytes = link.endsWith(".woff2") ? body.length : gzipSync(body).length;
    return { link, bytes, isOurs: body.includes(OURS) };
  };

  const empty = await filesOf("/no-such-page");
  const floor = new Set(empty.filter(({ isOurs }) => !isOurs).map(({ link }) => link));
  for (const [path, most] of Object.entries(BUDGETS.script)) {
    const files = await filesOf(path);
    const weigh = (ending: string) => {
      const own = files.filter(({ link }) => link.endsWith(ending) && !floor.has(link));
      return { count: own.length, bytes: own.reduce((sum, { bytes }) => sum + bytes, 0) };
    };
    expect(weigh(".js").bytes, path).toBeLessThanOrEqual(most);
    // the one that all pages share, and that the empty one has
    expect(weigh(".css").count, path).toBe(0);
    expect(weigh(".woff2").count, path).toBe(1);
    expect(weigh(".woff2").bytes, path).toBeLessThanOrEqual(BUDGETS.font);
  }
  const styles = empty.filter(({ link }) => link.endsWith(".css"));
  expect(styles).toHaveLength(1);
  expect(styles[0]?.bytes).toBeLessThanOrEqual(BUDGETS.style);
});
