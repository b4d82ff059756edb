import { allRules } from "./all-rules.ts";
import { chatCompletionsWire } from "./chat-completions-wire.ts";
import { checkRule } from "./check-rule.ts";
import { openCommand } from "./fake-command.ts";
import { openServer } from "./fake-server.ts";
import type { CreateProvider, ProviderTestOptions, TestFunction } from "./options.ts";
import { type OwnServerOptions, testOwnServer } from "./own-server.ts";
import { protocolWire } from "./protocol-wire.ts";
import type { Rule } from "./rule.ts";
import type { Stage } from "./stage.ts";

/** A rule in one mode. */
interface Case {
  readonly name: string;
  readonly rule: Rule;
  readonly open: () => Promise<Stage>;
}

/**
 * Registers one test for every rule that a provider must keep, in each of its modes. A test's name
 * is its rule; a rule that is declared as a deviation is named with its reason, and must be broken.
 *
 * With a `mode` alone it registers a short suite against a server of the author's own.
 *
 * @throws RangeError if a deviation names no rule.
 */
export function testProvider(
  test: TestFunction,
  createProvider: CreateProvider,
  options: ProviderTestOptions | OwnServerOptions,
): void {
  if ("mode" in options) testOwnServer(test, createProvider, options);
  else testPlayed(test, createProvider, options);
}

/** Registers the whole suite, against the server and the command that it brings. */
function testPlayed(
  test: TestFunction,
  createProvider: CreateProvider,
  options: ProviderTestOptions,
): void {
  const cases = casesOf(options);
  const reasons = new Map(options.deviations?.map(({ rule, reason }) => [rule, reason]));
  for (const name of reasons.keys()) {
    if (!cases.some((each) => each.name === name)) throw new RangeError(`No rule is "${name}".`);
  }
  for (const { name, rule, open } of cases) {
    const check = () => checkRule(rule, open, createProvider, options.options);
    const reason = reasons.get(name);
    if (reason === undefined) test(name, check);
    else test(`${name} (deviates: ${reason})`, () => mustFail(name, check));
  }
}

function casesOf({ sdk, cli }: ProviderTestOptions): readonly Case[] {
  const cases: Case[] = [];
  const add = (
    mode: "sdk" | "cli",
    open: () => Promise<Stage>,
    said: Partial<Record<NonNullable<Rule["needs"]>, unknown>>,
  ) => {
    for (const rule of allRules) {
      const { needs, mode: only = mode } = rule;
      if (only !== mode || (needs !== undefined && said[needs] === undefined)) continue;
      cases.push({ name: `${mode}: ${rule.name}`, rule, open });
    }
  };
  if (sdk !== undefined) {
    const { wire = chatCompletionsWire, reach = (baseUrl) => ({ baseUrl }) } = sdk;
    add("sdk", () => openServer(wire, reach), wire);
  }
  if (cli !== undefined) {
    const { wire = protocolWire, reach = (cliPath) => ({ cliPath }), holds } = cli;
    add("cli", () => openCommand(wire, reach), { ...wire, holds: holds || undefined });
  }
  return cases;
}

async function mustFail(name: string, check: () => Promise<void>): Promise<void> {
  const broken = await check().then(
    () => false,
    () => true,
  );
  if (!broken) throw new Error(`"${name}" is declared as a deviation and holds: take it away.`);
}
