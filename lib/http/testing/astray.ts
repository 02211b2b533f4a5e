/**
 * Values of `next` by which people have been sent to other sites, and their relatives: what comes before the slashes,
 * the slashes, and what comes after them, each in every combination and in every encoding. Some 13 000.
 */
export function astray(): readonly string[] {
  const values = new Set<string>();
  for (const lead of LEADS) {
    for (const slashes of SLASHES) {
      for (const host of HOSTS) {
        const value = `${lead}${slashes}${host}`;
        values.add(value);
        values.add(encodeURI(value));
        values.add(encodeURIComponent(value));
        values.add(encodeURIComponent(encodeURIComponent(value)));
        values.add(value.replace(/[/\\.@]/g, (each) => `%${each.charCodeAt(0).toString(16)}`));
      }
    }
  }
  for (const script of SCRIPTS) for (const lead of LEADS) values.add(`${lead}${script}`);
  return [...values];
}

const LEADS = [
  "",
  " ",
  "\t",
  "\n",
  "\r\n",
  "\0",
  "\u00a0",
  "/",
  "/.",
  "/..",
  "/a/..",
  "/;",
  "/\t",
  "/\r\n",
  "/%09",
  "/%2e",
  ".",
  "?",
  "#",
  "@",
  "http:",
  "hTTps:",
  "https:\t",
  "blob:",
  "/dashboard",
  "/dashboard/..",
];

const SLASHES = [
  "",
  "/",
  "//",
  "///",
  "\\",
  "\\\\",
  "/\\",
  "\\/",
  "/\t/",
  "/\n\\",
  "/./",
  "/%2f",
  "%5c/",
  "/\u2215",
  "\uff0f\uff0f",
  "/\uff3c",
];

const HOSTS = [
  "evil.example",
  "evil.example:80/path?query#fragment",
  "evil\u3002example",
  "localhost:3000@evil.example",
  "O%40evil.example",
  "[::1]",
  "0x7f.1",
];

const SCRIPTS = [
  "javascript:alert(1)",
  "JaVaScRiPt://%0aalert(1)",
  "java\tscript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x",
  "file:///etc/passwd",
  "mailto:a@b.example",
];
