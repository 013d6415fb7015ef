/** The mark, a key in its latch, and the name. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold text-section">
      <LogoMark />
      Latchkey
    </span>
  );
}

/** The mark alone, in the colour of the text around it. */
function LogoMark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" className="size-4.5" fill="currentColor">
      <path
        fillRule="evenodd"
        d="M4.5 3.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9Zm0 2.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z"
      />
      <path d="M8 6.75h4V2.5h3.5v11H12V9.25H8Z" />
    </svg>
  );
}
