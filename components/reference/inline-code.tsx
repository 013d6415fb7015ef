import { Fragment } from "react";

/** A sentence in which `words between backticks` are code. */
export function InlineCode({ text }: { text: string }) {
  const parts = text.split("`");

  return parts.map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a constant text never move.
      <code key={index} className="wrap-anywhere font-mono text-mono text-ink" translate="no">
        {part}
      </code>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above.
      <Fragment key={index}>{part}</Fragment>
    ),
  );
}
