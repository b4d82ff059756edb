import { resolveSettings } from "../config/resolve-settings.ts";
import { providerNames } from "../providers/built-in.ts";
import { createProvider } from "../providers.ts";
import type { Awaited } from "./awaited.ts";

/** The models that the packages list for the chosen provider, else for all. Sends no request. */
export async function modelValues({ given }: Awaited): Promise<readonly string[]> {
  const settings = await resolveSettings().catch(() => ({}) as Record<string, never>);
  const [asked = settings.provider ?? settings.chain?.[0]] =
    given.get("--provider")?.split(",") ?? [];
  const names = asked !== undefined && providerNames.includes(asked) ? [asked] : providerNames;
  return [...new Set((await Promise.all(names.map(knownBy))).flat())];
}

async function knownBy(name: string): Promise<readonly string[]> {
  // No CLI can list models, so mode `cli` sends no key anywhere.
  const client = await createProvider(name, { only: "cli", secrets: false });
  try {
    return (await client.listModels()).flatMap(({ model, known }) => [model, ...known]);
  } finally {
    await client.close();
  }
}
