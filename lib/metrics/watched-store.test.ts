import { expect, test } from "vitest";
import type { FailureKey } from "@/lib/auth/failure-counts";
import { memoryStore } from "@/lib/auth/testing/memory-store";
import { storeContract } from "@/lib/auth/testing/store-contract";
import { watchedStore } from "./watched-store";

storeContract("a watched store", async () => {
  const { disableUser, enableUser: _, ...memory } = memoryStore();
  return {
    store: watchedStore(memory, (_operation, ask) => ask()),
    disableUser: async (id) => disableUser(id),
    close: async () => {},
  };
});

test("every call is watched under its name, and its failure goes through", async () => {
  const seen: string[] = [];
  const store = watchedStore(memoryStore(), (operation, ask) => {
    seen.push(operation);
    return ask();
  });
  await store.ping();
  await store.failures.forget("key" as FailureKey);
  await store.upkeep.releaseLease("name", "holder");
  expect(seen).toEqual(["ping", "failures.forget", "upkeep.releaseLease"]);

  const refusing = watchedStore(memoryStore(), () => Promise.reject(new Error("away")));
  await expect(refusing.ping()).rejects.toThrow("away");
});
