import type { Metadata } from "next";
import { listOwnSessions, protectedPage } from "@/lib/http/page-session";
import { Overview } from "./overview";

export const metadata: Metadata = { title: "Dashboard" };

/** Who is signed in, by which session, and where else. */
export default protectedPage(async ({ user, session }) => (
  <Overview user={user} session={session} sessions={await listOwnSessions()} />
));
