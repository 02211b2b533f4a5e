/** Reads single variables and collects what is wrong with them, so that all of it can be told at once. */
export type SettingReader = ReturnType<typeof settingReader>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Problems and notes name variables, never their values. An empty variable counts as unset. */
export function settingReader(env: Environment) {
  const problems: string[] = [];
  const notes: string[] = [];
  const value = (name: string) => env[name] || undefined;
  const problem = (sentence: string) => void problems.push(sentence);
  return {
    problems,
    notes,
    value,
    problem,
    note: (sentence: string) => void notes.push(sentence),
    text: (name: string, otherwise: string) => value(name) ?? otherwise,
    integer(name: string, otherwise: number, min: number, max = 2 ** 31 - 1): number {
      const given = value(name);
      if (given === undefined) return otherwise;
      const number = Number(given);
      if (/^\d{1,10}$/.test(given) && number >= min && number <= max) return number;
      problem(`${name} must be a whole number from ${min} to ${max}`);
      return otherwise;
    },
    oneOf<const Choice extends string>(
      name: string,
      choices: readonly Choice[],
      otherwise: Choice,
    ): Choice {
      const given = value(name);
      const chosen = choices.find((choice) => choice === given);
      if (given !== undefined && chosen === undefined) {
        problem(`${name} must be one of: ${choices.join(", ")}`);
      }
      return chosen ?? otherwise;
    },
  };
}
