/** A command of the documents that the check does not run. */
export interface NotRun {
  /** The line as it stands there, without its comment. */
  readonly command: string;
  readonly reason: string;
  /** What tells the flags that its program knows: a command that prints help, or a source file. */
  readonly flags?: readonly [program: string, ...args: string[]] | string;
}

const node = process.execPath;
const pnpm = "npx -y pnpm@12.21.0";
const itself = "what it does is a step of `pnpm check` itself";
const apart = "CI runs it by itself: it takes minutes";
const measures = "it takes minutes, and its figures are the machine's; test/benchmarks tests it";
const asks = "it asks a person, and writes a file to commit";
const published =
  "it installs from the public registry; `pnpm release:dry` does it from one on loopback";

export const notRun: readonly NotRun[] = [
  { command: `${pnpm} test`, reason: itself },
  { command: `${pnpm} stress:secrets`, reason: apart },
  { command: `${pnpm} e2e`, reason: apart },
  { command: "pnpm check", reason: itself },
  { command: "pnpm size", reason: apart },
  { command: "pnpm release:dry", reason: apart },
  {
    command: "pnpm size --record",
    reason: "it changes the figures that are recorded",
    flags: "scripts/size/main.ts",
  },
  { command: "pnpm bench", reason: measures },
  { command: "pnpm bench hit sdk", reason: measures },
  { command: "pnpm bench --full", reason: measures, flags: "benchmarks/main.ts" },
  { command: "pnpm bench --json", reason: measures, flags: "benchmarks/main.ts" },
  {
    command: "rm -r packages/*/dist && pnpm exec turbo run build --force",
    reason: "it takes away what the checks beside it use",
    flags: ["turbo", "run", "--help"],
  },
  { command: "pnpm changeset", reason: asks },
  {
    command: "pnpm changeset status",
    reason: "it needs the branch main, which a checkout may lack",
  },
  { command: "pnpm create acc-provider", reason: published },
  {
    command:
      "npm create acc-provider@latest -- my-provider --yes --id acme --base-url http://localhost:8080/v1",
    reason: published,
    flags: [node, "packages/create-acc-provider/dist/main.js", "--help"],
  },
  { command: "cd my-provider", reason: published },
  { command: "npm install", reason: published },
  { command: "npm test", reason: published },
];
