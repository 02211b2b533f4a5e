import type { Candidate } from "@/lib/auth/candidate";

/** What was made of one entry: a candidate, or why there is none, a clause for people that holds no value. */
export type Reading = { readonly candidate: Candidate } | { readonly refused: string };

/** An entry that was read. */
export type PlacedReading = Reading & {
  /** For people: `line 3`, or `entry 3` where lines say nothing. */
  readonly place: string;
  /** What the other system calls him, so that its other tables can be changed. */
  readonly formerId: string | null;
};

/** Reads an export of some system. @throws UnreadableFile */
export type Source = (text: AsyncIterable<string>) => AsyncIterable<PlacedReading>;
