import type { Client, ProviderStatus } from "@acc/dual-mode";
import { providerNames } from "../providers/built-in.ts";
import { heldToSetting } from "../providers/held-to-setting.ts";
import { askedNames, createOf, createProvider } from "../providers.ts";
import { type Finding, findingOf } from "./finding.ts";

/** The state of one provider on this machine, as far as it is known. */
export interface ProviderReport extends Omit<ProviderStatus, "model"> {
  /** Absent if the provider has a fault. */
  readonly model?: string;
  /** Why the status of the provider cannot be read; every call to it fails for the same reason. */
  readonly fault?: Finding;
}

/**
 * Looks at all providers that are asked when none is named. If the settings cannot be read, looks
 * at acc's own providers.
 */
export async function lookAtAll(): Promise<readonly ProviderReport[]> {
  const names = await askedNames().catch(() => undefined);
  const open = names ? createProvider : async (name: string) => (await createOf(name))({});
  const held = names ? heldToSetting : async (status: ProviderStatus) => status;
  const looks = (names ?? providerNames).map((name) => lookAt(name, () => open(name, {}), held));
  return (await Promise.all(looks)).flat();
}

/**
 * Looks at a provider with the options of a plain call. An error is returned as a fault, not
 * thrown.
 */
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
