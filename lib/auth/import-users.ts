import { type Allowances, acceptCandidate, type Candidate, type Refused } from "./candidate";
import type { AuthContext } from "./context";
import { newId } from "./new-id";
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

/** A user who is to be created, under the best of the names that he may get. */
interface Claim {
  readonly user: User;
  readonly usernames: readonly string[];
  readonly isNameDerived: boolean;
}

/**
 * One import of users with the hashes of their passwords. Can be repeated: who is there already is left alone, so a
 * second run after a mended file adds the rest. Remembers the names and addresses of its users, about 200 bytes each.
 */
export class UserImport {
  readonly #told = new Set<string>();
  /** User names that a dry run would have given. */
  readonly #promised = new Set<string>();

  constructor(
    readonly options: ImportOptions,
    readonly context: ImportContext,
  ) {}

  /**
   * Creates the users of some candidates, if there is nothing against them, and says of each what became of him, in the
   * same order. All who stand in nobody's way are created in one step. Reports no event: the operator reads the answer.
   *
   * @param candidates some hundreds at most, in the order of the file; who could not be read is refused as it says
   * @throws AuthError `unavailable`; what was created until then stays, and the next run finds it there
   */
  async take(candidates: readonly (Candidate | Refused)[]): Promise<readonly Outcome[]> {
    const judged = candidates.map((candidate) => this.#judge(candidate));
    const users = judged.flatMap((each) => ("outcome" in each ? [] : [each.user]));
    const { directory } = this.context.store;
    const added = this.options.dryRun ? new Set() : await directory.add(users);
    const outcomes: Outcome[] = [];
    // one after the other: made-up names go by the order of the file, and a busy database is not rushed
    for (const each of judged) {
      if ("outcome" in each) outcomes.push(each);
      else outcomes.push(added.has(each.user.id) ? created(each) : await this.#create(each));
    }
    return outcomes;
  }

  #judge(candidate: Candidate | Refused): Claim | Outcome {
    if ("refused" in candidate) return refused(candidate.refused);
    const { settings, clock } = this.context;
    const accepted = acceptCandidate(candidate, this.options, settings.peppers);
    if ("refused" in accepted) return refused(accepted.refused);
    const { usernames: wanted, isNameDerived, id, createdAt, ...others } = accepted;
    if (this.#told.has(others.email)) return refused("its address stands earlier in the file");
    const usernames = wanted.filter((name) => !this.#told.has(name));
    const [username] = usernames;
    if (username === undefined) return refused("its user name stands earlier in the file");
    this.#told.add(others.email);
    if (!isNameDerived) this.#told.add(username);
    const user: User = {
      ...others,
      username,
      id: id ?? (newId() as UserId),
      createdAt: createdAt ?? clock.now(),
    };
    return { user, usernames, isNameDerived };
  }

  /** One by one, where somebody else has the best name, the address or the id. */
  async #create(claim: Claim): Promise<Outcome> {
    const { store } = this.context;
    const { email, id } = claim.user;
    const sameAddress = await store.findUser({ email });
    if (sameAddress !== null) {
      // how he is called does not matter where nobody called him so
      const isSame = claim.isNameDerived || sameAddress.username === claim.user.username;
      if (isSame) return { outcome: "present", user: sameAddress };
      return refused("its address is another account's");
    }
    if ((await store.directory.find(id)) !== null) return refused("its id is another account's");
    for (const username of claim.usernames) {
      const user = { ...claim.user, username };
      const answer = await this.#insert(user);
      if (answer === "created") return created({ ...claim, user });
      if (answer === "email_taken") return refused("its address is another account's");
    }
    return refused("its user name is another account's");
  }

  /** In a dry run only what the database would say, had it done what was said before. */
  async #insert(user: User): ReturnType<ImportContext["store"]["createUser"]> {
    const { store } = this.context;
    if (!this.options.dryRun) return store.createUser(user);
    const { username, email } = user;
    const isTaken = this.#promised.has(username) || (await store.findUser({ username })) !== null;
    if (isTaken) return "username_taken";
    if ((await store.findUser({ email })) !== null) return "email_taken";
    this.#promised.add(username);
    return "created";
  }
}

function created({ user, isNameDerived }: Claim): Outcome {
  return { outcome: "created", user, isNameDerived };
}

const refused = (reason: string): Outcome => ({ outcome: "refused", refused: reason });
