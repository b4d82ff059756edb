import type { ProviderMode } from "../contract/provider.ts";
import type { ProtocolCommandOptions } from "./protocol-options.ts";

/** Returns a mode for any command that speaks docs/cli-protocol.md. */
export function protocolCommand(options: ProtocolCommandOptions): ProviderMode<object> {
  const { credentials = ["none"], supports, lacks = [] } = options;
  return {
    credentials,
    supports,
    lacks,
    async probe(context) {
      const { probeProtocol } = await import("./run-protocol.ts");
      return probeProtocol(options, context);
    },
    async *run(request, context) {
      const { runProtocol } = await import("./run-protocol.ts");
      yield* runProtocol(options, request, context);
    },
  };
}
