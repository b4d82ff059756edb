import { runDemo } from "./demo.ts";
import { renderDemo } from "./render.ts";

const known = new Set(["--json", "--live"]);
const args = process.argv.slice(2).filter((arg) => arg !== "--");
const unknown = args.find((arg) => !known.has(arg));

if (unknown !== undefined) {
  process.stderr.write(`start: unknown option ${unknown}. Valid: ${[...known].join(", ")}\n`);
  process.exitCode = 2;
} else {
  const demo = await runDemo({ live: args.includes("--live") });
  process.stdout.write(args.includes("--json") ? `${JSON.stringify(demo)}\n` : renderDemo(demo));
  if (demo.calls.every(({ first }) => first.error !== undefined)) process.exitCode = 1;
}
