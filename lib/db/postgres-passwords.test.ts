import { afterAll, beforeAll, inject } from "vitest";
import { closeAuth } from "@/lib/server";
import { embeddedApp } from "@/lib/testing/embedded-app";
import { passwordsAreKeptAsTyped } from "@/lib/testing/password-contract";
import { postgresAt } from "./testing/postgres";

const server = postgresAt(inject("postgresUrl"));

beforeAll(async () => {
  await embeddedApp({ DATABASE_URL: await server.createDatabase() });
});

afterAll(async () => {
  await closeAuth();
  await server.stop();
});

passwordsAreKeptAsTyped("PostgreSQL");
