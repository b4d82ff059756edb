import { posix } from "node:path";
import { type Comment, type Directive, parseSync, type Statement } from "oxc-parser";

/** One name that a entry exports, and where it is declared. */
export interface Exported {
  readonly name: string;
  /** `file:line` of the declaration. */
  readonly at: string;
  readonly documented: boolean;
}

type Read = (file: string) => string;
type Node = Statement | Directive;

/**
 * Every name that a declaration file exports, followed to where it is declared. What is another
 * package's is told there.
 */
export function exportedBy(file: string, read: Read): Exported[] {
  const { program, comments } = parse(file, read);
  return program.body.flatMap((node): Exported[] => {
    if ("source" in node && node.source && !node.source.value.startsWith(".")) return [];
    if (node.type === "ExportAllDeclaration") {
      return exportedBy(target(file, node.source.value), read);
    }
    if (node.type !== "ExportNamedDeclaration") return [];
    if (node.declaration) {
      return declaredNames(node).map((name) => found(name, file, node, comments, read));
    }
    return node.specifiers.flatMap(({ local, exported }) => {
      const [wanted, name] = [nameOf(local), nameOf(exported)];
      const one = node.source
        ? fromElsewhere(target(file, node.source.value), wanted, read)
        : fromHere(file, wanted, read);
      return one ? [{ ...one, name }] : [{ name, at: file, documented: false }];
    });
  });
}

function fromElsewhere(file: string, name: string, read: Read): Exported | undefined {
  const all = exportedBy(file, read).filter((one) => one.name === name);
  return all.find(({ documented }) => documented) ?? all[0];
}

/** A name that its file declares first and exports later, or imports to export it. */
function fromHere(file: string, name: string, read: Read): Exported | undefined {
  const { program, comments } = parse(file, read);
  for (const node of program.body) {
    if (node.type === "ImportDeclaration") {
      const specifier = node.specifiers.find(({ local }) => local.name === name);
      if (specifier?.type !== "ImportSpecifier") continue;
      return fromElsewhere(target(file, node.source.value), nameOf(specifier.imported), read);
    }
    if (declaredNames(node).includes(name)) return found(name, file, node, comments, read);
  }
  return undefined;
}

function found(
  name: string,
  file: string,
  node: Node,
  comments: readonly Comment[],
  read: Read,
): Exported {
  const code = read(file);
  const documented = comments.some(
    ({ type, value, end }) =>
      type === "Block" &&
      value.startsWith("*") &&
      end <= node.start &&
      code.slice(end, node.start).trim() === "",
  );
  return { name, at: `${file}:${code.slice(0, node.start).split("\n").length}`, documented };
}

/** The names that a statement declares, exported or not. */
function declaredNames(node: Node): string[] {
  const declared = node.type === "ExportNamedDeclaration" ? node.declaration : node;
  switch (declared?.type) {
    case "VariableDeclaration":
      return declared.declarations.flatMap(({ id }) => (id.type === "Identifier" ? [id.name] : []));
    case "FunctionDeclaration":
    case "TSDeclareFunction":
    case "ClassDeclaration":
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "TSEnumDeclaration":
      return declared.id ? [declared.id.name] : [];
    default:
      return [];
  }
}

function nameOf(node: { type: string; name?: string; value?: unknown }): string {
  return node.name ?? String(node.value);
}

function parse(file: string, read: Read) {
  const result = parseSync(file, read(file));
  if (result.errors[0]) throw new Error(`${file}: ${result.errors[0].message}`);
  return result;
}

/** Declarations name the module whose types they want, by its own name or by its source's. */
function target(file: string, specifier: string): string {
  return posix.join(posix.dirname(file), specifier).replace(/\.[jt]s$/, ".d.ts");
}
