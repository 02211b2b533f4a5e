import type { ReactNode } from "react";

interface TextLinkProps {
  readonly href: string;
  readonly children: ReactNode;
}

/**
 * A link within text. Like every link here it loads a new document instead of using the router: the server looks at
 * the session each time, and no page from before a sign-out stays in a cache of scripts.
 */
export function TextLink({ href, children }: TextLinkProps) {
  return (
    <a href={href} className="rounded font-medium text-accent underline underline-offset-4">
      {children}
    </a>
  );
}
