/** `copied`: it is on the clipboard. `selected`: it isn't, but the text is selected. `failed`: neither. */
export type CopyOutcome = "copied" | "selected" | "failed";

/** The ways to the clipboard a browser may have, best first. */
export interface CopyWays {
  /** The clipboard API; absent outside secure contexts, as on http at a LAN name. */
  clipboard: ((text: string) => Promise<void>) | undefined;
  /** `execCommand("copy")`; says whether it worked. */
  command: (text: string) => boolean;
  /** Selects the text where it is shown; says whether there was something to select. */
  select: () => boolean;
}

/** Tries one way after the other and says what truly happened. */
export async function copyBy(ways: CopyWays, text: string): Promise<CopyOutcome> {
  if (ways.clipboard) {
    const written = await ways.clipboard(text).then(
      () => true,
      // Denied by permission or policy: the older way may still be open.
      () => false,
    );
    if (written) return "copied";
  }
  if (ways.command(text)) return "copied";
  return ways.select() ? "selected" : "failed";
}

/**
 * Copies a text in the browser. `container` is the dialog it happens in (focus can't leave a modal one) or the body;
 * `shownIn` is the element that shows the text, for the last resort: selecting it for the person to copy.
 */
export function copyText(
  text: string,
  container: HTMLElement,
  shownIn: HTMLElement | null,
): Promise<CopyOutcome> {
  // Typed as always there, but undefined outside secure contexts.
  const clipboard: Clipboard | undefined = window.isSecureContext ? navigator.clipboard : undefined;

  return copyBy(
    {
      clipboard: clipboard && ((wanted) => clipboard.writeText(wanted)),
      command: (wanted) => copyByCommand(wanted, container),
      select: () => selectIn(shownIn),
    },
    text,
  );
}

function copyByCommand(text: string, container: HTMLElement): boolean {
  const focused = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.tabIndex = -1;
  area.setAttribute("aria-hidden", "true");
  area.style.position = "fixed";
  area.style.opacity = "0";
  container.append(area);
  try {
    area.select();
    return document.execCommand("copy");
  } finally {
    area.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}

function selectIn(element: HTMLElement | null): boolean {
  const selection = window.getSelection();
  if (!element || !selection) return false;
  selection.selectAllChildren(element);
  return selection.toString().length > 0;
}
