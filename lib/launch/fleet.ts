import { setTimeout as pause } from "node:timers/promises";
import { backOffMs, SETTLED_MS } from "./back-off";

/** One server process of several, as who keeps them sees it. */
export interface Instance {
  /** Grows with every one that is started. */
  readonly id: number;
  readonly pid: number;
  /** Rejects with `InstanceFailure` when it ends before it serves, as one does that takes too long. */
  readonly serving: Promise<void>;
  /** How it ended: `code 1`, `SIGKILL`. */
  readonly ended: Promise<string>;
  /** Lets it drain and end. */
  stop(): void;
  kill(): void;
}

/** One did not come up; a clause that says how. Why it did not it has said itself. */
export class InstanceFailure extends Error {
  override readonly name = "InstanceFailure";
}

/** Told of what nobody has asked for. */
export interface FleetWatcher {
  served(instance: Instance): void;
  /** One that served ended; another will be started. `how`: as `Instance.ended`. */
  crashed(instance: Instance, how: string): void;
  /** One did not come up; another will be tried. */
  failed(problem: Error): void;
}

/** Keeps a number of instances serving: replaces who ends and, on demand, all of them, one after the other. */
export class Fleet {
  readonly #fork: () => Instance;
  readonly #watcher: FleetWatcher;
  /** Everything that runs, also what is starting or draining. */
  readonly #running = new Set<Instance>();
  /** Those of them that were told to stop. */
  readonly #leaving = new Set<Instance>();
  #wanted = 0;
  #isStopped = false;
  /** How many in a row ended soon after they were started, or never served. */
  #quickEnds = 0;
  #isRefilling = false;

  constructor(fork: () => Instance, watcher: FleetWatcher) {
    this.#fork = fork;
    this.#watcher = watcher;
  }

  /**
   * Starts so many, the first alone, so that what keeps all of them from serving is told once.
   *
   * @throws InstanceFailure when the first does not come up
   */
  async start(count: number): Promise<void> {
    await this.#launch();
    if (this.#isStopped) return;
    this.#wanted = count;
    const others = Array.from({ length: count - 1 }, () => this.#launch());
    for (const started of await Promise.allSettled(others)) {
      if (started.status === "rejected") this.#watcher.failed(started.reason);
    }
    this.#refill();
  }

  /**
   * Replaces all that run now, one after the other: an old one is told to stop when a new one serves. False when it
   * was stopped meanwhile.
   *
   * @throws InstanceFailure when a new one does not come up; the old ones that are left stay
   */
  async roll(): Promise<boolean> {
    const old = this.#staying;
    // one that is told to stop before it serves would be taken for one that failed
    await Promise.allSettled(old.map(({ serving }) => serving));
    for (const instance of old) {
      // one that has ended by itself is being replaced anyway
      if (!this.#staying.includes(instance)) continue;
      await this.#launch();
      this.#tellToStop(instance);
      await instance.ended;
    }
    return !this.#isStopped;
  }

  /** Lets all of them drain and end; resolves when they have. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const running = [...this.#running];
    for (const instance of running) this.#tellToStop(instance);
    await Promise.all(running.map(({ ended }) => ended));
  }

  kill(): void {
    for (const instance of this.#running) instance.kill();
  }

  get #staying(): readonly Instance[] {
    return [...this.#running].filter((instance) => !this.#leaving.has(instance));
  }

  /** Starts one. @throws InstanceFailure when it does not come up, unless all are told to stop */
  async #launch(): Promise<void> {
    const instance = this.#fork();
    let servingSince: number | null = null;
    this.#running.add(instance);
    instance.ended.then((how) => {
      this.#running.delete(instance);
      if (this.#leaving.delete(instance)) return;
      const servedMs = servingSince === null ? 0 : performance.now() - servingSince;
      this.#quickEnds = servedMs < SETTLED_MS ? this.#quickEnds + 1 : 0;
      if (servingSince !== null) this.#watcher.crashed(instance, how);
      this.#refill();
    });
    try {
      await instance.serving;
    } catch (problem) {
      if (this.#isStopped) return;
      throw problem;
    }
    servingSince = performance.now();
    this.#watcher.served(instance);
  }

  #tellToStop(instance: Instance): void {
    this.#leaving.add(instance);
    instance.stop();
  }

  /** Starts what is missing, however often that takes. */
  async #refill(): Promise<void> {
    if (this.#isRefilling) return;
    this.#isRefilling = true;
    while (this.#isShort()) {
      await pause(backOffMs(this.#quickEnds));
      if (!this.#isShort()) break;
      await this.#launch().catch((problem: Error) => this.#watcher.failed(problem));
    }
    this.#isRefilling = false;
  }

  #isShort(): boolean {
    return !this.#isStopped && this.#staying.length < this.#wanted;
  }
}
