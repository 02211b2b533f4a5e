import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { ShownDashboard, SOMEBODY } from "../../../shown-dashboard";
import { auth } from "../../auth";

/** Guarded as Better Auth's documentation has it. */
export default async function Page() {
  const session = await auth.api.getSession({ headers: await headers() });
  if (session === null) redirect("/login");
  const { id, name, email, createdAt } = session.user;
  const created_at = createdAt.toISOString();
  return <ShownDashboard user={{ ...SOMEBODY, id, name, email, created_at }} />;
}
