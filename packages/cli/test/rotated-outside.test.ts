import { openSecrets, type SecretStore } from "@acc/secrets";
import { createAwsStore } from "@acc/secrets/aws";
import { createVaultStore } from "@acc/secrets/vault";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { describe, expect, it, onTestFinished } from "vitest";
import { DualModeError } from "../../dual-mode/src/error.ts";
import { type Script, says, scripted } from "../../dual-mode/test/scripted-provider.ts";
import { awsServer } from "../../secrets/test/outside/aws-server.ts";
import { vaultServer } from "../../secrets/test/outside/vault-server.ts";

/** A store whose server is played, and what happens to that. */
interface Scene {
  readonly store: SecretStore;
  keep(name: string, value: string): void;
  goAway(): void;
  /** How often the server has been asked. */
  asked(): number;
}

const quiet = { onWarning: () => {} };

const scenes: Readonly<Record<string, () => Promise<Scene>>> = {
  async vault() {
    const server = await vaultServer();
    const auth = { method: "token", token: server.addToken("hvs.token-1") } as const;
    return {
      store: createVaultStore({ address: server.address, auth, ...quiet }),
      keep: (name, value) => server.secrets.set(`acc/${name}`, [{ data: { value } }]),
      goAway: () => {
        server.intercept = () => ({ status: 503, body: { errors: ["Vault is sealed"] } });
      },
      asked: () => server.requests.length,
    };
  },
  async aws() {
    const server = await awsServer();
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret-access-key-1" };
    const { endpoint } = server;
    const region = "eu-central-1";
    const client = new SecretsManager({ endpoint, region, credentials, maxAttempts: 1 });
    return {
      store: createAwsStore({ client, ...quiet }),
      keep: (name, value) =>
        server.secrets.set(`acc/${name}`, {
          stages: new Map([["AWSCURRENT", value]]),
          deleted: false,
        }),
      goAway: () => {
        server.intercept = () => ({ status: 500, type: "InternalServiceError", message: "" });
      },
      asked: () => server.calls.length,
    };
  },
};

describe.each(Object.keys(scenes))("a key that was rotated in %s", (kind) => {
  /** A client whose vendor refuses the old key; `meanwhile` happens just before it does. */
  async function open(meanwhile: (scene: Scene, name: string) => void) {
    const scene = await (scenes[kind] as () => Promise<Scene>)();
    const secrets = await openSecrets({ store: scene.store, env: {} });
    onTestFinished(() => secrets.close());
    const script: Script = async function* (request, context) {
      const { credential } = context;
      const key = credential.kind === "key" ? credential.secret.reveal() : "none";
      if (key === "key-old-old") {
        meanwhile(scene, name);
        throw new DualModeError("AUTHENTICATION_FAILED", "Wrong key.");
      }
      yield* says(key)(request, context);
    };
    const options = { apiKey: undefined as never, secrets };
    const { client, ran, name } = scripted({ sdk: { scripts: [script] } }, options);
    onTestFinished(() => client.close());
    scene.keep(name, "key-old-old");
    return { client, ran, scene };
  }

  it("is found once the old one is refused, though the old one is in memory", async () => {
    const { client, ran, scene } = await open((at, name) => at.keep(name, "key-new-new"));
    expect((await client.chat("hi")).text).toBe("key-new-new");
    expect(ran).toEqual(["sdk store", "sdk store"]);
    const asked = scene.asked();
    expect((await client.chat("hi again")).text).toBe("key-new-new");
    expect(scene.asked()).toBe(asked);
  });

  it("is not waited for where the store is away then: the refusal is told", async () => {
    let before = 0;
    const { client, ran, scene } = await open((at) => {
      before = at.asked();
      at.goAway();
    });
    await expect(client.chat("hi")).rejects.toMatchObject({ code: "AUTHENTICATION_FAILED" });
    expect(ran).toEqual(["sdk store"]);
    expect(scene.asked() - before).toBeLessThan(10);
  });
});
