import type { LoopbackServer } from "../../../scripts/loopback-server.ts";
import { type CompatibleServer, createCompatible } from "../src/compatible.ts";

export const model = "some-model";
const keyOf = (server: CompatibleServer, key = "dummy-key") => (server.key ? { apiKey: key } : {});

/** A client of the preset at the server, which keeps nothing. */
export function open(preset: CompatibleServer, { url }: LoopbackServer) {
  const alone = { secrets: false, cache: false, retry: 0 } as const;
  return createCompatible(preset, { ...alone, ...keyOf(preset), model, baseUrl: url });
}
