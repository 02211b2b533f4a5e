import { expect, test } from "vitest";
import { empty, json, textOf } from "./answer";

test("the text of a JSON answer is at hand, and is its body", async () => {
  const answer = json({ name: "Jürgen", at: null }, 201);
  expect(textOf(answer)).toBe('{"name":"Jürgen","at":null}');
  expect(answer.headers.get("content-type")).toBe("application/json");
  expect(await answer.text()).toBe(textOf(answer));
});

test("an answer without a body, or of somebody else, has no such text", () => {
  expect(textOf(empty(204))).toBeNull();
  expect(textOf(new Response("text"))).toBeNull();
  expect(textOf(new Response(null, json({})))).toBeNull();
});
