"use client";

import { useSyncExternalStore } from "react";
import { systemClock } from "@/lib/clock";
import { agoText, utcText } from "./moment-text";

const TICK_MILLISECONDS = 30_000;

interface MomentProps {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** How long ago instead, as soon as a script can tell; the time itself is then in the tooltip. */
  readonly relative?: boolean;
}

/** A point in time. The HTML says it in UTC, the same everywhere. */
export function Moment({ at, relative = false }: MomentProps) {
  const now = useSyncExternalStore(everyTick, currentTick, noTick);
  const text = relative && now !== null ? agoText(at, now) : utcText(at);
  return (
    <time dateTime={at} title={utcText(at)}>
      {text}
    </time>
  );
}

function everyTick(changed: () => void): () => void {
  const timer = setInterval(changed, TICK_MILLISECONDS);
  return () => clearInterval(timer);
}

/** Whole ticks only: a snapshot must stay the same between two of them. */
function currentTick(): number {
  return Math.ceil(systemClock.now() / TICK_MILLISECONDS) * TICK_MILLISECONDS;
}

function noTick(): null {
  return null;
}
