import { afterEach, beforeAll, beforeEach, vi } from "vitest";
import { PlayedLimit } from "../../../../test/played/played-limit.ts";
import type { ClientOptions } from "../../src/contract/client.ts";
import { DualModeError } from "../../src/error.ts";
import { type Script, says, scripted } from "../scripted-provider.ts";

export const limit = (details = {}) => new DualModeError("RATE_LIMITED", "Slow down.", details);

/** A client that has loaded all it needs: from then on it takes no time but the test's. */
export async function ready(
  ...given: Parameters<typeof scripted>
): Promise<ReturnType<typeof scripted>> {
  const scene = scripted(...given);
  await scene.client.status();
  return scene;
}

/** Answers as a vendor that takes 20 calls a second of each key. */
export function limited(retryAfter: number | undefined = 1_000): Script {
  const limits = new Map<string, PlayedLimit>();
  return async function* (request, context) {
    const { source } = context.credential;
    const vendor = limits.get(source) ?? new PlayedLimit("window", 20, 1_000);
    limits.set(source, vendor);
    if (!vendor.takes(performance.now())) {
      throw limit(retryAfter === undefined ? {} : { retryAfter });
    }
    yield* says("ok")(request, context);
  };
}

export const threeKeys: ClientOptions = {
  apiKey: undefined as never,
  apiKeys: ["pace-key-one", "pace-key-two", "pace-key-three"],
};

/** What a first call loads takes no time of a test's clock. */
export function eachTestOnPlayedTime(): void {
  beforeAll(async () => {
    await scripted({ sdk: { scripts: [says("warm")] } }).client.chat("hi");
  });

  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 29) });
  });

  afterEach(() => {
    vi.useRealTimers();
  });
}
