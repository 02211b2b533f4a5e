import { expect, test } from "./support/fixtures";
import { registerByApi } from "./support/people";
import { send } from "./support/send";

/** What no plain request says and what changes no page: Next's server makes such a page, and not our own. No browser. */
const BY_NEXT = { "next-url": "/" };

const PAGES = ["/", "/login?next=%2Fdashboard", "/register", "/dashboard"];

/** But for what no two answers share. */
function settled(headers: Readonly<Record<string, unknown>>) {
  const own = { "content-security-policy": null, "x-request-id": null, date: null, link: null };
  return { ...headers, ...own };
}

/** What a visitor sees of it; the rest may come in another order each time. */
const shown = (page: string) => /<main[\s\S]*<\/main>/.exec(page)?.[0] ?? "nothing";

test("a page that is made past Next's server is the page that Next's server gives", async ({
  app,
}) => {
  const { cookie } = await registerByApi(app.origin);
  for (const path of PAGES) {
    const headers = path === "/dashboard" ? { cookie } : {};
    const own = await send(app.origin, path, { headers });
    const nexts = await send(app.origin, path, { headers: { ...headers, ...BY_NEXT } });
    expect(own.status, path).toBe(200);
    expect(nexts.status, path).toBe(200);
    expect(settled(own.headers), path).toEqual(settled(nexts.headers));
    expect(shown(own.body), path).toBe(shown(nexts.body));
    expect(shown(own.body), path).toContain("<h1");
  }
});

test("a page travels compressed to whoever takes that", async ({ app }) => {
  const answer = await fetch(`${app.origin}/login`, { headers: { "accept-encoding": "gzip" } });
  expect(answer.headers.get("content-encoding")).toBe("gzip");
  expect(answer.headers.get("vary")).toContain("Accept-Encoding");
  expect(await answer.text()).toContain("</html>");
});
