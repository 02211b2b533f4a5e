import { afterAll, beforeAll, describe } from "vitest";
import type { Store, UserId } from "../store";
import { concurrencyContract } from "./concurrency-contract";
import { directoryContract } from "./directory-contract";
import { failureContract } from "./failure-contract";
import { randomContract } from "./random-contract";
import { rotationContract } from "./rotation-contract";
import { sessionContract } from "./session-contract";
import { upkeepContract } from "./upkeep-contract";
import { userContract } from "./user-contract";

/** A store under test, with what no flow of the application does. */
export interface Subject {
  readonly store: Store;
  disableUser(id: UserId): Promise<void>;
  close(): Promise<void>;
}

/** Hands out the subject once the suite runs. */
export type SubjectOf = () => Subject;

/** The duties of every `Store`, as tests. One database serves them all: each test has users of its own. */
export function storeContract(name: string, open: () => Promise<Subject>): void {
  describe(`the store contract on ${name}`, () => {
    let opened: Subject | undefined;
    const subject: SubjectOf = () => {
      if (opened === undefined) throw new Error("The store is not open yet.");
      return opened;
    };
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.close());

    userContract(subject);
    sessionContract(subject);
    rotationContract(subject);
    concurrencyContract(subject);
    failureContract(subject);
    directoryContract(subject);
    upkeepContract(subject);
    randomContract(subject);
  });
}
