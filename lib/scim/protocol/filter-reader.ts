import { quoted, ScimError } from "@/lib/scim/protocol/scim-error";

const names = /[A-Za-z$][\w$:.-]*/y;
const words = /[A-Za-z]+/y;
const texts = /"(?:[^"\\]|\\.)*"/sy;
const numbers = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const spaces = /[ \t\r\n]*/y;

/** Reads the pieces of a filter or path, left to right. */
export class FilterReader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly scimType: "invalidFilter" | "invalidPath" = "invalidFilter",
  ) {}

  /** Whether `mark` comes next. */
  isAt(mark: string): boolean {
    this.take(spaces);
    return this.text.startsWith(mark, this.at);
  }

  isAtEnd(): boolean {
    this.take(spaces);
    return this.at === this.text.length;
  }

  expect(mark: string): void {
    if (!this.isAt(mark)) throw this.fault(`${mark} is expected`);
    this.at += mark.length;
  }

  expectEnd(): void {
    if (!this.isAtEnd()) throw this.fault("an end is expected");
  }

  /** An attribute's name, with URN and sub-attribute where it has them. */
  name(): string {
    this.take(spaces);
    const name = this.take(names);
    if (!name) throw this.fault("the name of an attribute is expected");
    return name;
  }

  word(): string {
    this.take(spaces);
    const word = this.take(words);
    if (!word) throw this.fault("an operator is expected");
    return word;
  }

  /** Takes this word, in any case, if it comes next. */
  takeWord(word: string): boolean {
    const before = this.at;
    this.take(spaces);
    if (this.take(words)?.toLowerCase() === word) return true;
    this.at = before;
    return false;
  }

  /** Takes `not` where a group follows; an attribute might be called so. */
  takeNot(): boolean {
    const before = this.at;
    if (this.takeWord("not") && this.isAt("(")) return true;
    this.at = before;
    return false;
  }

  /** `.value` right behind a bracket. */
  takeSubName(): string | undefined {
    if (!this.text.startsWith(".", this.at)) return undefined;
    this.at += 1;
    const name = this.take(names);
    if (!name) throw this.fault("the name of a sub-attribute is expected");
    return name;
  }

  /** Text in double quotes with JSON's escapes, true, false, null or a number; a number is kept as its text. */
  literal(): string | boolean | null {
    this.take(spaces);
    const text = this.take(texts);
    if (text !== undefined) return this.unquote(text);
    const word = this.take(words)?.toLowerCase();
    if (word === "true" || word === "false") return word === "true";
    if (word === "null") return null;
    if (word === undefined && this.take(numbers) !== undefined)
      throw this.fault("no attribute holds numbers; text stands in double quotes");
    throw this.fault("a value is expected: text in double quotes, true, false or null");
  }

  private unquote(text: string): string {
    let value: string;
    try {
      // Control characters are let through as they are: clients don't all escape them.
      value = JSON.parse(
        text.replace(/\p{Cc}/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`),
      );
    } catch {
      throw this.fault(`${quoted(text)} is no text with JSON's escapes`);
    }
    if (value.includes("\u0000") || !value.isWellFormed())
      throw this.fault("the text holds a character that no value can hold");
    return value;
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private fault(what: string): ScimError {
    const rest = this.text.slice(this.at);
    const where = rest ? `at ${quoted(rest)}` : "at the end";
    return new ScimError(400, `Not understood ${where}: ${what}.`, this.scimType);
  }
}
