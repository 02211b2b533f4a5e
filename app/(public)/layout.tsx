import type { ReactNode } from "react";
import { Brand } from "@/lib/ui/brand";
import { Door } from "@/lib/ui/door";

/** Before the door: the pages for somebody who is not signed in. A band on top of a narrow screen, half of a wide one. */
export default function PublicLayout({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex grow flex-col lg:flex-row">
      <div className="relative h-24 shrink-0 overflow-hidden bg-door lg:h-auto lg:w-5/12">
        <Door />
      </div>
      <div className="flex grow flex-col">
        <header className="mx-auto w-full max-w-md px-6 pt-6 pb-2">
          <Brand markClassName="max-lg:hidden" />
        </header>
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto flex w-full max-w-md grow flex-col px-6 pt-6 pb-16 lg:justify-center"
        >
          {children}
        </main>
      </div>
    </div>
  );
}
