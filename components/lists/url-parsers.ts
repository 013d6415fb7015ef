import { createParser } from "nuqs/server";

const lastPage = 1_000_000;
const longestText = 200;

/** A page from 1; anything else counts as the first. */
export const parseAsPage = createParser({
  parse: (text) => (/^[1-9]\d{0,6}$/.test(text) ? Math.min(Number(text), lastPage) : null),
  serialize: String,
}).withDefault(1);

/** Text to look for, cut to what the API takes. */
export const parseAsSearch = createParser({
  parse: (text) => text.slice(0, longestText),
  serialize: (text: string) => text.slice(0, longestText),
}).withDefault("");
