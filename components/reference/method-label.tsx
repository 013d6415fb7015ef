import type { Method } from "@/lib/openapi/types";

/** "POST", set apart from the path that follows. */
export function MethodLabel({ method }: { method: Method }) {
  return (
    <span className="rounded-badge border border-neutral-line bg-neutral-bg px-1.5 py-0.5 font-medium font-mono text-mono text-neutral">
      {method.toUpperCase()}
    </span>
  );
}
