import type { ReactNode } from "react";

interface FactsProps {
  readonly heading: string;
  readonly facts: readonly (readonly [label: string, value: ReactNode])[];
}

/** A card of labelled facts. Labels are unique within it. */
export function Facts({ heading, facts }: FactsProps) {
  return (
    <section className="rounded-2xl border border-line bg-surface p-5">
      <h2 className="text-lg font-semibold">{heading}</h2>
      <dl className="mt-4 space-y-3">
        {facts.map(([label, value]) => (
          <div key={label} className="grid gap-x-4 sm:grid-cols-[7rem_1fr]">
            <dt className="text-sm leading-6 text-muted">{label}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
