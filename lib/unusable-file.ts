/** What the operating system says of a file or a directory as it stands; that a file is missing may be a bug of ours. */
const CODES: ReadonlySet<string> = new Set([
  "EACCES",
  "EEXIST",
  "EISDIR",
  "ELOOP",
  "ENAMETOOLONG",
  "ENOSPC",
  "ENOTDIR",
  "EROFS",
]);

/** What to tell an operator whose settings name a file that cannot be used; null of any other error. */
export function ofUnusableFile(error: unknown): string | null {
  const { code, message, path } = error as NodeJS.ErrnoException;
  if (code === undefined || !CODES.has(code) || path === undefined) return null;
  return `${message}: this file cannot be used.`;
}
