import type { MockServer } from "../../../scripts/mock-server.ts";
import { canary } from "../../../test/canary-forms.ts";
import type { AccHome } from "./acc.ts";
import { eachTestAnew } from "./each-test-anew.ts";

export function ask(url: string, token: string, body: object = {}): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({
      model: "claude",
      messages: [{ role: "user", content: "What is a decorator?" }],
      ...body,
    }),
  });
}

export function serveScene() {
  let vendor: MockServer;
  let home: AccHome;
  const env = () => ({ ANTHROPIC_API_KEY: canary, ANTHROPIC_BASE_URL: vendor.url });

  eachTestAnew((given) => {
    ({ server: vendor, home } = given);
  });

  async function ownerToken(): Promise<string> {
    const { stdout } = await home.acc(["serve", "env", "--json"]);
    return JSON.parse(stdout).OPENAI_API_KEY;
  }

  return {
    get vendor() {
      return vendor;
    },
    get home() {
      return home;
    },
    env,
    ownerToken,
  };
}
