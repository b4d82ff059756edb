import type { Client, ClientEvent, ClientOptions, Mode, ProviderStatus } from "@acc/dual-mode";
import { canBeAsked } from "../doctor/can-be-asked.ts";
import { Failure, UsageError } from "../failure.ts";
import { untilInterrupted } from "../interrupt.ts";
import { inOwnWords } from "../output/own-words.ts";
import { coloursOf, print, printJson, tell } from "../output/terminal.ts";
import { checkNames, createProvider, openProvider } from "../providers.ts";
import { heldToSetting } from "./held-to-setting.ts";
import { Spending } from "./spending.ts";

/** The outcome of one rule. */
interface Checked {
  readonly rule: string;
  readonly held: boolean;
  readonly reason?: string;
}

export interface TestOptions {
  readonly model?: string;
  readonly only?: Mode;
  readonly json?: boolean;
}

/** Checks the rules that need no simulated vendor against the real one, and shows the usage. */
export async function testNamed(name: string, { only, model, json }: TestOptions): Promise<void> {
  await checkNames([name]);
  const modes = await openModes(name, { ...(model && { model }) }, only);
  const spending = new Spending();
  const create = await openProvider(name);
  const clients: Client[] = [];
  const onEvent = (event: ClientEvent) => spending.count(event);
  const tests = await testsOf(modes, (options) => {
    const client = create({ onEvent, ...(model && { model }), ...options });
    clients.push(client);
    return client;
  });
  if (!json) tell(`${name} is tested with short real calls; they may cost money.`);
  const checks: Checked[] = [];
  await untilInterrupted(async (signal) => {
    signal.addEventListener("abort", () => clients.map((client) => client.close()));
    for (const test of tests) {
      const checked = await check(test);
      signal.throwIfAborted();
      checks.push(checked);
      if (!json) print(lineOf(checked));
    }
  });
  if (json) printJson({ provider: name, rules: checks, spent: spending.told });
  else print(`\n${spending.describe()}`);
  if (checks.some(({ held }) => !held)) process.exitCode = 1;
}

/** @throws Failure if no mode can be asked */
async function openModes(
  name: string,
  options: ClientOptions,
  mode: Mode | undefined,
): Promise<readonly Mode[]> {
  await using client = await createProvider(name, options);
  const [found] = (await client.status()) as readonly [ProviderStatus];
  const status = await heldToSetting(found);
  if (status.model === "") throw noModel(name);
  const wanted = mode === undefined ? (["cli", "sdk"] as const) : [mode];
  const open = wanted.filter((each) => canBeAsked(status, each));
  if (open.length > 0) return open;
  const { credential, keys } = status;
  const closed = [status.cli, status.sdk].find((each) => each?.available === false);
  const fix = keys.length === 0 && credential ? `Run: acc secrets set ${credential.name}` : "";
  const told = closed?.available === false ? closed.fix : "See what is missing: acc doctor";
  throw new Failure("NOT_READY", `${name} cannot be asked by this machine.`, fix || told);
}

function noModel(name: string): UsageError {
  const fix = `Name one with --model; what it has: acc models -p ${name}`;
  return new UsageError(`${name} has no model by default.`, fix);
}

interface NamedTest {
  readonly rule: string;
  readonly run: () => Promise<void>;
}

async function testsOf(
  modes: readonly Mode[],
  create: (options?: ClientOptions) => Client,
): Promise<readonly NamedTest[]> {
  const { testProvider } = await import("@acc/dual-mode/testing");
  const tests: NamedTest[] = [];
  const collect = (rule: string, run: () => Promise<void>) => tests.push({ rule, run });
  for (const mode of modes) testProvider(collect, create, { mode, options: {} });
  return tests;
}

async function check({ rule, run }: NamedTest): Promise<Checked> {
  try {
    await run();
    return { rule, held: true };
  } catch (error) {
    const { redact } = await import("@acc/secrets/redact");
    const reason = error instanceof Error ? error.message : String(error);
    return { rule, held: false, reason: redact(inOwnWords(reason)) };
  }
}

function lineOf({ rule, held, reason = "" }: Checked): string {
  const { green, red } = coloursOf(process.stdout);
  return held
    ? `${green("✓")} ${rule}`
    : `${red("✗")} ${rule}\n    ${reason.replaceAll("\n", "\n    ")}`;
}
