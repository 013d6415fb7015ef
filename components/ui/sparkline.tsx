interface SparklineProps {
  /** From the oldest to the newest; each a bar, its parts one on the other. */
  bars: readonly { good: number; bad: number }[];
  /** What it tells, in words. */
  label: string;
}

const width = 3;
const gap = 1;
const height = 20;

/** A row of small bars, to see a course at a glance. A bar with anything in it is at least a pixel high. */
export function Sparkline({ bars, label }: SparklineProps) {
  const highest = Math.max(1, ...bars.map(({ good, bad }) => good + bad));
  const heightOf = (count: number) => (count === 0 ? 0 : Math.max(1.5, (count / highest) * height));
  const length = bars.length * (width + gap) - gap;

  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${length} ${height + 1}`}
      width={length}
      height={height + 1}
      className="block max-w-full"
    >
      <rect x="0" y={height} width={length} height="1" className="fill-line" />
      {bars.map(({ good, bad }, index) => {
        const x = index * (width + gap);
        const [low, high] = [heightOf(good), heightOf(bad)];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place.
          <g key={index}>
            {low > 0 && <rect x={x} y={height - low} width={width} height={low} className="fill-ink3" />}
            {high > 0 && (
              <rect
                x={x}
                y={Math.max(0, height - low - high)}
                width={width}
                height={high}
                className="fill-danger-text"
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}
