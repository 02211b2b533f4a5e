import { expect, test } from "vitest";
import { readBody } from "./body";

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
