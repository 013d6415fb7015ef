import { createParser } from "nuqs/server";

const lastPage = 1_000_000;
const longestText = 200;

/** A page from 1; anything else counts as the first. */
export const parseAsPage = createParser({
  parse: (text) => (/^[1-9]\d{0,6}$/.test(text) ? Math.min(Number(text), lastPage) : null),
  serialize: String,
}).withDefault(1);

/** Text to look for, cut to what the API takes: no text of the database's holds a NUL. */
export const parseAsSearch = createParser({ parse: searchable, serialize: searchable }).withDefault("");

function searchable(text: string): string {
  return text.replaceAll("\0", "").slice(0, longestText);
}
