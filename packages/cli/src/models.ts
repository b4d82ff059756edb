import type { ProviderModels } from "@acc/dual-mode";
import { resolveSettings } from "./config/resolve-settings.ts";
import { untilInterrupted } from "./interrupt.ts";
import { print, printJson, tell } from "./output/terminal.ts";
import { passOver } from "./providers/pass-over.ts";
import { askedNames, checkNames, createProvider } from "./providers.ts";

/** Time for a vendor to list its models, in ms. */
const timeout = 15_000;

export interface ModelsOptions {
  readonly provider?: string;
  readonly json?: boolean;
}

/** The models of one provider, as they are shown. */
interface Shown extends Omit<ProviderModels, "model"> {
  readonly default: string;
  /** The model that the settings name for it. */
  readonly configured?: string;
}

/**
 * Shows each provider's models: those that the key can use or, without such a list, those that the
 * package knows.
 */
export async function showModels({ provider, json }: ModelsOptions): Promise<void> {
  const settings = await resolveSettings();
  const names = provider === undefined ? await askedNames() : await checkNames([provider]);
  const openedBy = provider === undefined ? passOver : openAlone;
  const listed = await untilInterrupted((signal) =>
    Promise.all(names.map((name) => openedBy(name, () => listOf(name, signal)))),
  );
  const models = listed
    .flatMap((list) => list ?? [])
    .map(({ model, ...rest }): Shown => {
      const configured = rest.provider === settings.provider ? settings.model : undefined;
      return { ...rest, default: model, ...(configured !== undefined && { configured }) };
    });
  if (json) {
    printJson({ models });
    return;
  }
  const { table } = await import("./output/table.ts");
  print(table(["provider", "model", "listed by", ""], models.flatMap(rowsOf)));
  tellWhy(models);
}

const openAlone: typeof passOver = (_, run) => run();

async function listOf(name: string, signal: AbortSignal): Promise<readonly ProviderModels[]> {
  const secrets = async () => (await import("./secrets/open-once.ts")).openOnce(undefined);
  const client = await createProvider(name, { secrets });
  try {
    return await client.listModels({ signal, timeout });
  } finally {
    await client.close();
  }
}

function rowsOf(shown: Shown): readonly (readonly string[])[] {
  const { provider, usable, known, configured } = shown;
  const source = usable === undefined ? "this package" : "its API";
  const models = usable?.models ?? known;
  const unlisted = new Set(
    [shown.default, configured].filter((model) => model && !models.includes(model)),
  );
  return [
    ...[...unlisted].map((model) => [provider, model ?? "", "not listed", noteOn(shown, model)]),
    ...models.map((model) => [provider, model, source, noteOn(shown, model)]),
  ];
}

function noteOn(shown: Shown, model: string | undefined): string {
  if (!model) return "";
  const notes = [model === shown.default && "default", model === shown.configured && "configured"];
  return notes.filter(Boolean).join(", ");
}

/**
 * Tells why a list is not the vendor's, so that it is not mistaken for one. Each reason is printed
 * once, with all providers that it applies to.
 */
function tellWhy(models: readonly Shown[]): void {
  const reasons = new Map<string, string[]>();
  for (const { provider, error } of models) {
    if (error === undefined) continue;
    const { code, message, fix } = error;
    const reason = `${message} (${code})${fix === undefined ? "" : `\n  → ${fix}`}`;
    reasons.set(reason, [...(reasons.get(reason) ?? []), provider]);
  }
  for (const [reason, providers] of reasons) {
    const own = "the list is this package's own, not what a key can use";
    tell(`${providers.join(", ")}: ${own}: ${reason}`);
  }
}
