import { classNames } from "./class-names";
import type { Advice } from "./password-advice";

const LEVELS = [1, 2, 3, 4] as const;

/** Four bars and what they mean, politely announced. Takes the same room when there is nothing to say. */
export function StrengthMeter({ advice }: { readonly advice: Advice | null }) {
  const refused = advice?.level === 1;
  return (
    <div className="mt-1.5">
      <div aria-hidden="true" className={classNames("flex gap-1", advice === null && "invisible")}>
        {LEVELS.map((level) => (
          <span
            key={level}
            className={classNames(
              "h-1 grow rounded-full",
              advice === null || advice.level < level
                ? "bg-line"
                : refused
                  ? "bg-danger"
                  : "bg-accent",
            )}
          />
        ))}
      </div>
      <p
        role="status"
        className={classNames("mt-1 min-h-5 text-sm", refused ? "text-danger" : "text-muted")}
      >
        {advice?.text}
      </p>
    </div>
  );
}
