import type { Clock } from "@/lib/clock";
import type { Floods } from "./flood";
import type { Keys } from "./keys";
import type { JudgePassword } from "./new-password";
import type { PasswordHasher, Peppers } from "./password";
import type { Windows } from "./rotation";
import type { SecurityEvent } from "./security-event";
import type { Store } from "./store";

/** Everything a flow needs from outside; the composition root makes one a process, a test makes its own. */
export interface AuthContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly keys: Keys;
  readonly hasher: PasswordHasher;
  readonly judgePassword: JudgePassword;
  readonly settings: AuthSettings;
  readonly floods: Floods;
  /** Writes one security event; never throws. */
  readonly report: (event: SecurityEvent) => void;
}

/** The settings the domain knows of. Names and bounds: README, "Settings". */
export interface AuthSettings extends Windows {
  /** Issuer and audience of access tokens, without a trailing slash. */
  readonly origin: string;
  readonly registrationOpen: boolean;
  readonly accessTokenSeconds: number;
  readonly absoluteSeconds: number;
  readonly maxSessionsPerUser: number;
  readonly bcryptCost: number;
  /** Code points. */
  readonly passwordMinLength: number;
  readonly peppers: Peppers;
  /** False: nothing is limited, for load tests. */
  readonly limitsRates: boolean;
}
