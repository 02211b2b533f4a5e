import { expect, test } from "vitest";
import type { Session } from "@/lib/auth/store";
import { wireSession } from "./wire";

const row = { id: "a", rotatedAt: 0, createdAt: 0, idleEndAt: 1000, ip: null } as Session;

test.each([
  ["Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox on Linux"],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    "Safari on iOS",
  ],
  ["curl/8.10.1", "curl"],
  ["my-app 2.0", "my-app"],
  ["", "Unknown device"],
  [null, "Unknown device"],
])("%s is shown as %s", (userAgent, device) => {
  expect(wireSession({ ...row, userAgent }, "b")).toEqual({
    id: "a",
    current: false,
    created_at: "1970-01-01T00:00:00.000Z",
    last_used_at: "1970-01-01T00:00:00.000Z",
    expires_at: "1970-01-01T00:00:01.000Z",
    ip: null,
    user_agent: userAgent,
    device,
  });
});
