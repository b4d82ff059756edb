import { DualModeError } from "../error.ts";
import { isMembers, type Members } from "../foreign/guards.ts";

/** The members of its body that a mode protects. */
export interface VendorRules {
  /** The provider's id, as the request names it; absent if the mode does not know it. */
  readonly provider?: string;
  /** Protected members, by their path: "model", "generationConfig.candidateCount". */
  readonly fixed: readonly string[];
}

/**
 * Merges the caller's own members into the body of a request. Objects are merged at every depth,
 * all other values are taken as they are.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` if a member is protected, or set by the request
 */
export function withVendorMembers<Body extends object>(
  body: Body,
  vendor: Members | undefined,
  rules: VendorRules,
): Body {
  if (vendor === undefined) return body;
  return merged(body as Members, vendor, { ...rules, path: [] }) as Body;
}

interface Place extends VendorRules {
  readonly path: readonly string[];
}

function merged(body: Members, vendor: Members, place: Place): Members {
  const laid: Record<string, unknown> = { ...body };
  for (const [name, value] of Object.entries(vendor)) {
    const path = [...place.path, name];
    if (name === "__proto__") throw refused(place, path, "JSON's readers make a prototype of it");
    if (place.fixed.includes(path.join("."))) throw refused(place, path, "the mode sets it itself");
    const own = Object.hasOwn(laid, name) ? laid[name] : undefined;
    if (isMembers(value) && (own === undefined || isMembers(own))) {
      laid[name] = merged(own ?? {}, value, { ...place, path });
    } else if (own === undefined) laid[name] = value;
    else throw refused(place, path, "the rest of the request has set it");
  }
  return laid;
}

function refused({ provider }: Place, path: readonly string[], why: string): DualModeError {
  const at = ["request.vendor", provider ?? "…", ...path].join(".");
  return new DualModeError("INVALID_REQUEST", `${at}: ${why}.`, {
    fix: "Leave it out, and use the request's own members instead.",
  });
}
