import fc from "fast-check";

/** How many processes share the database. */
export const PROCESSES = 3;

/** Which of the tokens that were ever handed out and kept; 0 is the newest. */
const pick = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.constant(1) },
  { weight: 2, arbitrary: fc.nat(20) },
);
const process = fc.nat(PROCESSES - 1);

const refresh = fc.record({
  do: fc.constant("refresh" as const),
  pick,
  process,
  attempt: fc.constantFrom(null, "a", "b"),
  /** Then the client keeps the token it showed. */
  isAnswerLost: fc.constantFrom(false, false, true),
});
const login = fc.record({
  do: fc.constant("login" as const),
  process,
  remember: fc.boolean(),
  /** The refresh cookie that comes along. */
  replaces: fc.option(pick, { freq: 2 }),
});
const logout = fc.record({ do: fc.constant("logout" as const), pick, process });
const look = fc.record({ do: fc.constantFrom("look" as const, "me" as const), pick, process });
const sweep = fc.record({
  do: fc.constantFrom("logout everywhere" as const, "end others" as const),
  pick,
  process,
});
const disable = fc.record({
  do: fc.constant("disable" as const),
  disabled: fc.constantFrom(true, false, false),
});

/** Time goes by: so many seconds, or until this close to an end of the newest session. Milliseconds beside it. */
const pass = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ seconds: 0 }) },
  {
    weight: 2,
    arbitrary: fc.record({ seconds: fc.constantFrom(1, 5, 9, 60, 3000, 50_000, 86_400, 170_000) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      until: fc.constantFrom("grace" as const, "recovery" as const, "idle" as const),
      milliseconds: fc.constantFrom(-1, 0, 1),
    }),
  },
);

type Of<Made> = Made extends fc.Arbitrary<infer Value> ? Value : never;
export type Action =
  | Of<typeof refresh>
  | Of<typeof login>
  | Of<typeof logout>
  | Of<typeof look>
  | Of<typeof sweep>
  | Of<typeof disable>;
export type Pass = Of<typeof pass>;

/** What happens at once, after some time. */
export interface Moment {
  readonly pass: Pass;
  readonly actions: readonly Action[];
}

const any: fc.Arbitrary<Action> = fc.oneof(
  { weight: 9, arbitrary: refresh },
  { weight: 2, arbitrary: login },
  { weight: 2, arbitrary: look },
  { weight: 1, arbitrary: logout },
  { weight: 1, arbitrary: sweep },
  { weight: 1, arbitrary: disable },
);
/** Those of one step in the store: two that consist of several may fall between each other. */
const indivisible: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: refresh },
  { weight: 2, arbitrary: login },
  { weight: 1, arbitrary: look },
  { weight: 1, arbitrary: logout },
);

const moments = (action: fc.Arbitrary<Action>, atOnce: number) =>
  fc.array(fc.record({ pass, actions: fc.array(action, { minLength: 1, maxLength: atOnce }) }), {
    minLength: 1,
    maxLength: 12,
  });

/** One thing after the other. */
export const inTurn: fc.Arbitrary<readonly Moment[]> = moments(any, 1);
/** Up to three things at once. */
export const atOnce: fc.Arbitrary<readonly Moment[]> = moments(indivisible, 3);
