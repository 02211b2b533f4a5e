"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** Whether scripts are at work: false in the HTML and while it comes to life, true from then on. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
