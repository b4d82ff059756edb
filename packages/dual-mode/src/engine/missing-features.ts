import type { CanonicalRequest } from "../contract/canonical.ts";
import type { Feature } from "../contract/mode.ts";
import type { Lack, ModeFeatures } from "../contract/provider.ts";
import { requiredFeatures } from "../request/required-features.ts";

/** A feature that a request needs and a mode lacks, with the provider's reason, if it gives one. */
export interface MissingFeature {
  readonly feature: Feature;
  readonly reason?: string;
}

/** Returns the features of a request that a mode does not support with the request's model. */
export function missingFeatures(
  { supports, lacks = [] }: ModeFeatures,
  request: CanonicalRequest,
  required: readonly Feature[] = requiredFeatures(request),
): readonly MissingFeature[] {
  return required.flatMap((feature) => {
    const has = supports.includes(feature);
    const lack = lacks.find((each) => (!has || narrows(each)) && isTrueOf(each, feature, request));
    if (has && lack === undefined) return [];
    return [{ feature, ...(lack && { reason: lack.reason }) }];
  });
}

function narrows({ models, when }: Lack): boolean {
  return models !== undefined || when !== undefined;
}

/** Uses `search`, which ignores a pattern's `lastIndex`. */
function isTrueOf(lack: Lack, feature: Feature, request: CanonicalRequest): boolean {
  const { features, models, when } = lack;
  if (!features.includes(feature)) return false;
  if (models !== undefined && request.model.search(models) === -1) return false;
  return when === undefined || when(request);
}
