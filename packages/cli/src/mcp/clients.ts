import type { Client, ClientOptions } from "@acc/dual-mode";
import { namedProviders } from "../chat/choose-client.ts";
import type { Settings } from "../config/settings.ts";
import { UsageError } from "../failure.ts";
import { passOver } from "../providers/pass-over.ts";
import { askedNames, checkNames, createProvider } from "../providers.ts";

/** A provider and, unless its default is meant, one of its models. */
export interface Target {
  readonly name: string;
  readonly model?: string;
}

/** The clients of a server, each opened when it is first used. */
export class McpClients {
  readonly #settings: Settings;
  readonly #options: ClientOptions;
  readonly #open: Map<string, Promise<Client>> = new Map();

  constructor(settings: Settings, options: ClientOptions) {
    this.#settings = settings;
    this.#options = options;
  }

  /**
   * The targets of a call: `gemini`, `gemini,openai` or `claude/claude-haiku-5-5`. If it names no
   * provider, those of the settings, else all.
   *
   * @throws UsageError for a name that no provider has
   */
  async targetsOf(provider: string | undefined, model?: string): Promise<readonly Target[]> {
    const given = provider?.split(",").map((name) => name.trim());
    const named = namedProviders(given, this.#settings);
    if (named.length === 0) {
      const all = await askedNames();
      return all.map((name) => ({ name, ...(model !== undefined && { model }) }));
    }
    const targets = named.map((name) => targetOf(name, model ?? this.#modelOf(given)));
    await checkNames(targets.map(({ name }) => name));
    if (model !== undefined && targets.length > 1) {
      const fix = "Name the models with their providers: gemini/MODEL,openai/MODEL.";
      throw new UsageError("One model is asked of several providers.", fix);
    }
    return targets;
  }

  async clientOf({ name, model }: Target): Promise<Client> {
    const key = JSON.stringify([name, model]);
    const { prefer } = this.#settings;
    const own = { ...(prefer && { prefer }), ...(model !== undefined && { model }) };
    const opening = this.#open.get(key) ?? createProvider(name, { ...this.#options, ...own });
    this.#open.set(key, opening);
    opening.catch(() => this.#open.delete(key));
    return await opening;
  }

  /**
   * A client that tries the targets in order. Of several, an added provider that fails to load is
   * skipped.
   */
  async chainOf(targets: readonly Target[]): Promise<Client> {
    const opened = await Promise.all(
      targets.map((target) => {
        const open = () => this.clientOf(target);
        return targets.length === 1 ? open() : passOver(target.name, open);
      }),
    );
    const clients = opened.filter((client) => client !== undefined);
    const [first] = clients;
    if (first !== undefined && clients.length === 1) return first;
    const { chain } = await import("@acc/dual-mode");
    return chain(clients);
  }

  async close(): Promise<void> {
    const settled = await Promise.allSettled(this.#open.values());
    const opened = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    await Promise.all(opened.map((client) => client.close()));
  }

  /** The model of the settings belongs to the provider of the settings. */
  #modelOf(given: readonly string[] | undefined): string | undefined {
    const { model, provider } = this.#settings;
    return given === undefined && provider !== undefined ? model : undefined;
  }
}

function targetOf(text: string, model: string | undefined): Target {
  const slash = text.indexOf("/");
  if (slash > 0) return { name: text.slice(0, slash), model: text.slice(slash + 1) };
  return { name: text, ...(model !== undefined && { model }) };
}
