import type { Token, Tokens } from "marked";
import { printableLine } from "../output/printable.ts";
import type { Styles } from "../output/styles.ts";
import type { Span } from "./break-lines.ts";

type Style = Span["style"];

/**
 * The text of inline tokens as spans of one style each. Without styles, the marks stay as written.
 */
export function inlineSpans(tokens: readonly Token[], styles: Styles): readonly Span[] {
  const isStyled = styles.bold("") !== "";
  const spansOf = (token: Token, style: Style): readonly Span[] => {
    const inner = (own: Style) => childrenOf(token).flatMap((child) => spansOf(child, own));
    switch (token.type) {
      case "strong":
        return isStyled ? inner(within(style, styles.bold)) : raw(token, style);
      case "em":
        return isStyled ? inner(within(style, styles.italic)) : raw(token, style);
      case "del":
        return isStyled ? inner(within(style, styles.struck)) : raw(token, style);
      case "codespan":
        return isStyled
          ? [{ text: token.text, style: within(style, styles.cyan) }]
          : raw(token, style);
      case "link":
        return [...inner(within(style, styles.underline)), ...address(token as Tokens.Link, style)];
      case "image":
        return [{ text: token.text, style }, ...address(token as Tokens.Image, style)];
      case "checkbox":
        return [];
      case "br":
        return [{ text: "\n", style }];
      case "escape":
        return [{ text: token.text, style }];
      default:
        return childrenOf(token).length > 0 ? inner(style) : raw(token, style);
    }
  };
  /** The address of a link, shown after its text, which may claim anything. */
  const address = ({ href, text }: { href: string; text: string }, style: Style): Span[] =>
    href === text || href === `mailto:${text}`
      ? []
      : [{ text: ` (${printableLine(href)})`, style: within(style, styles.dim) }];
  return tokens.flatMap((token) => spansOf(token, String));
}

function childrenOf(token: Token): readonly Token[] {
  return "tokens" in token ? (token.tokens ?? []) : [];
}

function raw({ raw: text }: Token, style: Style): readonly Span[] {
  return [{ text, style }];
}

function within(outer: Style, inner: Style): Style {
  return (text) => outer(inner(text));
}
