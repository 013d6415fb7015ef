import { Fragment } from "react";

/** An ID or address that breaks, where it has to, between its parts: `pipeline_automation` `@service`. */
export function Identifier({ children }: { children: string }) {
  return children.split(partEnds).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move.
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

/** Before an @; after a dot or an underscore. */
const partEnds = /(?=@)|(?<=[._])/;
