import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Expression, type Node, parseSync, Visitor } from "oxc-parser";

/** What an error says, as a user sees it; `…` stands for what differs from case to case. */
export interface ErrorWords {
  readonly code: string;
  readonly words: string;
}

/** The classes of errors that a user can meet, by the place of code and message among their arguments. */
const classes = new Set([
  "DualModeError",
  "SecretsError",
  "CacheError",
  "BatchError",
  "Failure",
  "UsageError",
]);

/** Every error that the sources of a package make, with its code and its words. */
export function errorWords(folder: string): readonly ErrorWords[] {
  const found = new Map<string, ErrorWords>();
  const files = sourcesOf(folder).map(read);
  const makers = new Map(files.flatMap((each) => makersIn(each)));
  for (const file of files) {
    for (const each of wordsIn(file, makers)) found.set(`${each.code} ${each.words}`, each);
  }
  return [...found.values()].sort((one, other) => order(one).localeCompare(order(other), "en"));
}

const order = ({ code, words }: ErrorWords) => `${code} ${words}`;

function sourcesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/(^|\/)testing(\/|\.ts)/.test(name))
    .map((name) => join(folder, name))
    .sort();
}

interface Found {
  readonly constants: { readonly name: string; readonly value: Expression; readonly at: number }[];
  readonly calls: {
    readonly name: string;
    readonly given: readonly Node[];
    readonly at: number;
  }[];
  readonly exported: Set<string>;
  readonly imported: Set<string>;
  readonly functions: { readonly name: string; readonly params: string[]; readonly node: Node }[];
  readonly made: { readonly type: string; readonly given: readonly Node[]; readonly at: number }[];
  /** Objects with a reason, and most with a code: why a route or a mode cannot be used. */
  readonly reasons: {
    readonly code: Node | undefined;
    readonly words: Node;
    readonly at: number;
  }[];
  readonly returned: { readonly value: Node; readonly at: number }[];
}

function read(path: string): Found {
  const { program, errors } = parseSync(path, readFileSync(path, "utf8"));
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  return gather(program);
}

/** Functions that other files call with the words of an error: each with the code that it gives. */
function makersIn(found: Found): [name: string, code: Node][] {
  return found.functions.flatMap(({ name, params, node }) => {
    if (!found.exported.has(name)) return [];
    const made = found.made.filter(({ at }) => node.start <= at && at <= node.end);
    return made.flatMap((each): [string, Node][] => {
      const [code, words] = partsOf(each);
      const isTheirs = words !== undefined && nameOf(words) === params[0];
      return isTheirs && code?.type === "Literal" ? [[name, code]] : [];
    });
  });
}

function wordsIn(found: Found, makers: ReadonlyMap<string, Node>): readonly ErrorWords[] {
  const byOthers = found.calls.flatMap(({ name, given, at }) => {
    const [code, words] = [makers.get(name), given[0]];
    return code && words && found.imported.has(name) ? [{ code, words, at }] : [];
  });
  return [...found.made, ...found.reasons, ...byOthers].flatMap((each) => {
    const [code, words] = "given" in each ? partsOf(each) : [each.code, each.words];
    if (words === undefined) return [];
    // What a usage error is called, and what a key is called that cannot be had.
    const usual = "given" in each ? "WRONG_USAGE" : "MISSING_CREDENTIALS";
    const codes = code === undefined ? [usual] : resolve(code, each.at, found);
    const said = resolve(words, each.at, found).map((text) => text.replaceAll(/\s+/g, " ").trim());
    return codes
      .filter((name) => /^[A-Z][A-Z_]+$/.test(name))
      .flatMap((name) => said.filter(isSaid).map((text) => ({ code: name, words: text })));
  });
}

/** Not where all of it comes from elsewhere. */
const isSaid = (words: string) => /[a-z]{2}/i.test(words);

function partsOf({ type, given }: Found["made"][number]): [Node | undefined, Node | undefined] {
  if (given.some((each) => each.type === "SpreadElement")) return [undefined, undefined];
  return type === "UsageError" ? [given[2], given[0]] : [given[0], given[1]];
}

function gather(program: Node): Found {
  const found: Found = {
    constants: [],
    calls: [],
    exported: new Set(),
    imported: new Set(),
    functions: [],
    made: [],
    reasons: [],
    returned: [],
  };
  const { constants, calls, functions, made, reasons, returned } = found;
  const declare = (name: string, node: Node, params: readonly Node[]) =>
    functions.push({ name, node, params: params.map((each) => nameOf(each) ?? "") });
  new Visitor({
    VariableDeclarator(node) {
      const name = nameOf(node.id);
      if (name === undefined || node.init === null) return;
      if (node.init.type === "ArrowFunctionExpression") declare(name, node.init, node.init.params);
      else constants.push({ name, value: node.init, at: node.start });
    },
    ExportNamedDeclaration({ declaration }) {
      if (declaration?.type === "FunctionDeclaration") {
        found.exported.add(nameOf(declaration.id) ?? "");
      }
    },
    ImportSpecifier: (node) => void found.imported.add(nameOf(node.local) ?? ""),
    FunctionDeclaration: (node) => declare(nameOf(node.id) ?? "", node, node.params),
    MethodDefinition: (node) => declare(nameOf(node.key) ?? "", node.value, node.value.params),
    CallExpression(node) {
      const { callee } = node;
      const name = nameOf(callee.type === "MemberExpression" ? callee.property : callee);
      if (name !== undefined) calls.push({ name, given: node.arguments, at: node.start });
    },
    NewExpression(node) {
      const type = nameOf(node.callee) ?? "";
      if (classes.has(type)) made.push({ type, given: node.arguments, at: node.start });
    },
    ObjectExpression(node) {
      const member = (name: string) =>
        node.properties.flatMap((each) =>
          each.type === "Property" && nameOf(each.key) === name ? [each.value] : [],
        )[0];
      const [code, reason, fix] = [member("code"), member("reason"), member("fix")];
      const words = reason ?? (code && member("message"));
      if (words && (code || fix)) reasons.push({ code, words, at: node.start });
    },
    ReturnStatement(node) {
      if (node.argument) returned.push({ value: node.argument, at: node.start });
    },
  }).visit(program as Parameters<Visitor["visit"]>[0]);
  return found;
}

function nameOf(node: Node | null | undefined): string | undefined {
  if (node?.type === "TSParameterProperty") return nameOf(node.parameter);
  if (node?.type === "AssignmentPattern") return nameOf(node.left);
  if (node?.type === "PrivateIdentifier" || node?.type === "Identifier") return node.name;
  return undefined;
}

const unknown = ["…"];

/** What an expression can be as a text. */
function resolve(node: Node, at: number, found: Found, depth = 0): readonly string[] {
  if (depth > 6) return unknown;
  const again = (each: Node) => resolve(each, at, found, depth + 1);
  switch (node.type) {
    case "Literal":
      return [String(node.value)];
    case "TemplateLiteral": {
      const pieces = node.quasis.flatMap(({ value }, index) => {
        const between = node.expressions[index];
        return [[value.cooked ?? value.raw], ...(between ? [few(again(between))] : [])];
      });
      return joined(pieces);
    }
    case "BinaryExpression":
      return node.operator === "+" ? joined([again(node.left), again(node.right)]) : unknown;
    case "ConditionalExpression":
      return [...again(node.consequent), ...again(node.alternate)];
    case "LogicalExpression":
      return [...again(node.left), ...again(node.right)];
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "ParenthesizedExpression":
      return again(node.expression);
    case "CallExpression":
      return whatIsReturned(nameOf(node.callee), found, depth);
    case "Identifier":
      return named(node.name, at, found, depth);
    default:
      return unknown;
  }
}

/** What a function of the same file gives. */
function whatIsReturned(name: string | undefined, found: Found, depth: number): readonly string[] {
  const called = found.functions.find((each) => each.name === name)?.node;
  if (called === undefined) return unknown;
  const texts = found.returned
    .filter(({ at }) => called.start <= at && at <= called.end)
    .flatMap(({ value, at }) => resolve(value, at, found, depth + 1));
  return texts.length > 0 ? texts : unknown;
}

/** A constant's value, or what a parameter is given in the same file. */
function named(name: string, at: number, found: Found, depth: number): readonly string[] {
  const around = found.functions
    .filter(({ node }) => node.start <= at && at <= node.end)
    .sort((one, other) => other.node.start - one.node.start);
  const within = around.find(({ params }) => params.includes(name));
  const constant = found.constants
    .filter((each) => each.name === name && each.at < at)
    .filter((each) => within === undefined || each.at > within.node.start)
    .at(-1);
  if (constant) return resolve(constant.value, constant.at, found, depth + 1);
  if (within === undefined) return unknown;
  const place = within.params.indexOf(name);
  const given = found.calls
    .filter((call) => call.name === within.name)
    .flatMap((call) => {
      const value = call.given[place];
      return value ? resolve(value, value.start, found, depth + 1) : unknown;
    });
  return given.length > 0 ? given : unknown;
}

/** In the midst of a sentence, a few words are told; more of them are what differs. */
function few(texts: readonly string[]): readonly string[] {
  return texts.length > 0 && texts.length <= 4 ? texts : unknown;
}

function joined(pieces: readonly (readonly string[])[]): readonly string[] {
  return pieces.reduce<readonly string[]>(
    (texts, piece) => texts.flatMap((text) => piece.map((each) => text + each)),
    [""],
  );
}
