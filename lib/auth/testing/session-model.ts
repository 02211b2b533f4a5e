import type { AuthSettings } from "../context";

const opened = { generation: 0, rotatedAt: 0, idleEndAt: 0, absoluteEndAt: 0 };
export type Line = typeof opened & { attempt: string | null; revoked: string | null };

/** The sessions of one user by name, instants in milliseconds: the rules once more, told independently. Returns answers. */
export class SessionModel {
  isDisabled = false;
  lines: Line[] = [];
  constructor(readonly limits: AuthSettings) {}

  ended({ revoked, idleEndAt }: Line, now: number): string | null {
    return revoked ?? (now >= idleEndAt ? "expired" : this.isDisabled ? "disabled" : null);
  }

  end(lines: readonly Line[], reason: string, now: number) {
    for (const line of lines.filter((each) => now < each.idleEndAt)) line.revoked ??= reason;
    return "done";
  }

  login(name: number, remember: boolean, replaced: Line | null, now: number) {
    if (this.isDisabled) return "invalid_credentials";
    this.end(replaced ? [replaced] : [], "replaced", now);
    const live = this.lines.filter((line) => this.ended(line, now) === null);
    live.sort((a, b) => b.rotatedAt - a.rotatedAt);
    this.end(live.slice(this.limits.maxSessionsPerUser - 1), "cap", now);
    const absoluteEndAt = now + (remember ? this.limits.absoluteSeconds : 86_400) * 1000;
    this.lines[name] = { ...opened, absoluteEndAt, attempt: null, revoked: null };
    return this.rotate(this.lines[name], 0, null, now);
  }

  refresh(line: Line, shown: number, attempt: string | null, now: number) {
    const ended = this.ended(line, now);
    if (ended !== null) return ended;
    if (shown === line.generation) return this.rotate(line, shown + 1, attempt, now);
    const isMine = attempt !== null && attempt === line.attempt;
    const windowSeconds = this.limits[isMine ? "recoverySeconds" : "graceSeconds"];
    const isLast = shown === line.generation - 1;
    if (isLast && now < line.rotatedAt + windowSeconds * 1000) return line.generation;
    line.revoked = isLast && isMine ? "recovery_expired" : "reuse";
    return line.revoked;
  }

  private rotate(line: Line, generation: number, attempt: string | null, now: number) {
    const idleEndAt = Math.min(now + this.limits.idleSeconds * 1000, line.absoluteEndAt);
    Object.assign(line, { generation, attempt, idleEndAt, rotatedAt: now });
    return generation;
  }
}
