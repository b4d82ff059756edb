import { DualModeError } from "@acc/dual-mode";
import type { Target } from "../contract/access.ts";
import type { Clients } from "./route.ts";

/**
 * Parses `provider/model`, or only a provider, which means its default model; undefined for
 * anything else.
 */
export function toTarget(name: string, clients: Clients): Target | undefined {
  if (Object.hasOwn(clients, name)) return { provider: name };
  const slash = name.indexOf("/");
  const provider = name.slice(0, slash);
  const model = name.slice(slash + 1);
  const isKnown = slash > 0 && model !== "" && Object.hasOwn(clients, provider);
  return isKnown ? { provider, model } : undefined;
}

export function nameOf({ provider, model }: Target): string {
  return model === undefined ? provider : `${provider}/${model}`;
}

/**
 * What the option `models` sets for one name: the models to call, with `*` replaced by the name in
 * the request.
 */
export interface Setting {
  readonly name: string;
  readonly targets: (asked: string) => readonly Target[];
}

/** @throws {@link DualModeError} `INVALID_REQUEST` for no model, or for one of an unknown provider */
export function toSetting(
  name: string,
  value: string | readonly string[],
  clients: Clients,
): Setting {
  const all = typeof value === "string" ? [value] : value;
  if (all.length === 0) throw wrong(name, "names no model", clients);
  const targets = all.map((each) => {
    const target = toTarget(each, clients);
    if (target === undefined) throw wrong(name, `names "${each}"`, clients);
    return target;
  });
  return {
    name,
    targets: (asked) =>
      targets.map(({ provider, model }) =>
        model === undefined ? { provider } : { provider, model: model.replaceAll("*", asked) },
      ),
  };
}

function wrong(name: string, what: string, clients: Clients): DualModeError {
  const providers = Object.keys(clients).join(", ");
  return new DualModeError("INVALID_REQUEST", `models: "${name}" ${what}.`, {
    fix: `A model is named provider/model; the providers are ${providers}.`,
  });
}
