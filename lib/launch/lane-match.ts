/** The variable parts of a path by name; a list where one name stands for several. */
export type Params = Readonly<Record<string, string | string[]>>;

export interface Matched<Value> {
  readonly value: Value;
  readonly params: Params;
}

const NO_PARAMS: Params = {};

/**
 * Finds what answers a path, by Next's rules for the folders of `app`: a fixed segment goes before `[one]`, that before
 * `[...many]`, and `[[...many]]` stands also for none. Other than Next it takes a path as it is written: neither a
 * repeated or trailing slash nor an escaped letter of a fixed segment is the same path.
 */
export function pathMatcher<Value>(
  routes: readonly (readonly [path: string, value: Value])[],
): (path: string) => Matched<Value> | null {
  const fixed = new Map(
    routes
      .filter(([path]) => !path.includes("["))
      .map(([path, value]) => [path, { value, params: NO_PARAMS }]),
  );
  const variable = routes
    .filter(([path]) => path.includes("["))
    .map(([path, value]) => ({ value, rank: rankOf(path), ...patternOf(path) }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1));

  return (path) => {
    const found = fixed.get(path);
    if (found !== undefined) return found;
    for (const { pattern, names, value } of variable) {
      const parts = pattern.exec(path)?.slice(1);
      if (parts !== undefined) return { value, params: paramsOf(names, parts) };
    }
    return null;
  };
}

/** Sorts as precedence does: segment by segment fixed, one, many, optional many. */
function rankOf(path: string): string {
  const ranks = path.split("/").map((segment) => {
    if (segment.startsWith("[[...")) return 3;
    if (segment.startsWith("[...")) return 2;
    return segment.startsWith("[") ? 1 : 0;
  });
  return ranks.join("");
}

const SEGMENT = /^\[(?:(\w+)|\.\.\.(\w+)|\[\.\.\.(\w+)\])\]$/;

/** @throws Error for what Next knows and we have none of, such as `(.)folder` and `@slot` */
function patternOf(path: string) {
  const names: { readonly name: string; readonly isList: boolean }[] = [];
  const source = path.split("/").map((segment, at) => {
    if (at === 0) return "";
    const [, one, many, optional] = SEGMENT.exec(segment) ?? [];
    const name = one ?? many ?? optional;
    if (name === undefined) {
      if (!/^[\w.-]+$/.test(segment)) throw new Error(`No route can be made of ${path}`);
      return `/${segment.replaceAll(".", "\\.")}`;
    }
    names.push({ name, isList: one === undefined });
    if (one !== undefined) return "/([^/]+)";
    return many === undefined ? "(?:/(.*))?" : "/(.+)";
  });
  return { pattern: new RegExp(`^${source.join("")}$`), names };
}

function paramsOf(
  names: ReturnType<typeof patternOf>["names"],
  parts: readonly (string | undefined)[],
): Params {
  const entries = names.flatMap(({ name, isList }, at) => {
    const part = parts[at];
    if (part === undefined) return [];
    const value = isList ? part.split("/").map(decodeURIComponent) : decodeURIComponent(part);
    return [[name, value] as const];
  });
  return Object.fromEntries(entries);
}
