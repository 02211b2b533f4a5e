import { storeContract } from "@/lib/auth/testing/store-contract";
import { openDatabase } from "./open";
import { openAside } from "./testing/aside";
import { migratedFile } from "./testing/sqlite";

storeContract("SQLite", async () => {
  const { url, remove } = await migratedFile();
  const { store, close } = await openDatabase(url);
  const aside = openAside(url);
  return {
    store,
    async disableUser(id) {
      await aside.user.update({ where: { id }, data: { disabled: true } });
    },
    async close() {
      await Promise.all([close(), aside.$disconnect()]);
      await remove();
    },
  };
});
