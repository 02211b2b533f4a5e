import { expect, test } from "vitest";
import { empty, json, seeOther, toResponse } from "./answer";

test("the response says what the answer says, each value of a header in a line of its own", async () => {
  const { status, body, headers } = json({ name: "Jürgen", at: null }, 201);
  const cookies = ["a=1; Path=/", "b=2; Path=/"];
  const response = toResponse({ status, body, headers: { ...headers, "Set-Cookie": cookies } });
  expect(response.status).toBe(201);
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(response.headers.getSetCookie()).toEqual(cookies);
  expect(await response.text()).toBe('{"name":"Jürgen","at":null}');
});

test.each([empty(204), seeOther("/login")])("an answer without a body has none", (answer) => {
  expect(toResponse(answer).body).toBeNull();
});

test("a response stays as it is", () => {
  const response = new Response("text");
  expect(toResponse(response)).toBe(response);
});
