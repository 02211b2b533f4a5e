import type { Cancel } from "../world";
import { unlessAborted } from "./fake-network";

/** The queue of all tabs of a browser, fair, as Web Locks are. */
export class FakeQueue {
  /** Nobody's turn ever comes. */
  isStuck = false;
  #last: Promise<void> = Promise.resolve();

  /** As `World.takeTurn`. */
  async takeTurn(giveUp: AbortSignal): Promise<Cancel> {
    const before = this.isStuck ? new Promise<void>(() => {}) : this.#last;
    let end: Cancel = () => {};
    const turn = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.#last = Promise.all([before, turn]).then(() => {});
    try {
      await unlessAborted(giveUp, before);
    } catch (thrown) {
      end();
      throw thrown;
    }
    return end;
  }
}
