import { type AnyColumn, type SQL, sql } from "drizzle-orm";

/** Whether `column` contains `text`, taken literally: `%`, `_` and `\` have no meaning. */
export function contains(column: AnyColumn, text: string): SQL {
  return sql`${column} like ${`%${text.replace(/[\\%_]/g, "\\$&")}%`}`;
}
