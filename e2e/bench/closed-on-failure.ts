/** What `open` makes of a server that runs; where it cannot, the server is closed before the error goes on. */
export async function closedOnFailure<Made>(
  close: () => Promise<unknown>,
  open: () => Promise<Made>,
): Promise<Made> {
  try {
    return await open();
  } catch (error) {
    await close();
    throw error;
  }
}
