import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { AuthProvider } from "@/lib/client/use-auth";
import { readFormMemory } from "@/lib/http/form-memory";
import { safeNext } from "@/lib/http/next-path";
import { readPageSession } from "@/lib/http/page-visitor";
import { problemFromCode } from "@/lib/ui/form-problem";
import { TextLink } from "@/lib/ui/text-link";
import { LoginForm } from "./login-form";
import { reasonText } from "./reason-text";

type LoginPageProps = PageProps<"/login">;

/** The title says an error first: a page that loads anew announces nothing else of it. */
export async function generateMetadata({ searchParams }: LoginPageProps): Promise<Metadata> {
  const { error } = await searchParams;
  return { title: problemFromCode(error, []) === null ? "Sign in" : "Error: Sign in" };
}

/** Sign in; somebody signed in already goes on to `next`. */
export default async function LoginPage({ searchParams }: LoginPageProps) {
  const query = await searchParams;
  const next = safeNext(query.next);
  if ((await readPageSession()) !== null) redirect(next as Route);

  const { values, issues } = await readFormMemory(query.error);
  return (
    <AuthProvider initial={null}>
      <h1 className="text-3xl font-semibold tracking-tight">Sign in</h1>
      <LoginForm
        start={{
          next,
          values,
          problem: problemFromCode(query.error, issues),
          notice: reasonText(query.reason),
        }}
      />
      <p className="mt-8 text-muted">
        New here?{" "}
        <TextLink href={`/register?${new URLSearchParams({ next })}`}>Create an account</TextLink>
      </p>
    </AuthProvider>
  );
}
