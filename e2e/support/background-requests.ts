/**
 * Runs in a page of another site, so it stands alone: asks every endpoint in every way that needs no visitor.
 * What could be read or was let in comes back, a word each.
 */
export async function sendEverything(target: {
  readonly origin: string;
  readonly endpoints: readonly string[];
  readonly body: string;
}): Promise<readonly string[]> {
  const told: string[] = [];
  const isAnswered = (url: string, init: RequestInit) =>
    fetch(url, { credentials: "include", ...init }).then(
      ({ type }) => type !== "opaque",
      () => false,
    );
  const isLoaded = (element: HTMLElement, url: string) =>
    new Promise<boolean>((resolve) => {
      element.onload = () => resolve(true);
      element.onerror = () => resolve(false);
      element.setAttribute(element.tagName === "LINK" ? "href" : "src", url);
      document.head.append(element);
    });
  for (const endpoint of target.endpoints) {
    const url = `${target.origin}${endpoint}`;
    const note = (how: string) => told.push(`${how} ${endpoint}`);
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const json = { "content-type": "application/json" };
    for (const method of ["GET", "POST", "HEAD"]) {
      const body = method === "POST" ? { body: target.body, headers: form } : {};
      if (await isAnswered(url, { method, mode: "no-cors", ...body })) note(`no-cors ${method}`);
      if (await isAnswered(url, { method, ...body })) note(`cors ${method}`);
    }
    if (await isAnswered(url, { method: "POST", body: "{}", headers: json })) note("json");
    if (await isAnswered(url, { method: "DELETE" })) note("delete");
    navigator.sendBeacon(url, new Blob([target.body], { type: form["content-type"] }));
    if (await isLoaded(document.createElement("img"), url)) note("img");
    if (await isLoaded(document.createElement("script"), url)) note("script");
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet" });
    if (await isLoaded(style, url)) note("stylesheet");
    document.head.append(
      Object.assign(document.createElement("link"), { rel: "prefetch", href: url }),
    );
  }
  return told;
}
