import { parseSync, Visitor } from "oxc-parser";

const vendors = /claude|gemini|groq|anthropic|google|openai/i;
const provider = /\bprovider(\??\.id|Id)?$/;

/** Lines of the core that name a vendor, or that go another way for one provider than another. */
export function vendorNames(path: string, code: string): string[] {
  const breaches: string[] = [];
  const at = (offset: number) => `${path}:${code.slice(0, offset).split("\n").length}`;
  for (const match of code.matchAll(new RegExp(vendors, "gi"))) {
    breaches.push(`${at(match.index)} names a vendor: ${match[0]}`);
  }
  const text = (node: { start: number; end: number }) => code.slice(node.start, node.end);
  new Visitor({
    BinaryExpression: (node) => {
      if (!/^[=!]==?$/.test(node.operator)) return;
      for (const [one, other] of [
        [node.left, node.right] as const,
        [node.right, node.left] as const,
      ]) {
        if (isString(other) && provider.test(text(one))) {
          breaches.push(`${at(node.start)} branches on a provider: ${text(node)}`);
        }
      }
    },
    SwitchStatement: (node) => {
      if (provider.test(text(node.discriminant))) {
        breaches.push(
          `${at(node.start)} branches on a provider: switch (${text(node.discriminant)})`,
        );
      }
    },
  }).visit(parseSync(path, code).program);
  return breaches;
}

function isString(node: { type: string; value?: unknown }): boolean {
  return node.type === "Literal" && typeof node.value === "string";
}
