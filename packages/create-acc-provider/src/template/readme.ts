import type { Plan } from "../plan.ts";
import { createName, keyName, variablePrefix } from "./names.ts";

export function readme({ id, package: name, baseUrl, key, cli }: Plan): string {
  const create = createName(id);
  const credential =
    key === ""
      ? "It needs no key."
      : `Its key is \`${key}\`, or \`${keyName(id)}\` in the secrets store.`;
  const command =
    cli === ""
      ? ""
      : `

Its command is \`${cli}\` on PATH, or what \`cliPath\` or \`ACC_${variablePrefix(id)}_CLI\` names. It reads a request on stdin, prints an
answer in lines of JSON, and tells by its exit code what went wrong: the protocol is docs/cli-protocol.md of \`@acc/dual-mode\`.
If it takes \`--hold\` of that protocol, say \`hold: true\` in the source and \`holds: true\` in the test: then \`standby: 1\` has it started before its call.`;
  return `# ${name}

A provider of \`@acc/dual-mode\` for ${id}.

\`\`\`ts
import { ${create} } from "${name}";

const client = ${create}();
const reply = await client.chat("Say hello.");
console.log(reply.text);
\`\`\`

${credential} The server is at \`${baseUrl}\`, or where \`${variablePrefix(id)}_BASE_URL\` says.${command}

\`npm test\` builds it and checks the rules that every provider keeps.
`;
}
