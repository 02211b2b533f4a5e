import type { TextSlot } from "./world";

interface Attempt {
  readonly hint: string;
  readonly attempt: string;
}

/**
 * The name under which a refresh is asked for, written down before it is sent: a browser that lost the answer shows
 * it again and gets the same answer, long after anybody else would be taken for a thief.
 *
 * The slot is shared by all tabs, so that they ask under one name. Where it is blocked the name is kept in memory,
 * and an answer lost together with the document is then lost for good.
 */
export class Attempts {
  readonly #slot: TextSlot;
  readonly #newAttempt: () => string;
  #memory: Attempt | null = null;

  constructor(slot: TextSlot, newAttempt: () => string) {
    this.#slot = slot;
    this.#newAttempt = newAttempt;
  }

  /**
   * The attempt to send with `hint`: the stored one if it was made for this hint, else a new one, as read back
   * after writing it. A success leaves it where it is, superseded by the next hint: a late duplicate of an answer
   * may put the old token back into the jar. Without a hint there is nothing to file it under.
   */
  for(hint: string | null): string {
    if (hint === null) return this.#newAttempt();
    const known = this.#find(hint);
    if (known !== undefined) return known.attempt;
    const created = { hint, attempt: this.#newAttempt() };
    this.#write(created);
    return (this.#find(hint) ?? created).attempt;
  }

  /** For a session that is over. */
  forget(): void {
    this.#memory = null;
    try {
      this.#slot.clear();
    } catch {
      // blocked: then nothing was written either
    }
  }

  #find(hint: string): Attempt | undefined {
    return [this.#readSlot(), this.#memory].find((known) => known?.hint === hint) ?? undefined;
  }

  #readSlot(): Attempt | null {
    try {
      const { hint, attempt } = JSON.parse(this.#slot.read() ?? "{}");
      return typeof hint === "string" && typeof attempt === "string" ? { hint, attempt } : null;
    } catch {
      return null;
    }
  }

  #write(attempt: Attempt): void {
    this.#memory = attempt;
    try {
      this.#slot.write(JSON.stringify(attempt));
    } catch {
      // blocked or full: memory has it
    }
  }
}
