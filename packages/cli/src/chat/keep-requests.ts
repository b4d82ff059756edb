import type { CallOptions } from "@acc/dual-mode";

/** Keeps the user's requests along with their answers, for `acc cache export`. */
export async function keepRequests({ cache }: Pick<CallOptions, "cache">): Promise<void> {
  if (cache !== "off") (await import("@acc/cache")).getGlobalCache({ keepRequests: true });
}
