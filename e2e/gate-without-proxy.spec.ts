import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { copyWithout } from "./support/copy-without";
import { expect, test } from "./support/fixtures";
import { registerByApi } from "./support/people";
import { send } from "./support/send";
import { takeWay, waysIn } from "./support/ways-in";

// it builds the application once more
test.setTimeout(240_000);

let copy: Awaited<ReturnType<typeof copyWithout>>;
test.beforeAll(async () => {
  copy = await copyWithout("proxy.ts");
  // nor does our own server do its work
  const entrance = join(copy.folder, "lib/launch/page-entrance.ts");
  await writeFile(entrance, "export const pageEntrance = <Next>(next: Next) => next;\n");
});
test.afterAll(() => copy.remove());

// bar 114
test("built without proxy.ts, a protected page still shows nothing to who is not signed in", async ({
  start,
}) => {
  const app = await start({}, copy.folder);
  const { cookie, username } = await registerByApi(app.origin);

  // no gate stands here, and the page is there
  const page = await send(app.origin, "/dashboard", { headers: { cookie } });
  expect(page.headers["content-security-policy"]).toBeUndefined();
  expect(page.all).toContain("Hello, ");
  const flight = { path: "/dashboard?_rsc", headers: { RSC: "1" } };
  expect((await takeWay(app.origin, flight, cookie)).at(-1)?.all).toContain(username);

  await send(app.origin, "/api/auth/logout", { method: "POST", headers: { cookie } });
  const plain = await send(app.origin, "/dashboard");
  expect([plain.status, plain.headers.location]).toEqual([307, "/login?next=%2Fdashboard"]);
  for (const shown of ["", "__Host-refresh_token=garbage", cookie]) {
    for (const way of [...waysIn(), flight, { path: "/api/auth/sessions" }]) {
      for (const { status, all } of await takeWay(app.origin, way, shown)) {
        expect(status, JSON.stringify(way)).toBeLessThan(500);
        expect(all, JSON.stringify(way)).not.toContain("Hello, ");
        expect(all, JSON.stringify(way)).not.toContain(username);
      }
    }
  }
});
