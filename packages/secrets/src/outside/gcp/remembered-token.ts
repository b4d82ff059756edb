import type { AccessToken } from "./gcp-client.ts";

/** A token, and how long it may be used, in milliseconds. */
export interface FreshToken {
  readonly token: string;
  readonly lifetime: number;
}

/** Caches one token for all callers until it expires or is refused. */
export function rememberedToken(
  ask: () => Promise<FreshToken>,
  now: () => number = Date.now,
): AccessToken {
  let known: { readonly token: string; readonly until: number } | undefined;
  let asked: Promise<string> | undefined;
  const fetchToken = async (): Promise<string> => {
    try {
      const { token, lifetime } = await ask();
      known = { token: token.trim(), until: now() + lifetime };
      return known.token;
    } finally {
      asked = undefined;
    }
  };
  return (refused) => {
    if (known && known.token !== refused && now() < known.until) return known.token;
    asked ??= fetchToken();
    return asked;
  };
}
