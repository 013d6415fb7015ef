/** "14 minutes 45 seconds", "1 minute", "20 seconds": how long to wait, rounded up to the second. */
export function waitText(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  const parts = [counted(Math.floor(seconds / 60), "minute"), counted(seconds % 60, "second")];
  return parts.filter(Boolean).join(" ");
}

function counted(count: number, unit: string): string {
  if (count === 0) return "";
  return `${count} ${count === 1 ? unit : `${unit}s`}`;
}
