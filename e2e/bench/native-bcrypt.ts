/** Optional: not told TypeScript by its name, so that it need not be installed. */
export const NATIVE_BCRYPT: string = "@node-rs/bcrypt";

/** Whether it is installed and loads. */
export function hasNativeBcrypt(): Promise<boolean> {
  return import(NATIVE_BCRYPT).then(
    () => true,
    () => false,
  );
}
