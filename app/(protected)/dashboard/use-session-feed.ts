"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { useAuth } from "@/lib/client/use-auth";
import type { WireSession } from "@/lib/contract";
import { createSessionFeed, type FeedState, type SessionFeed } from "./session-feed";

const POLL_MILLISECONDS = 30_000;

/** The list the page came with, then asked for anew while it is looked at: every 30 seconds and on return to it. */
export function useSessionFeed(initial: readonly WireSession[]): [FeedState, SessionFeed] {
  const { fetch } = useAuth();
  const [feed] = useState(() => createSessionFeed(fetch, initial));
  const state = useSyncExternalStore(feed.subscribe, feed.current, feed.current);

  useEffect(() => {
    const loadIfSeen = () => {
      if (document.visibilityState === "visible") void feed.load();
    };
    const timer = setInterval(loadIfSeen, POLL_MILLISECONDS);
    window.addEventListener("focus", loadIfSeen);
    document.addEventListener("visibilitychange", loadIfSeen);
    return () => {
      clearInterval(timer);
      window.removeEventListener("focus", loadIfSeen);
      document.removeEventListener("visibilitychange", loadIfSeen);
    };
  }, [feed]);

  return [state, feed];
}
