import type { Client, ProviderStatus } from "@acc/dual-mode";
import { providerNames } from "../providers/built-in.ts";
import { heldToSetting } from "../providers/held-to-setting.ts";
import { askedNames, createOf, createProvider } from "../providers.ts";
import { type Finding, findingOf } from "./finding.ts";

/** What this machine has of one provider, as far as it can be told. */
export interface ProviderReport extends Omit<ProviderStatus, "model"> {
  /** Absent where the provider has a fault. */
  readonly model?: string;
  /** Why the provider cannot even be looked at: every call to it ends so. */
  readonly fault?: Finding;
}

/** Looks at all who are asked where nobody is named. Settings that cannot be read hide none of acc's own. */
export async function lookAtAll(): Promise<readonly ProviderReport[]> {
  const names = await askedNames().catch(() => undefined);
  const open = names ? createProvider : async (name: string) => (await createOf(name))({});
  const held = names ? heldToSetting : async (status: ProviderStatus) => status;
  const looks = (names ?? providerNames).map((name) => lookAt(name, () => open(name, {}), held));
  return (await Promise.all(looks)).flat();
}

/** Looks at a provider with the options of a plain call. What stops it is told, not thrown. */
async function lookAt(
  name: string,
  create: () => Promise<Client>,
  held: typeof heldToSetting,
): Promise<readonly ProviderReport[]> {
  try {
    await using client = await create();
    return await Promise.all((await client.status()).map(held));
  } catch (error) {
    const fault = findingOf(error, `Run: acc chat --provider ${name} hi`);
    return [{ provider: name, keys: [], fault }];
  }
}
