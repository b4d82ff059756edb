import type { Feature } from "../../packages/dual-mode/src/contract/mode.ts";
import type { Lack, ModeFeatures } from "../../packages/dual-mode/src/contract/provider.ts";

/** What a table says of a feature: a mode has it, has it in part, or has it not. */
export function cellOf(feature: Feature, { supports, lacks = [] }: ModeFeatures): string {
  if (!supports.includes(feature)) return "";
  return lacks.some((lack) => narrows(lack, feature)) ? "in part" : "yes";
}

function narrows({ features, models, when }: Lack, feature: Feature): boolean {
  return features.includes(feature) && (models !== undefined || when !== undefined);
}
