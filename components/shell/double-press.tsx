"use client";

import { useEffect } from "react";

/**
 * Ignores the second half of a double press whose first half has closed a dialog meanwhile. It was meant for the
 * dialog, but meets what has focus now, or what lay beneath: most often the button that opens the dialog again.
 */
export function DoublePress() {
  useEffect(() => {
    const guard = new Guard();
    const listening = new AbortController();
    const options = { capture: true, signal: listening.signal };
    document.addEventListener("keydown", (event) => guard.onKeyDown(event), options);
    document.addEventListener("keyup", (event) => guard.onKeyUp(event), options);
    document.addEventListener("focusin", (event) => guard.onFocus(event), options);
    document.addEventListener("click", (event) => guard.onClick(event), options);
    return () => listening.abort();
  }, []);

  return null;
}

class Guard {
  /** The last key that pressed something within a dialog, and when focus was taken out of that dialog. */
  private press: { key: string; dialog: Element; leftAt?: number } | undefined;
  /** The Space whose going down was ignored: it is its coming up that presses a button. */
  private ignored = false;
  private clicked: Element | undefined;

  onKeyDown(event: KeyboardEvent): void {
    this.ignored = this.isSecondHalf(event);
    if (this.ignored) {
      ignore(event);
      return;
    }
    const dialog = presses.has(event.key) ? dialogAround(event.target) : undefined;
    this.press = dialog && { key: event.key, dialog };
  }

  onKeyUp(event: KeyboardEvent): void {
    if (this.ignored && event.key === this.press?.key) ignore(event);
  }

  onFocus({ target, timeStamp }: FocusEvent): void {
    const inside = target instanceof Node && this.press?.dialog.contains(target);
    if (this.press && !inside) this.press.leftAt ??= timeStamp;
  }

  onClick(event: MouseEvent): void {
    const first = this.clicked;
    // Browsers count the clicks that follow one another at one place; a key's click is none of them.
    if (event.detail > 1 && first && isGone(first)) ignore(event);
    else this.clicked = event.detail > 0 ? dialogAround(event.target) : undefined;
  }

  private isSecondHalf({ key, repeat, timeStamp }: KeyboardEvent): boolean {
    if (this.press?.key !== key || this.press.leftAt === undefined || !isGone(this.press.dialog))
      return false;
    return repeat || timeStamp - this.press.leftAt < doublePressMs;
  }
}

function ignore(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function dialogAround(target: EventTarget | null): Element | undefined {
  return (target instanceof Element && target.closest("[role=dialog], [role=alertdialog]")) || undefined;
}

/** Whether it has closed; it may still be seen to leave. */
function isGone(dialog: Element): boolean {
  return !dialog.isConnected || dialog.hasAttribute("data-closed");
}

/** What presses a button. */
const presses = new Set(["Enter", " "]);

/** The time within which the usual desktops take two clicks for one double click. */
const doublePressMs = 500;
