import type { Reply } from "../contract/reply.ts";
import type { KeptPart } from "../engine/kept-parts.ts";
import { keptReply } from "../engine/kept-reply.ts";
import type { ClientParts } from "./client-parts.ts";
import type { PreparedCall } from "./prepare-call.ts";

/**
 * The whole answer of a chat that memory has at hand. Undefined where there is none, where one is
 * not wanted, and where it has to be checked first: then the call goes its long way.
 */
export function replyAtHand<Options extends object>(
  { provider, report }: Pick<ClientParts<Options>, "provider" | "report">,
  { request, access }: PreparedCall,
): Reply | undefined {
  const { store, policy, tenant, label, cid } = access;
  if (!store || !cid || policy === "refresh" || request.schema) return undefined;
  const started = performance.now();
  const kept = store.peek<readonly KeptPart[]>(cid, { tenant, label })?.value;
  const asked = { provider: provider.id, model: request.canonical.model };
  const reply = kept && keptReply(asked, kept, cid);
  if (!reply) return undefined;
  report({ type: "cache", cid, hit: true });
  report({ type: "reply", reply, ms: Math.round(performance.now() - started) });
  return reply;
}
