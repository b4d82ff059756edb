import type { Reply } from "../contract/reply.ts";
import type { KeptPart } from "../engine/kept-parts.ts";
import { keptReply } from "../engine/reply-from-kept.ts";
import type { ClientParts } from "./client-parts.ts";
import type { PreparedCall } from "./prepare-call.ts";

/** An answer that the cache has in memory. */
export interface ReplyAtHand {
  readonly kept: readonly KeptPart[];
  /** Reports the reply, and returns it. */
  deliver(): Reply;
}

/**
 * Returns the whole answer if the cache has it in memory. Undefined if there is none, if none is
 * wanted, or if it must be checked first: then the call takes the normal path.
 */
export function replyAtHand<Options extends object>(
  { provider }: Pick<ClientParts<Options>, "provider">,
  { request, access, events }: PreparedCall,
): ReplyAtHand | undefined {
  const { store, policy, tenant, label, cid } = access;
  if (!store || !cid || policy === "refresh" || request.schema) return undefined;
  const entry = store.peek<readonly KeptPart[]>(cid, { tenant, label });
  if (!entry) return undefined;
  const asked = { provider: provider.name, model: request.canonical.model };
  const reply = keptReply(asked, entry.value, cid);
  if (!reply) return undefined;
  events.report({ type: "cache", cid, hit: true, storedAt: entry.storedAt });
  return { kept: entry.value, deliver: () => events.replied(reply) };
}
