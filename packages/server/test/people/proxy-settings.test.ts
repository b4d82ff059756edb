import { describe, expect, it } from "vitest";
import { proxyPeople } from "../../src/people/proxy-people.ts";
import { audience, header, issuer, roles } from "./proxy-scene.ts";

describe("settings", () => {
  const good = { header, jwks: "https://keys.example.com", issuer, audience, roles };

  // nesquena/hermes-webui#6553: keys by http; BerriAI/litellm-docs#998: a role that is none
  it.each([
    [{ jwks: "http://keys.example.com" }, /^jwks has to be an address that begins with https/],
    [{ audience: "" }, /^audience has to be a text/],
    [{ roles: {} }, /^roles names nobody/],
    [{ roles: { "ops@example.com": "owner" } }, /"ops@example.com" must be "admin", "viewer"/],
    [{ roles: { everybody: "admin" } }, /"everybody" must be an e-mail address/],
  ])("%j are refused", (changes, message) => {
    const make = () => proxyPeople({ ...good, ...(changes as object) });
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
  });
});
