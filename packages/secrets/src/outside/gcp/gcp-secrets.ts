import type { StoredValue } from "../../stores/stored-value.ts";
import { unreadable } from "../store-error.ts";
import { type GcpClient, gcpRefusal, statusOf } from "./gcp-client.ts";

/** The place of a value in Google Secret Manager. */
export interface GcpPlace {
  readonly id: string;
  /** A version number, or an alias. @default "latest" */
  readonly version?: string;
}

const mostPages = 200;

/** The secrets of one project. */
export class GcpSecrets {
  readonly #client: GcpClient;
  readonly #project: string;

  constructor(client: GcpClient, project: string) {
    this.#client = client;
    this.#project = project;
  }

  async read({ id, version = "latest" }: GcpPlace): Promise<StoredValue | undefined> {
    const path = `${this.#pathOf(id)}/versions/${encodeURIComponent(version)}:access`;
    const answer = await this.#client.ask("GET", path);
    // For a disabled or destroyed version Google answers FAILED_PRECONDITION.
    if (answer.status === 404 || statusOf(answer) === "FAILED_PRECONDITION") return undefined;
    if (answer.status !== 200) throw gcpRefusal(`the secret ${id}`, answer);
    const { name, payload } = (answer.body ?? {}) as {
      name?: unknown;
      payload?: { data?: unknown };
    };
    if (typeof payload?.data !== "string") {
      throw unreadable(`Google's answer for the secret ${id} has no payload.`);
    }
    const value = Buffer.from(payload.data, "base64").toString("utf8");
    return value === "" ? undefined : { value, ...versionOf(name) };
  }

  /**
   * Adds a version, and creates the secret if there is none. Returns the value with the version's
   * number.
   */
  async write(id: string, value: string): Promise<StoredValue> {
    const path = `${this.#pathOf(id)}:addVersion`;
    const body = { payload: { data: Buffer.from(value, "utf8").toString("base64") } };
    let answer = await this.#client.ask("POST", path, body);
    if (answer.status === 404) {
      await this.#create(id);
      answer = await this.#client.ask("POST", path, body);
    }
    if (answer.status !== 200) throw gcpRefusal(`a new value of ${id}`, answer);
    const { name } = (answer.body ?? {}) as { name?: unknown };
    return { value, ...versionOf(name) };
  }

  /** Removes the secret with all its versions. Returns false if there was none. */
  async remove(id: string): Promise<boolean> {
    const answer = await this.#client.ask("DELETE", this.#pathOf(id));
    if (answer.status === 404) return false;
    if (answer.status !== 200) throw gcpRefusal(`the deletion of ${id}`, answer);
    return true;
  }

  async list(): Promise<readonly string[]> {
    const ids: string[] = [];
    let token = "";
    for (let page = 0; page < mostPages; page += 1) {
      const query = new URLSearchParams({ pageSize: "250", ...(token && { pageToken: token }) });
      const path = `v1/projects/${this.#project}/secrets?${query}`;
      const answer = await this.#client.ask("GET", path);
      if (answer.status !== 200) throw gcpRefusal("the list of secrets", answer);
      const { secrets = [], nextPageToken } = (answer.body ?? {}) as {
        secrets?: readonly { readonly name?: unknown }[];
        nextPageToken?: unknown;
      };
      for (const { name } of secrets) ids.push(String(name).split("/").at(-1) ?? "");
      if (typeof nextPageToken !== "string" || nextPageToken === "") return ids;
      token = nextPageToken;
    }
    throw unreadable("Google's list of secrets does not end.");
  }

  async #create(id: string): Promise<void> {
    const path = `v1/projects/${this.#project}/secrets?secretId=${encodeURIComponent(id)}`;
    const answer = await this.#client.ask("POST", path, { replication: { automatic: {} } });
    if (answer.status === 200 || answer.status === 409) return;
    throw gcpRefusal(`the new secret ${id}`, answer);
  }

  #pathOf(id: string): string {
    return `v1/projects/${this.#project}/secrets/${encodeURIComponent(id)}`;
  }
}

/** Returns the number at the end of a version's resource name. */
function versionOf(name: unknown): { readonly version?: number } {
  const version = Number(/\/versions\/(\d+)$/.exec(String(name))?.[1]);
  return version > 0 ? { version } : {};
}
