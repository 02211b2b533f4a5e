"use client";

import { useState } from "react";
import { useAuth } from "@/lib/client/use-auth";
import { PATHS } from "@/lib/contract";
import { Button } from "./button";

/** Ends this session; the document leaves the page afterwards. Says so below itself when it cannot be done. */
export function SignOutButton() {
  const { logout } = useAuth();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");

  const signOut = async () => {
    setBusy(true);
    setProblem("");
    try {
      await logout();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : "That did not work. Please try again.");
      setBusy(false);
    }
  };

  return (
    <form
      method="post"
      action={PATHS.logout}
      className="relative shrink-0"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void signOut();
      }}
    >
      <Button look="quiet" size="small" busy={busy}>
        Sign out
      </Button>
      <p role="alert" className="absolute top-full right-0 z-10 mt-2 w-64">
        {problem !== "" && (
          <span className="block rounded-xl border border-danger bg-danger-soft px-4 py-2.5 text-sm text-danger shadow-lg">
            {problem}
          </span>
        )}
      </p>
    </form>
  );
}
