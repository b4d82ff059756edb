import { expect, it, onTestFinished } from "vitest";
import { createPage } from "../../src/page/create-page.ts";
import { proxyPeople } from "../../src/people/proxy-people.ts";
import { keysInMemory, ownerOnly } from "../page/page-server.ts";
import { Browser, startPeopleServer } from "./people-server.ts";
import { audience, header, issuer, proxyScene, roles } from "./proxy-scene.ts";

const { startKeys, sign } = proxyScene();

it("does nothing that cannot be written down", async () => {
  const { jwks } = await startKeys();
  const people = proxyPeople({ header, jwks, issuer, audience, roles });
  const { origin } = await startPeopleServer(() => people, { isBroken: true });
  const { response, code } = await new Browser().enter(origin, {}, { [header]: await sign() });
  expect([response.status, code]).toEqual([503, "UNAVAILABLE"]);
});

it("revokes no key where that cannot be written down", async () => {
  const kept = keysInMemory();
  await kept.add({ name: "ci" });
  let isFull = false;
  const page = createPage({
    access: ownerOnly,
    keys: kept,
    audit: async () => {
      if (isFull) throw new Error("The disk is full.");
    },
  });
  onTestFinished(() => page.close());
  const ask = (path: string, init: RequestInit) =>
    page.fetch(new Request(`http://127.0.0.1:4141${path}`, init), { remoteAddress: "127.0.0.1" });
  const [, code] = page.link("http://127.0.0.1:4141").split("#enter=");
  const json = { "content-type": "application/json" };
  const init = { method: "POST", headers: json, body: JSON.stringify({ code }) };
  const entered = await ask("/acc/session", init);
  const { proof } = (await entered.json()) as { proof: string };
  const cookie = entered.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const revoke = (name: string) =>
    ask(`/acc/keys/${name}`, { method: "DELETE", headers: { cookie, "x-acc-page": proof } });
  isFull = true;
  expect((await revoke("ci")).status).toBe(503);
  expect(await kept.list()).toHaveLength(1);
  isFull = false;
  expect((await revoke("other")).status).toBe(404);
  expect((await revoke("ci")).status).toBe(200);
  expect(await kept.list()).toEqual([]);
});
