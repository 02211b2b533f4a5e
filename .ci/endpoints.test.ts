import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { OPERATIONS } from "@/e2e/fuzz/endpoints";

const handlers = readdirSync("app", { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  // the one that answers for every path that nobody answers for
  .filter((file) => file.endsWith("/route.ts") && !file.includes("[[..."));

const pathOf = (file: string) => `/${file.replace("/route.ts", "").replace(/\[(\w+)\]/g, "{$1}")}`;
const methodsOf = (path: string) =>
  OPERATIONS.filter((operation) => operation.path === path).map(({ method }) => method);

test("the table of endpoints is the tree of route handlers", () => {
  const paths = new Set(OPERATIONS.map(({ path }) => path));
  expect([...paths].sort()).toEqual(handlers.map(pathOf).sort());
});

test.each(handlers)("%s answers the methods that the table says, and no others", async (file) => {
  const { OPTIONS } = await import(/* @vite-ignore */ join(process.cwd(), "app", file));
  const answer: Response = await OPTIONS(new Request("http://a/", { method: "OPTIONS" }));
  const allowed = answer.headers.get("allow")?.split(", ");
  const told = methodsOf(pathOf(file));
  const implied = [...(told.includes("GET") ? ["HEAD"] : []), "OPTIONS"];
  expect(allowed?.sort()).toEqual([...told, ...implied].sort());
});
