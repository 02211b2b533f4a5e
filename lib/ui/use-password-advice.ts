"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import type { Advice } from "./password-advice";

const PAUSE_MILLISECONDS = 250;

/** A module of its own, so that nobody loads the lists of leaked passwords who chooses none. */
const loadAdvisor = () => import("./password-advice").catch(() => null);

interface PasswordAdvice {
  /** Goes around the password input. */
  readonly frame: RefObject<HTMLDivElement | null>;
  /** Null: nothing is typed, or nothing can be said yet; the server decides anyway. */
  readonly advice: Advice | null;
}

/**
 * What to say of the password in a frame, as soon as its typing pauses. The lists are loaded when the focus comes; the
 * other fields of the form say who the owner is.
 */
export function usePasswordAdvice(minLength: number): PasswordAdvice {
  const frame = useRef<HTMLDivElement>(null);
  const [advice, setAdvice] = useState<Advice | null>(null);

  useEffect(() => {
    const input = frame.current?.querySelector("input");
    if (!input) return;
    let pause: ReturnType<typeof setTimeout>;
    const say = async () => {
      const advisor = await loadAdvisor();
      if (input.value === "" || advisor === null) return setAdvice(null);
      setAdvice(advisor.advise(input.value, identityIn(input.form), minLength));
    };
    const onInput = () => {
      clearTimeout(pause);
      pause = setTimeout(say, PAUSE_MILLISECONDS);
    };
    input.addEventListener("focus", loadAdvisor);
    input.addEventListener("input", onInput);
    // somebody was there before the scripts were
    if (input.value !== "") onInput();
    else if (input === document.activeElement) void loadAdvisor();
    return () => {
      clearTimeout(pause);
      input.removeEventListener("focus", loadAdvisor);
      input.removeEventListener("input", onInput);
    };
  }, [minLength]);

  return { frame, advice };
}

function identityIn(form: HTMLFormElement | null) {
  const typed = (name: string) => String((form && new FormData(form).get(name)) ?? "");
  return { username: typed("username"), email: typed("email"), name: typed("name") };
}
