import { expect, test } from "vitest";
import { readBody } from "./body";
import { runExchange } from "./exchange";

test("a body that breaks off is the sender's doing and not a bug", async () => {
  const body = new ReadableStream({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode('{"username":'));
      controller.error(new Error("aborted"));
    },
  });
  const headers = { "Content-Type": "application/json" };
  const init = { method: "POST", headers, body, duplex: "half" } as RequestInit;
  const request = new Request("http://localhost:3000/api/auth/login", init);
  await expect(readBody(request)).rejects.toMatchObject({ code: "malformed_body" });
});

const post = (body: BodyInit | null, headers: Readonly<Record<string, string>>) =>
  new Request("http://localhost:3000/api/auth/login", {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body,
    duplex: "half",
  } as RequestInit);

test("a body is read alike whether its length is declared or not", async () => {
  const text = '{"username":"johndoe"}';
  const declared = { "Content-Length": String(text.length) };
  for (const headers of [{}, declared]) {
    await expect(readBody(post(text, headers))).resolves.toEqual({ username: "johndoe" });
  }
  for (const headers of [{}, { "Content-Length": "0" }]) {
    await expect(readBody(post(null, headers))).resolves.toEqual({});
  }
});

test("where the head says that there is no body, nothing waits for one", async () => {
  const exchange = { clientAddress: null, requestId: "test", status: null };
  const request = post(new ReadableStream(), {});
  await expect(
    runExchange({ ...exchange, hasBody: false }, () => readBody(request)),
  ).resolves.toEqual({});
  expect(request.bodyUsed).toBe(false);
});

test("a length that was declared too small, or is none, lets no larger body in", async () => {
  const text = `{"username":"${"x".repeat(16 * 1024)}"}`;
  for (const declared of ["5", "16384", "-1", "1e3", "many"]) {
    const sent = readBody(post(text, { "Content-Length": declared }));
    await expect(sent).rejects.toMatchObject({ code: "too_large" });
  }
});
