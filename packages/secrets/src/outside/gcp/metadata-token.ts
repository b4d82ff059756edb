import { askJson, type Fetch } from "../ask-json.ts";
import { unavailable, unreadable } from "../store-error.ts";
import type { AccessToken } from "./gcp-client.ts";
import { rememberedToken } from "./remembered-token.ts";

/** The metadata server of a Google machine, container or pod. */
export interface MetadataTokenOptions {
  /**
   * The host, with a port if needed.
   * @default the variable GCE_METADATA_HOST, or metadata.google.internal
   */
  readonly host?: string;
  /** The service account of the machine to use. @default "default" */
  readonly account?: string;
  /** How long one answer may take, in milliseconds. @default 10_000 */
  readonly timeout?: number;
  readonly fetch?: Fetch;
}

/** How long before its expiry a token is replaced, in milliseconds. */
const margin = 60_000;

/**
 * Returns access tokens of a Google machine's service account, from its metadata server, as Google
 * documents it (cloud.google.com/compute/docs/metadata/querying-metadata).
 */
export function metadataToken(options: MetadataTokenOptions = {}): AccessToken {
  const { account = "default", timeout = 10_000, fetch = globalThis.fetch } = options;
  return rememberedToken(async () => {
    const host = options.host ?? (process.env.GCE_METADATA_HOST || "metadata.google.internal");
    const path = `computeMetadata/v1/instance/service-accounts/${encodeURIComponent(account)}/token`;
    const url = new URL(`http://${host}/${path}`);
    const headers = { "metadata-flavor": "Google" };
    const { status, body } = await askJson({ method: "GET", url, headers }, { fetch, timeout });
    if (status !== 200) throw unavailable(`The metadata server gives no token (${status}).`);
    const { access_token: token, expires_in: seconds } = (body ?? {}) as Record<string, unknown>;
    if (typeof token !== "string" || typeof seconds !== "number") {
      throw unreadable("The metadata server's answer has no token.");
    }
    return { token, lifetime: Math.max(0, seconds * 1_000 - margin) };
  });
}
