/** A type that were `any` would make the expected errors of these programs missing. */
const client = (name: string, create: string) => `
import { ${create} } from "${name}";
const client = ${create}({ secrets: false, cache: false });
export const text: Promise<string> = client.chat("?").then((reply) => reply.text);
// @ts-expect-error
${create}({ prefer: "door" });
`;

/** What a consumer of each package writes, by the package's name. */
export const programs: Readonly<Record<string, string>> = {
  "@acc/claude": client("@acc/claude", "createClaude"),
  "@acc/secrets": `
import { openSecrets } from "@acc/secrets";
export const open = () => openSecrets();
// @ts-expect-error
openSecrets("folder");
`,
  "acc-provider-stranger": client("acc-provider-stranger", "createStranger"),
};
