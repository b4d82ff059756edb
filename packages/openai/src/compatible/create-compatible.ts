import {
  type Client,
  type ClientOptions,
  chatCompletions,
  DualModeError,
  defineProvider,
} from "@acc/dual-mode/provider";
import type { CompatibleServer } from "./server.ts";
import { usualFeatures } from "./usual-features.ts";

/**
 * Creates a client for an OpenAI-compatible server, without loading the openai SDK.
 *
 * @param server A preset, or a server of your own: `createCompatible({ id, baseUrl }, { model })`.
 * @throws {@link DualModeError} `INVALID_REQUEST` if neither names a model.
 */
export function createCompatible(server: CompatibleServer, options: ClientOptions = {}): Client {
  const { id, baseUrl, key, baseUrlEnv, defaultModel, supports = usualFeatures, ...rest } = server;
  const model = options.model ?? defaultModel;
  if (model === undefined) {
    const fix = `Name one that it has: createCompatible(${id}, { model: "…" }).`;
    throw new DualModeError("INVALID_REQUEST", `${id} has no model by default.`, { fix });
  }
  const credentials = key === undefined ? (["none"] as const) : credentialsOf(key.required);
  return defineProvider({
    id,
    defaultModel: model,
    ...(key && { credential: credentialOf(id, key) }),
    ...(baseUrlEnv && { baseUrl: { env: baseUrlEnv } }),
    sdk: chatCompletions({ ...rest, baseUrl, supports, credentials }),
  })(options);
}

function credentialOf(id: string, { name, env }: NonNullable<CompatibleServer["key"]>) {
  return { name: name ?? `${id.replaceAll("-", "_")}_api_key`, env };
}

function credentialsOf(required: boolean): readonly ("key" | "none")[] {
  return required ? ["key"] : ["key", "none"];
}
