import { runDemo } from "./demo.ts";
import { renderDemo } from "./render.ts";

const help = `Shows the main job: a call by each mode of each provider, the same again from the cache,
and a vendor that fails. It is offline: a server on loopback plays the vendors.

  --json   the same as one JSON document
  --live   ask the vendors, with the keys and logins that this machine has; they may cost something
  --help   this
`;
const known = new Set(["--json", "--live", "--help", "-h"]);
const args = process.argv.slice(2).filter((arg) => arg !== "--");
const unknown = args.find((arg) => !known.has(arg));

if (unknown !== undefined) {
  process.stderr.write(`start: unknown option ${unknown}. Valid: ${[...known].join(", ")}\n`);
  process.exitCode = 2;
} else if (args.includes("--help") || args.includes("-h")) {
  process.stdout.write(help);
} else {
  const demo = await runDemo({ live: args.includes("--live") });
  process.stdout.write(args.includes("--json") ? `${JSON.stringify(demo)}\n` : renderDemo(demo));
  if (demo.calls.every(({ first }) => first.error !== undefined)) process.exitCode = 1;
}
