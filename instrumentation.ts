/** Runs once when a server starts, before it answers: settings that are not usable end the process. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { SettingsError, settings } = await import("@/lib/config");
  try {
    settings();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
  const { auth } = await import("@/lib/server");
  await auth();
}
