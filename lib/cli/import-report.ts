import type { Outcome } from "@/lib/auth/import-users";
import type { PlacedReading } from "@/lib/transfer/source";

/** What became of one entry, as a line for programs. Never a hash. */
export function jsonLineOf({ place, formerId }: PlacedReading, outcome: Outcome): string {
  const said = {
    place,
    former_id: formerId,
    outcome: outcome.outcome,
    ...whatBecame(outcome),
  };
  return `${JSON.stringify(said)}\n`;
}

function whatBecame(outcome: Outcome) {
  if (outcome.outcome === "refused") return { reason: outcome.refused };
  const { id, username, email } = outcome.user;
  return { id, username, email };
}

/** The same for people, with its end; nothing of those of whom there is nothing to say. */
export function textLineOf({ place }: PlacedReading, outcome: Outcome): string {
  if (outcome.outcome === "refused") return `${place}: refused, ${outcome.refused}\n`;
  if (outcome.outcome === "present" || !outcome.isNameDerived) return "";
  const { username, email } = outcome.user;
  return `${place}: ${email} has no user name here and is called ${username}\n`;
}

export function tellCounts(
  { created, present, refused }: Readonly<Record<Outcome["outcome"], number>>,
  isDryRun: boolean,
): string {
  const sentence = `${created} created, ${present} there already, ${refused} refused.`;
  return isDryRun ? `Nothing was written. It would be: ${sentence}` : sentence;
}
