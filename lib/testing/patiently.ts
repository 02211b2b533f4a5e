import { setTimeout as pause } from "node:timers/promises";

/** Sends again while the server says that it is too busy, as a patient client does. */
export async function patiently(send: () => Promise<Response>): Promise<Response> {
  const response = await send();
  if (response.status !== 503) return response;
  await pause(500);
  return patiently(send);
}
