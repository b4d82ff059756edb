import type { SecretsError } from "../../errors.ts";
import type { StoredValue } from "../../stores/stored-value.ts";
import type { JsonAnswer } from "../ask-json.ts";
import { refused, unavailable, unreadable } from "../store-error.ts";
import type { KvPlace } from "./kv-place.ts";
import { saidBy, type VaultClient } from "./vault-client.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The fields and the current version of one path; version 0 means that there never was one. */
interface Kept {
  readonly fields: Fields | undefined;
  readonly version: number;
}

/** How many times a write is tried, while other writers change the same path. */
const mostTries = 20;

/** A KV secrets engine, version 2, at one mount. */
export class KvEngine {
  readonly #client: VaultClient;
  readonly #mount: string;

  constructor(client: VaultClient, mount: string) {
    this.#client = client;
    this.#mount = mount;
  }

  async read({ path, field = "value", version }: KvPlace): Promise<StoredValue | undefined> {
    const kept = await this.#read(path, version);
    const value = kept.fields?.[field];
    if (value === undefined || value === "") return undefined;
    if (typeof value === "string") return { value, version: kept.version };
    throw unreadable(`The field ${field} of ${this.#mount}/${path} in Vault is not a string.`);
  }

  /**
   * Changes one field, keeps the others, and overwrites no concurrent change (check-and-set).
   * Returns the new version; undefined if there was no field to remove.
   */
  async write(place: KvPlace, value: string | undefined): Promise<number | undefined> {
    const { path, field = "value" } = place;
    for (let tries = 0; tries < mostTries; tries += 1) {
      const { fields = {}, version } = await this.#read(path);
      if (value === undefined && fields[field] === undefined) return undefined;
      const { [field]: _, ...others } = fields;
      if (value === undefined && Object.keys(others).length === 0) {
        await this.#removeAll(path);
        return version;
      }
      const data = value === undefined ? others : { ...others, [field]: value };
      const body = { options: { cas: version }, data };
      const answer = await this.#client.ask("POST", `${this.#mount}/data/${path}`, { body });
      if (answer.status === 200) return versionIn(answer);
      const isLate = answer.status === 400 && /check-and-set/i.test(saidBy(answer));
      if (!isLate) throw this.#failed(path, answer);
    }
    throw unavailable(`${this.#mount}/${path} in Vault kept changing during the write. Try again.`);
  }

  /** Lists the names of the secrets in a folder and its subfolders. */
  async list(folder: string, below = ""): Promise<readonly string[]> {
    const path = `${this.#mount}/metadata/${folder}`;
    const answer = await this.#client.ask("GET", path, { query: { list: "true" } });
    if (answer.status === 404) return this.#nothingAt(folder, answer, []);
    if (answer.status !== 200) throw this.#failed(folder, answer);
    const { data } = (answer.body ?? {}) as { data?: { keys?: unknown } };
    if (!Array.isArray(data?.keys)) throw unreadable("Vault's list has no keys.");
    const names: string[] = [];
    for (const key of data.keys.filter((each) => typeof each === "string")) {
      const name = `${below}${key}`;
      if (!key.endsWith("/")) names.push(name);
      else names.push(...(await this.list(`${folder}/${key.slice(0, -1)}`, name)));
    }
    return names;
  }

  /**
   * Removes a path with all its versions: a path whose versions are only deleted is still listed,
   * and could be restored.
   */
  async #removeAll(path: string): Promise<void> {
    const answer = await this.#client.ask("DELETE", `${this.#mount}/metadata/${path}`);
    if (answer.status !== 200 && answer.status !== 204) throw this.#failed(path, answer);
  }

  async #read(path: string, version?: number): Promise<Kept> {
    const query = version === undefined ? {} : { query: { version: String(version) } };
    const answer = await this.#client.ask("GET", `${this.#mount}/data/${path}`, query);
    const { data } = (answer.body ?? {}) as { data?: { data?: unknown; metadata?: unknown } };
    const current = (data?.metadata as { version?: unknown } | undefined)?.version;
    if (answer.status === 404) {
      // For a deleted version Vault answers 404 with the number of the version.
      if (typeof current === "number") return { fields: undefined, version: current };
      return this.#nothingAt(path, answer, { fields: undefined, version: 0 });
    }
    if (answer.status !== 200) throw this.#failed(path, answer);
    if (typeof data?.data !== "object" || data.data === null || typeof current !== "number") {
      throw unreadable(
        `${this.#mount}/${path} in Vault is not a secret of the engine KV, version 2. ` +
          "Check the version of the mount.",
      );
    }
    return { fields: data.data as Fields, version: current };
  }

  /**
   * Returns `nothing` for a missing path, for which Vault answers 404 without errors. Throws for a
   * missing mount, for which Vault answers 404 with errors.
   */
  #nothingAt<T>(path: string, answer: JsonAnswer, nothing: T): T {
    const { errors = [] } = (answer.body ?? {}) as { errors?: unknown };
    if (Array.isArray(errors) && errors.length === 0) return nothing;
    throw this.#failed(path, answer);
  }

  #failed(path: string, answer: JsonAnswer): SecretsError {
    const said = saidBy(answer);
    const words = said === "" ? "" : `: ${said}`;
    return refused(`Vault refuses ${this.#mount}/${path} (${answer.status})${words}.`);
  }
}

function versionIn({ body }: JsonAnswer): number {
  const { data } = (body ?? {}) as { data?: { version?: unknown } };
  if (typeof data?.version === "number") return data.version;
  throw unreadable("Vault kept the value and did not say its version.");
}
