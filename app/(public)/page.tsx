import { readPageSession } from "@/lib/http/page-visitor";
import { buttonClass } from "@/lib/ui/button-class";

/** What this is, and the way in. */
export default async function HomePage() {
  const signedIn = (await readPageSession()) !== null;
  return (
    <>
      <h1 className="text-4xl font-semibold tracking-tight text-balance">
        Your key to the front door
      </h1>
      <p className="mt-5 text-lg text-muted">
        Sign in once and stay signed in on the devices you trust. See every place you are signed in,
        and lock any of them out with one click.
      </p>
      <div className="mt-10 flex flex-wrap gap-3">
        {signedIn ? (
          <a href="/dashboard" className={buttonClass()}>
            Go to dashboard
          </a>
        ) : (
          <>
            <a href="/login" className={buttonClass()}>
              Sign in
            </a>
            <a href="/register" className={buttonClass({ look: "quiet" })}>
              Create account
            </a>
          </>
        )}
      </div>
    </>
  );
}
