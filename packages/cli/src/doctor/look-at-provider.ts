import type { ProviderStatus } from "@acc/dual-mode";
import { createProvider } from "../providers.ts";
import { type Finding, findingOf } from "./finding.ts";

/** What this machine has of one provider, as far as it can be told. */
export interface ProviderReport extends Omit<ProviderStatus, "model"> {
  /** Absent where the provider has a fault. */
  readonly model?: string;
  /** Why the provider cannot even be looked at: every call to it ends so. */
  readonly fault?: Finding;
}

/** Looks at a provider with the options of a plain call. What stops it is told, not thrown. */
export async function lookAtProvider(name: string): Promise<readonly ProviderReport[]> {
  try {
    await using client = await createProvider(name, {});
    return await client.status();
  } catch (error) {
    const fault = findingOf(error, `Run: acc chat --provider ${name} hi`);
    return [{ provider: name, keys: [], fault }];
  }
}
