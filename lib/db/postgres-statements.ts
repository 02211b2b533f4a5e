import { createHash } from "node:crypto";
import pg from "pg";
import type { PatientPool } from "./postgres-pool";
import type { Statement, Statements, Values } from "./statement";

/**
 * A name that this connection's server does not know, or knows already: a pooler between us lends its connections from
 * one statement to the next. Or a migration changed a column. The server says so before it does anything.
 */
const NAME_IS_OF_NO_USE = ["26000", "42P05", "0A000"];

interface Named {
  readonly name: string;
  readonly text: string;
}

/**
 * `Statements` over the pool that Prisma uses, too. A statement has a name, by which each connection parses and plans it
 * once; where names turn out to be of no use they are left out from then on.
 *
 * @see DECISIONS.md "Two statements go past Prisma"
 */
export class PostgresStatements implements Statements {
  readonly #pool: PatientPool;
  readonly #named = new WeakMap<Statement<string>, Named>();
  #usesNames = true;

  constructor(pool: PatientPool) {
    this.#pool = pool;
  }

  async read<Row, Name extends string>(statement: Statement<Name>, values: Values<Name>) {
    const given = statement.names.map((name) => values[name]);
    const { name, text } = this.#nameOf(statement);
    if (this.#usesNames) {
      try {
        return await this.#rows<Row>({ name, text, values: given });
      } catch (error) {
        if (!(error instanceof pg.DatabaseError && NAME_IS_OF_NO_USE.includes(error.code ?? ""))) {
          throw error;
        }
        this.#usesNames = false;
      }
    }
    return this.#rows<Row>({ text, values: given });
  }

  /** A lone statement is a transaction of its own. */
  write<Row, Name extends string>(statement: Statement<Name>, values: Values<Name>) {
    return this.read<Row, Name>(statement, values);
  }

  async #rows<Row>(query: pg.QueryConfig): Promise<readonly Row[]> {
    const { rows } = await this.#pool.query(query);
    return rows;
  }

  /** Names its text, too: instances of another version may use the same connection of a pooler. */
  #nameOf(statement: Statement<string>): Named {
    const known = this.#named.get(statement);
    if (known !== undefined) return known;
    const place = (_: string, name: string) => `$${statement.names.indexOf(name) + 1}`;
    const text = statement.text.replace(/\$(\w+)/g, place);
    const name = `latchkey_${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
    this.#named.set(statement, { name, text });
    return { name, text };
  }
}
