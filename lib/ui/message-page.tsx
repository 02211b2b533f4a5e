import type { ReactNode } from "react";
import { Brand } from "./brand";

interface MessagePageProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** A page that says one thing and offers a way on. Shows nothing about anybody. */
export function MessagePage({ title, children }: MessagePageProps) {
  return (
    <>
      <header className="px-6 py-5 sm:px-10">
        <Brand />
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto flex w-full max-w-lg grow flex-col justify-center px-6 pb-32"
      >
        <h1 className="text-3xl font-semibold tracking-tight">{title}</h1>
        <div className="mt-4 space-y-8 text-muted">{children}</div>
      </main>
    </>
  );
}
