import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { AuthProvider } from "@/lib/client/use-auth";
import { readFormMemory } from "@/lib/http/form-memory";
import { loginPath, safeNext } from "@/lib/http/next-path";
import { pageSettings } from "@/lib/http/page-settings";
import { readPageSession } from "@/lib/http/page-visitor";
import { problemFromCode } from "@/lib/ui/form-problem";
import { TextLink } from "@/lib/ui/text-link";
import { RegisterForm } from "./register-form";

type RegisterPageProps = PageProps<"/register">;

/** The title says an error first: a page that loads anew announces nothing else of it. */
export async function generateMetadata({ searchParams }: RegisterPageProps): Promise<Metadata> {
  const { error } = await searchParams;
  const failed = problemFromCode(error, []) !== null;
  return { title: failed ? "Error: Create an account" : "Create an account" };
}

/** Create an account, where that is open; somebody signed in already goes on to `next`. */
export default async function RegisterPage({ searchParams }: RegisterPageProps) {
  const query = await searchParams;
  const next = safeNext(query.next);
  if ((await readPageSession()) !== null) redirect(next as Route);

  const { passwordMinLength, registrationOpen, usernameRule } = pageSettings();
  const { values, issues } = await readFormMemory(query.error);
  return (
    <AuthProvider initial={null}>
      <h1 className="text-3xl font-semibold tracking-tight">Create an account</h1>
      {registrationOpen ? (
        <RegisterForm
          start={{ next, values, problem: problemFromCode(query.error, issues) }}
          usernameRule={usernameRule}
          passwordMinLength={passwordMinLength}
        />
      ) : (
        <p className="mt-4 text-muted">New accounts cannot be created here at the moment.</p>
      )}
      <p className="mt-8 text-muted">
        Have an account? <TextLink href={loginPath(next)}>Sign in</TextLink>
      </p>
    </AuthProvider>
  );
}
