import type { ReactNode } from "react";
import type { WireUser } from "@/lib/contract";
import { Brand } from "./brand";
import { ConnectionNote } from "./connection-note";
import { SignOutButton } from "./sign-out-button";

interface SignedInFrameProps {
  readonly user: WireUser;
  readonly children: ReactNode;
}

/** What every page of a signed-in user has around it. Belongs inside `AuthProvider`. */
export function SignedInFrame({ user, children }: SignedInFrameProps) {
  return (
    <>
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex w-full max-w-4xl items-center gap-4 px-6 py-3">
          <Brand />
          <p className="ml-auto min-w-0 truncate text-sm text-muted">
            {user.name ?? user.username}
          </p>
          <SignOutButton />
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-4xl grow px-6 py-12">
        {children}
      </main>
      <ConnectionNote />
    </>
  );
}
