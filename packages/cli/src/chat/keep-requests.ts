import type { CallOptions } from "@acc/dual-mode";

/** What its user asks of `acc` stays with its answer, for `acc cache export`. */
export async function keepRequests({ cache }: Pick<CallOptions, "cache">): Promise<void> {
  if (cache !== "off") (await import("@acc/cache")).getGlobalCache({ keepRequests: true });
}
