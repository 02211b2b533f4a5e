import { singleton } from "@/lib/singleton";

const state = () => singleton("draining", () => ({ isDraining: false }));

/** From now on this process says that it is not ready, so that who distributes requests sends it no more. */
export function beginDraining(): void {
  state().isDraining = true;
}

/** Whether this process finishes what it has begun and then ends. */
export const isDraining = () => state().isDraining;
