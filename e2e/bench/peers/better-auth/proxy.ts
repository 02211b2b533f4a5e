import { randomBytes } from "node:crypto";
import { getSessionCookie } from "better-auth/cookies";
import { type NextRequest, NextResponse } from "next/server";
import { pageHeaders } from "@/lib/http/security-headers";

export const config = { matcher: ["/dashboard/:path*"] };

/** Better Auth's own look at the cookie, and the security policy that our page has: else it would be another page. */
export function proxy(request: NextRequest): Response {
  if (getSessionCookie(request) === null) {
    return NextResponse.redirect(new URL("/login", request.nextUrl));
  }
  const nonce = randomBytes(16).toString("base64");
  const policy = pageHeaders({ nonce, origin: request.nextUrl.origin, dev: false });
  const passedOn = new Headers(request.headers);
  passedOn.set("Content-Security-Policy", policy["Content-Security-Policy"]);
  return NextResponse.next({ request: { headers: passedOn }, headers: policy });
}
