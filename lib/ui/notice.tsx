import type { ReactNode } from "react";
import { classNames } from "./class-names";

const TONES = {
  info: "border-accent bg-accent-soft text-ink",
  danger: "border-danger bg-danger-soft text-danger",
} as const;

interface NoticeProps {
  readonly tone: keyof typeof TONES;
  readonly children: ReactNode;
}

/** A sentence that must not be overlooked, announced when it appears. */
export function Notice({ tone, children }: NoticeProps) {
  return (
    <p
      role={tone === "danger" ? "alert" : "status"}
      className={classNames("rounded-r-lg border-l-4 px-4 py-2.5 text-sm", TONES[tone])}
    >
      {children}
    </p>
  );
}
