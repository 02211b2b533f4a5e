import { type NextRequest, NextResponse } from "next/server";
import { admit } from "@/lib/http/page-gate";
import { PAGE_PATH_HEADER } from "@/lib/http/page-path";

/**
 * Every page, also the one that says that there is none; not the API and not the files we have. And not what our own
 * server has admitted already, which no request can say of itself: see `lib/launch/page-entrance.ts`.
 */
export const config = {
  matcher: [
    {
      source:
        "/((?!api(?:/|$)|_next/static/|\\.well-known/jwks\\.json$|icon\\.svg$|robots\\.txt$).*)",
      missing: [{ type: "header", key: "(admitted)" }],
    },
  ],
};

/** Stands before every page where our own server does not; see `admit`. */
export async function proxy(request: NextRequest): Promise<Response> {
  const { pathname, search } = request.nextUrl;
  const { policy, loginPath } = await admit(pathname, search, request.headers.get("cookie"));
  if (loginPath !== null) {
    const headers = { ...policy, "Cache-Control": "no-store" };
    return NextResponse.redirect(new URL(loginPath, request.nextUrl), { headers });
  }
  const passedOn = new Headers(request.headers);
  passedOn.set(PAGE_PATH_HEADER, `${pathname}${search}`);
  // where Next looks for the nonce of its own scripts; of what a client sends under these names nothing is left
  passedOn.set("Content-Security-Policy", policy["Content-Security-Policy"]);
  passedOn.delete("Content-Security-Policy-Report-Only");
  return NextResponse.next({ request: { headers: passedOn }, headers: policy });
}
