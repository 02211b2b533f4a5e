import { searchEvidence } from "./search";

/**
 * The last part of `npm test`: what all servers of the run wrote, and all databases they filled, hold none of the
 * secrets that were used. Having nothing to search is a failure too.
 */

const [folder = ""] = process.argv.slice(2);
const { logs, logBytes, files, dumps, secrets, findings } = await searchEvidence(folder);
const say = (line: string) => void process.stdout.write(`${line}\n`);

say(
  `${logs} logs (${logBytes} bytes), ${files} SQLite files and ${dumps} PostgreSQL databases, searched for ${secrets} secrets.`,
);
for (const finding of findings) say(finding);
const isComplete = logBytes > 0 && files > 0 && dumps > 0 && secrets > 0;
if (!isComplete) say("Something of this was not collected, so nothing is shown.");
process.exitCode = isComplete && findings.length === 0 ? 0 : 1;
