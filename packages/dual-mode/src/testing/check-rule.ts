import type { Client, ClientOptions } from "../contract/client.ts";
import type { CreateProvider } from "./options.ts";
import type { Changes, Rule } from "./rule.ts";
import type { Stage } from "./stage.ts";

let count = 0;

/**
 * Checks one rule on a stage of its own; its failure says what the rule is for. Each check also has
 * a model and an address of its own, because a route that was refused has a cooldown for all
 * clients of the process.
 */
export async function checkRule(
  rule: Rule,
  open: () => Promise<Stage>,
  createProvider: CreateProvider,
  options: ClientOptions = {},
): Promise<void> {
  count += 1;
  const key = `conformance-key-${process.pid}-${count}`;
  const model = `conformance-${process.pid}-${count}`;
  const baseUrl = `http://127.0.0.1:9/${model}`;
  const stage = await open();
  const clients: Client[] = [];
  const client = (changes: Changes = {}) => {
    const all = {
      ...{ apiKey: key, model, baseUrl, secrets: false, cache: false, retry: 0 },
      ...{ timeout: { total: 10_000 }, only: stage.mode },
      ...stage.options,
      ...options,
      ...changes,
    };
    const given = Object.entries(all).filter(([, value]) => value !== undefined);
    const made = createProvider(Object.fromEntries(given));
    clients.push(made);
    return made;
  };
  try {
    await rule.check({ stage, key, client });
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${rule.purpose}\n${said}`, { cause });
  } finally {
    stage.release();
    await Promise.all(clients.map((each) => each.close()));
    await stage.close();
  }
}
