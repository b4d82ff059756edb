import type { Mode } from "../contract/mode.ts";
import type {
  LoadedProvider,
  ModeSource,
  NamedProvider,
  ProviderMode,
} from "../contract/provider.ts";
import { unloadedMode } from "./unloaded-mode.ts";

/**
 * Loads the provider's modes. A mode that cannot be loaded cannot be used, but the other one can.
 */
export async function loadModes<Options>(
  provider: NamedProvider<Options>,
): Promise<LoadedProvider<Options>> {
  const { cli, sdk, ...rest } = provider;
  const [byCli, bySdk] = await Promise.all([load("cli", cli), load("sdk", sdk)]);
  return { ...rest, ...(byCli && { cli: byCli }), ...(bySdk && { sdk: bySdk }) };
}

async function load<Options>(
  name: Mode,
  source: ModeSource<Options> | undefined,
): Promise<ProviderMode<Options> | undefined> {
  if (typeof source !== "function") return source;
  try {
    const mode = await source();
    return isMode(mode) ? mode : unloadedMode(name, "what its function gave is not a mode");
  } catch (error) {
    return unloadedMode(name, error instanceof Error ? error.message : String(error));
  }
}

function isMode(mode: unknown): boolean {
  const { credentials, supports, lacks, probe, run } = Object(mode) as Partial<
    ProviderMode<unknown>
  >;
  const lists = [credentials, supports, lacks ?? []].every(Array.isArray);
  return lists && typeof probe === "function" && typeof run === "function";
}
