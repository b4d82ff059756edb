import type { Plan } from "../plan.ts";
import { createName, keyName, variablePrefix } from "./names.ts";

export function readme({ id, package: name, baseUrl, key }: Plan): string {
  const create = createName(id);
  const credential =
    key === ""
      ? "It needs no key."
      : `Its key is \`${key}\`, or \`${keyName(id)}\` in the secrets store.`;
  return `# ${name}

A provider of \`@acc/dual-mode\` for ${id}.

\`\`\`ts
import { ${create} } from "${name}";

const client = ${create}();
const reply = await client.chat("Say hello.");
console.log(reply.text);
\`\`\`

${credential} The server is at \`${baseUrl}\`, or where \`${variablePrefix(id)}_BASE_URL\` says.

\`npm test\` builds it and checks the rules that every provider keeps.
`;
}
