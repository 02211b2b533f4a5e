import { type Accepted, type Allowances, acceptCandidate, type Candidate } from "./candidate";
import type { AuthContext } from "./context";
import { newId } from "./session";
import type { User, UserId } from "./store";

export interface ImportOptions extends Allowances {
  /** Nothing is written; what is said is what would have been done. */
  readonly dryRun: boolean;
}

/** What became of one candidate. */
export type Outcome =
  | { readonly outcome: "created"; readonly user: User; readonly isNameDerived: boolean }
  /** An account of this name and address is there already; it stays as it is. */
  | { readonly outcome: "present"; readonly user: User }
  /** Why, a clause for people; holds no hash. */
  | { readonly outcome: "refused"; readonly refused: string };

type ImportContext = Pick<AuthContext, "store" | "clock" | "settings">;

/**
 * One import of users with the hashes of their passwords. Can be repeated: who is there already is left alone, so a
 * second run after a mended file adds the rest. Remembers the names and addresses of its users, about 200 bytes each.
 */
export class UserImport {
  readonly #told = new Set<string>();

  constructor(
    readonly options: ImportOptions,
    readonly context: ImportContext,
  ) {}

  /**
   * Creates the user of one candidate, if there is nothing against him. Candidates of one file may be given without
   * waiting for each other; who comes first has the name. Reports no event: the operator reads what it returns.
   *
   * @throws AuthError `unavailable`
   */
  async take(candidate: Candidate): Promise<Outcome> {
    const accepted = acceptCandidate(candidate, this.options, this.context.settings.peppers);
    if ("refused" in accepted) return { outcome: "refused", ...accepted };
    const { email, isNameDerived, usernames } = accepted;
    if (this.#told.has(email)) return refused("its address stands earlier in the file");
    const free = usernames.filter((username) => !this.#told.has(username));
    if (free.length === 0) return refused("its user name stands earlier in the file");
    this.#told.add(email);
    if (!isNameDerived) for (const username of usernames) this.#told.add(username);
    return this.#create(accepted, free);
  }

  async #create(accepted: Accepted, usernames: readonly string[]): Promise<Outcome> {
    const { isNameDerived } = accepted;
    const { store } = this.context;
    const holder = accepted.id && (await store.directory.find(accepted.id));
    for (const username of usernames) {
      const user = this.#userOf(accepted, username);
      if (holder) return existing(user, holder, "its id is another account's");
      const answer = await this.#insert(user);
      if (answer === "created") return { outcome: "created", user, isNameDerived };
      const sameAddress = await store.findUser({ email: user.email });
      if (sameAddress !== null) {
        const reached = isNameDerived ? { ...user, username: sameAddress.username } : user;
        return existing(reached, sameAddress, "its address is another account's");
      }
    }
    return refused("its user name is another account's");
  }

  /** In a dry run only what the database would say. */
  async #insert(user: User): ReturnType<ImportContext["store"]["createUser"]> {
    const { store } = this.context;
    if (!this.options.dryRun) return store.createUser(user);
    if ((await store.findUser({ username: user.username })) !== null) return "username_taken";
    return (await store.findUser({ email: user.email })) === null ? "created" : "email_taken";
  }

  #userOf({ usernames, isNameDerived, ...accepted }: Accepted, username: string): User {
    return {
      ...accepted,
      id: accepted.id ?? (newId() as UserId),
      username,
      createdAt: accepted.createdAt ?? this.context.clock.now(),
    };
  }
}

function existing(wanted: User, found: User, otherwise: string): Outcome {
  const isSame = found.username === wanted.username && found.email === wanted.email;
  return isSame ? { outcome: "present", user: found } : refused(otherwise);
}

const refused = (reason: string): Outcome => ({ outcome: "refused", refused: reason });
