/** What a statement can be given. */
export type Value = string | number | bigint | null;

export type Values<Name extends string> = Readonly<Record<Name, Value>>;

/** A statement that is prepared once a connection: the same text on both databases, `$name` where a value goes. */
export interface Statement<Name extends string> {
  readonly text: string;
  /** Of all its values, in the order in which they appear first. */
  readonly names: readonly Name[];
}

/**
 * What is asked on every request goes past Prisma, whose layers cost more than the answer.
 *
 * Rows are as the driver gives them, see `DriverRow`. Errors are the driver's, see `answered`.
 */
export interface Statements {
  /** Sees what is committed, and waits for nobody's transaction. Does NOT check that `Row` is what comes. */
  read<Row, Name extends string>(
    statement: Statement<Name>,
    values: Values<Name>,
  ): Promise<readonly Row[]>;

  /** One step of its own, which is on the disk before it is answered. Does NOT check that `Row` is what comes. */
  write<Row, Name extends string>(
    statement: Statement<Name>,
    values: Values<Name>,
  ): Promise<readonly Row[]>;
}

/** Does NOT check that the names in `text` are those of the type; a name without a value is an error on SQLite. */
export function statement<Name extends string>(text: string): Statement<Name> {
  const found = text.matchAll(/\$(\w+)/g);
  return { text, names: [...new Set([...found].map(([, name]) => name as Name))] };
}
