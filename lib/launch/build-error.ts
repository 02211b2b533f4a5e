/** `next build` failed; `output` holds its own words. */
export class BuildError extends Error {
  override readonly name = "BuildError";
  constructor(readonly output: string) {
    super("The application could not be built");
  }
}
