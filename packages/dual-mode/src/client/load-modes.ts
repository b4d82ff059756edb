import type { Mode } from "../contract/mode.ts";
import type { LoadedProvider, ModeSource, Provider, ProviderMode } from "../contract/provider.ts";
import { DualModeError } from "../error.ts";

/**
 * The provider with its modes there.
 * @throws {@link DualModeError} `PROVIDER_FAULT` where one cannot be loaded
 */
export async function loadModes<Options>(
  provider: Provider<Options>,
): Promise<LoadedProvider<Options>> {
  const { cli, sdk, ...rest } = provider;
  const [ownCli, api] = await Promise.all([load("cli", cli), load("sdk", sdk)]);
  return { ...rest, ...(ownCli && { cli: ownCli }), ...(api && { sdk: api }) };
}

async function load<Options>(
  name: Mode,
  source: ModeSource<Options> | undefined,
): Promise<ProviderMode<Options> | undefined> {
  if (typeof source !== "function") return source;
  try {
    return await source();
  } catch (cause) {
    const message = `The provider could not load its ${name} mode.`;
    throw new DualModeError("PROVIDER_FAULT", message, { cause });
  }
}
