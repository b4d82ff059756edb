import { canary } from "../../../test/canary-forms.ts";
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
  const env = () => ({ ANTHROPIC_API_KEY: canary, ANTHROPIC_BASE_URL: vendor.url });

  const { server: vendor, home } = eachTestAnew();

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
