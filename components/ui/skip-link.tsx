/** The first stop of the Tab key: past the navigation, to `<main id="main">`. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="fixed top-2 left-2 z-30 rounded-control bg-primary px-3.5 py-2 font-semibold text-on-primary not-focus:sr-only"
    >
      Skip to content
    </a>
  );
}
