import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { installTargets, targets } from "../cli/targets.ts";
import { compare, row } from "../harness/compare.ts";
import { key } from "../harness/dummy-key.ts";
import { repeated } from "../harness/repeated.ts";
import type { Bench, Goal, Row, Table } from "../harness/report.ts";
import { startVendors } from "../harness/vendors.ts";
import { Machine } from "./machine.ts";

const byItself = "acc chat, by itself";
const through = "acc chat, through acc serve";
/** Milliseconds in which a process is ready to be called: several times what its start takes. */
const warmUp = 4_000;

/** What tells `acc` of a CLI, of its key and of the vendor's address. */
const variables = {
  claude: ["ACC_CLAUDE_CLI", "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL"],
  gemini: ["ACC_GEMINI_CLI", "GEMINI_API_KEY", "GOOGLE_GEMINI_BASE_URL"],
  openai: ["ACC_OPENAI_CLI", "OPENAI_API_KEY", "OPENAI_BASE_URL"],
} as const;

export const bench: Bench = {
  title: "acc chat in CLI mode, by itself and through a running acc serve",
  async run() {
    installTargets();
    using vendors = await startVendors();
    const tables: Table[] = [];
    const goals: Goal[] = [];
    for (const name of ["claude", "gemini", "openai"] as const) {
      const rows = await measure(name, vendors.url);
      tables.push({ title: name, unit: "ms", reference: byItself, rows });
      const measured = row(rows, through).ratio;
      goals.push({
        says: `${name}, ${through}: of ${byItself}`,
        measured,
        atMost: 0.35,
        unit: "x",
      });
    }
    return { tables, goals, remarks };
  },
};

const remarks = [
  "Whole commands, from their start to their end, with the real CLIs; the vendor answers at once. Through the server (`ACC_SERVER=auto`) a process that has waited there answers.",
];

async function measure(name: keyof typeof variables, url: string): Promise<Row[]> {
  const { command = "" } = targets.find((target) => target.name === name) ?? {};
  const [cli, apiKey, baseUrl] = variables[name];
  await using machine = new Machine({ [cli]: command, [apiKey]: key, [baseUrl]: url });
  const words = ["chat", "--json", "--no-cache", "--only", "cli", "-p", name];
  const chat = async (env: NodeJS.ProcessEnv) =>
    (await machine.json([...words, "Say hello in 2 pieces"], env)) as { readonly warm?: true };
  await machine.serve();
  const auto = { ACC_SERVER: "auto" };
  await chat(auto);
  const warm = async () => assert.equal((await chat(auto)).warm, true);
  return await compare(
    [
      { name: byItself, kind: "ours", batch: repeated(() => chat({})) },
      { name: through, kind: "ours", ready: () => delay(warmUp), batch: repeated(warm) },
    ],
    { reference: byItself, rounds: 11, count: 1, unitUs: 1000 },
  );
}
