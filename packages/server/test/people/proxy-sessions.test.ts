import { describe, expect, it } from "vitest";
import { codeOf, proxyScene, roles } from "./proxy-scene.ts";

const { sign, open } = proxyScene();

describe("who comes through a proxy", () => {
  // open-webui/open-webui#14406: the session of the person before stayed
  it("has a session of their own: it ends where the proxy signs for another", async () => {
    const { ask, enter } = await open();
    const { proof } = await enter(await sign());
    const other = await sign({ claims: { sub: "u-2", email: "v@x.test", groups: ["platform"] } });
    expect(await codeOf(await ask("/acc/state", other, proof))).toBe("PAGE_CLOSED");
    expect(await codeOf(await ask("/acc/state", await sign(), proof))).toBe("PAGE_CLOSED");
  });

  // fabriziosalmi/certmate#408, mlflow-oidc/mlflow-oidc-auth#242
  it("is out with the next request once the role is taken away", async () => {
    const table = { ...roles };
    const { ask, enter, audited } = await open(table);
    const token = await sign();
    const { proof } = await enter(token);
    expect((await ask("/acc/state", token, proof)).status).toBe(200);
    delete table["Ops@Example.com"];
    expect(await codeOf(await ask("/acc/state", token, proof))).toBe("ROLE_MISSING");
    expect(audited.at(-1)).toMatchObject({ action: "page", outcome: "ROLE_MISSING" });
    expect(await codeOf(await ask("/acc/state", token, proof))).toBe("PAGE_CLOSED");
  });

  it("needs what the proxy signs with each request, beside the session", async () => {
    const { browser, enter, origin } = await open();
    const { proof } = await enter(await sign());
    const headers = { "x-acc-page": proof };
    const answer = await browser.ask(`${origin}/acc/state`, { headers });
    expect(await codeOf(answer)).toBe("NOT_SIGNED_IN");
  });

  it("cannot be led to change keys by another site's page", async () => {
    const { ask, enter, origin } = await open();
    const token = await sign();
    const { proof } = await enter(token);
    const headers = { origin: "https://evil.example", "content-type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify({ name: "evil" }) };
    expect((await ask("/acc/keys", token, proof, init)).status).toBe(403);
    const bare = await ask("/acc/keys", token, "", { method: "DELETE", headers: { origin } });
    expect(bare.status).toBe(401);
  });
});
