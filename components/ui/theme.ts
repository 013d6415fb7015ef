const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** Holds a choice that differs from the system's; the server renders it, so no page flashes in the wrong one. */
export const themeCookie = "latchkey_theme";

/** Reads the cookie's value; anything unknown means the system's choice. */
export function parseTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? "system";
}
