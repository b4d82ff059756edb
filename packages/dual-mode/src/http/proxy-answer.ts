import { DualModeError } from "../error.ts";

/** The words of undici and of Node.js for it. */
const words =
  /Proxy (?:response|Authentication Required) \((\d{3})\)|establish tunnel to .* HTTP\/1\.[01] (\d{3})/;
/** Client errors that may be temporary. */
const passing: ReadonlySet<number> = new Set([408, 425, 429]);

/** Finds a proxy's refusal to connect in an error and its causes. */
export function proxyAnswer(
  chain: readonly { readonly message: string }[],
  cause: unknown,
): DualModeError | undefined {
  for (const { message } of chain) {
    const [, undici, node] = words.exec(message.slice(0, 1_000)) ?? [];
    const status = Number(undici ?? node);
    if (Number.isNaN(status)) continue;
    const retryable = status >= 500 || passing.has(status);
    const said = `The proxy answered ${status} in place of a connection to the server.`;
    return new DualModeError("NETWORK", said, { fix: fixOf(status), retryable, cause });
  }
  return undefined;
}

function fixOf(status: number): string {
  if (status === 407) {
    return "Name the proxy's user and password in HTTPS_PROXY: http://user:password@host:port.";
  }
  if (status === 403) {
    return "The proxy lets no call through to this host: ask who runs it, or name the host in NO_PROXY.";
  }
  if (status >= 500) return "The proxy does not reach the server: ask who runs it.";
  return "Check the address in HTTPS_PROXY: it may be no proxy.";
}
