import type { Caller, Refusal, Target } from "../contract/access.ts";
import { Listing } from "./listing.ts";
import { isPattern, matches } from "./pattern.ts";
import { type Clients, type Route, toRoute } from "./route.ts";
import { nameOf, type Setting, toSetting, toTarget } from "./targets.ts";

/** A model that callers may ask for, as the lists of both wires show it. */
export interface ListedModel {
  readonly id: string;
  /** The provider that answers; of a chain, the one that is asked first. */
  readonly provider: string;
}

/** The names of models, and the routes that they resolve to. */
export class Models {
  readonly #clients: Clients;
  readonly #names: ReadonlyMap<string, Setting>;
  readonly #patterns: readonly Setting[];
  readonly #listing: Listing;
  readonly #routes = new Map<string, Route>();

  /** @throws {@link DualModeError} `INVALID_REQUEST` */
  constructor(
    clients: Clients,
    settings: Readonly<Record<string, string | readonly string[]>> = {},
  ) {
    this.#clients = clients;
    const all = Object.entries(settings).map(([name, value]) => toSetting(name, value, clients));
    this.#names = new Map(all.filter(({ name }) => !isPattern(name)).map((one) => [one.name, one]));
    this.#patterns = all.filter(({ name }) => isPattern(name));
    this.#listing = new Listing(clients);
  }

  /**
   * Finds the route of a name: settings by name, `provider/model`, settings by pattern, a provider
   * that knows it.
   */
  async resolve(asked: string, caller: Caller): Promise<Route | Refusal> {
    const route = this.#known(asked) ?? (await this.#listed(asked));
    if (route === undefined) return this.#unknown(asked, caller);
    if (mayAsk(caller, asked, route.targets)) return route;
    const message = `This key may not ask for the model "${asked}".`;
    return { status: 403, code: "MODEL_NOT_ALLOWED", message };
  }

  /** The models that this caller may ask for. */
  async list(caller: Caller): Promise<readonly ListedModel[]> {
    const named = [...this.#names.values()].map(({ name, targets }) => ({
      id: name,
      targets: targets(name),
    }));
    const listed = [...(await this.#listing.all())].flatMap(([provider, models]) =>
      models.map((model) => ({ id: `${provider}/${model}`, targets: [{ provider, model }] })),
    );
    return [...named, ...listed]
      .filter(({ id, targets }) => mayAsk(caller, id, targets))
      .map(({ id, targets }) => ({ id, provider: targets[0]?.provider ?? "" }));
  }

  #known(asked: string): Route | undefined {
    const kept = this.#routes.get(asked);
    if (kept !== undefined) return kept;
    const target = toTarget(asked, this.#clients);
    const found = this.#names.get(asked)?.targets(asked) ?? (target && [target]);
    const targets = found ?? this.#byPattern(asked) ?? this.#bare(asked);
    if (targets === undefined) return undefined;
    const route = toRoute(this.#clients, targets);
    if (this.#routes.size >= mostRoutes) this.#routes.clear();
    this.#routes.set(asked, route);
    return route;
  }

  #byPattern(asked: string): readonly Target[] | undefined {
    return this.#patterns.find(({ name }) => matches(name, asked))?.targets(asked);
  }

  #bare(asked: string): readonly Target[] | undefined {
    const providers = Object.keys(this.#clients);
    const provider = providers.find((each) => this.#listing.known(each).includes(asked));
    return provider === undefined ? undefined : [{ provider, model: asked }];
  }

  /** Finds the route of a name that no package knew at its release, but that a vendor lists now. */
  async #listed(asked: string): Promise<Route | undefined> {
    const all = await this.#listing.all();
    const provider = [...all].find(([, models]) => models.includes(asked))?.[0];
    if (provider === undefined) return undefined;
    return toRoute(this.#clients, [{ provider, model: asked }]);
  }

  async #unknown(asked: string, caller: Caller): Promise<Refusal> {
    const ids = (await this.list(caller)).map(({ id }) => id);
    const shown = ids.slice(0, mostTold).join(", ");
    const rest = ids.length > mostTold ? ` and ${ids.length - mostTold} more` : "";
    const message = `There is no model "${asked.slice(0, 100)}". There are ${shown}${rest}.`;
    return { status: 404, code: "MODEL_NOT_FOUND", message };
  }
}

/** Most routes that are kept: names come from callers. */
const mostRoutes = 1_000;
const mostTold = 30;

/**
 * Whether the caller may use the route: its patterns match the name in the request, or every model
 * that may answer.
 */
function mayAsk(caller: Caller, asked: string, targets: readonly Target[]): boolean {
  const patterns = caller.kind === "key" ? caller.models : undefined;
  if (patterns === undefined) return true;
  const isNamed = (name: string) => patterns.some((pattern) => matches(pattern, name));
  return isNamed(asked) || targets.every((target) => isNamed(nameOf(target)));
}
