import { memoryStore } from "./memory-store";
import { storeContract } from "./store-contract";

storeContract("memory", async () => {
  const store = memoryStore();
  return { store, disableUser: async (id) => store.disableUser(id), close: async () => {} };
});
