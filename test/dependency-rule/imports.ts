import { type Expression, parseSync, Visitor } from "oxc-parser";

/** One reference from a module to another; the specifier is absent where it is computed. */
export interface Import {
  readonly specifier?: string;
  readonly line: number;
}

/** Every module that a source names: static, dynamic, re-exported, required, or for its types. */
export function importsOf(path: string, code: string): Import[] {
  const { program, errors } = parseSync(path, code);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const found: Import[] = [];
  const add = (source: Expression | null | undefined) => {
    if (source) found.push(reference(source, code));
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source),
    TSImportType: (node) => add(node.source),
    TSExternalModuleReference: (node) => add(node.expression),
    CallExpression: (node) => {
      const callee = code.slice(node.callee.start, node.callee.end);
      if (!/^(require|require\.resolve|import\.meta\.resolve)$/.test(callee)) return;
      const first = node.arguments[0];
      if (first && first.type !== "SpreadElement") add(first);
    },
  }).visit(program);
  return found;
}

function reference(source: Expression, code: string): Import {
  const line = code.slice(0, source.start).split("\n").length;
  if (source.type === "Literal" && typeof source.value === "string") {
    return { specifier: source.value, line };
  }
  if (source.type === "TemplateLiteral" && source.expressions.length === 0) {
    const specifier = source.quasis[0]?.value.cooked;
    return specifier ? { specifier, line } : { line };
  }
  return { line };
}
