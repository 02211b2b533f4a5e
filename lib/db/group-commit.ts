import { setImmediate as nextTurn } from "node:timers/promises";
import { isBusy } from "./busy";
import type { SharedFile } from "./shared-file";

/** The most that one commit takes along: a few milliseconds, so that the event loop has its turns. */
const MOST = 64;

interface Waiting<Item, Answer> {
  readonly item: Item;
  done(answer: Answer): void;
  fail(error: unknown): void;
}

/**
 * Commits together what is asked together, in turns of the event loop that follow each other or while others write: the
 * disk is waited for once, and everybody is answered after that. Who is alone waits for one turn.
 *
 * Each outcome is its own: of a group that fails nothing was done, and each is done again alone. Nobody waits for the
 * file longer than a lone write would.
 */
export class GroupCommit<Item, Answer> {
  readonly #file: Pick<SharedFile, "write">;
  readonly #commit: (items: readonly Item[]) => readonly Answer[];
  /** In order of arrival, until they are answered. */
  readonly #waiting = new Set<Waiting<Item, Answer>>();
  #isAtWork = false;

  /** @param commit does all of them or, when it throws, none; without a turn of the event loop in between. */
  constructor(
    file: Pick<SharedFile, "write">,
    commit: (items: readonly Item[]) => readonly Answer[],
  ) {
    this.#file = file;
    this.#commit = commit;
  }

  /** @throws what `commit` throws of this one alone, or what refuses it a turn */
  add(item: Item): Promise<Answer> {
    return new Promise((done, fail) => {
      this.#waiting.add({ item, done, fail });
      if (!this.#isAtWork) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#isAtWork = true;
    while (this.#waiting.size > 0) {
      await this.#gather();
      const asking = [...this.#waiting];
      try {
        await this.#file.write(async () => this.#commitGroup([...this.#waiting].slice(0, MOST)));
      } catch (error) {
        // who came later has a wait of his own
        for (const each of asking) this.#tell(each, () => each.fail(error));
      }
    }
    this.#isAtWork = false;
  }

  /** Until a turn of the event loop brings nobody new: requests that came together get here one after the other. */
  async #gather(): Promise<void> {
    for (let known = 0; known < Math.min(this.#waiting.size, MOST); ) {
      known = this.#waiting.size;
      await nextTurn();
    }
  }

  /** @throws what says that the file is busy: who is not answered by then waits on */
  #commitGroup(group: readonly Waiting<Item, Answer>[]): void {
    try {
      const answers = this.#commit(group.map(({ item }) => item));
      for (const [at, each] of group.entries()) {
        this.#tell(each, () => each.done(answers[at] as Answer));
      }
    } catch (error) {
      if (isBusy(error)) throw error;
      for (const each of group) {
        if (group.length === 1) this.#tell(each, () => each.fail(error));
        else this.#commitGroup([each]);
      }
    }
  }

  /** Once. */
  #tell(waiting: Waiting<Item, Answer>, answer: () => void): void {
    if (this.#waiting.delete(waiting)) answer();
  }
}
