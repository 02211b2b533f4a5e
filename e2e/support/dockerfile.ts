/** The instructions of a Dockerfile, each on one line, without comments. */
export function instructionsOf(dockerfile: string): readonly string[] {
  return dockerfile
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n")
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((line) => line !== "");
}

/** The command of `HEALTHCHECK`, which is one of the form that needs no shell. */
export function healthCheckOf(dockerfile: string): readonly string[] {
  const check = instructionsOf(dockerfile).find((line) => line.startsWith("HEALTHCHECK"));
  return JSON.parse(/CMD (\[.*\])$/.exec(check ?? "")?.[1] ?? "[]");
}
