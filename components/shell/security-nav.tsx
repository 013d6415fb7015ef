"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "@/components/ui/class-names";

export interface SecurityNavItem {
  label: string;
  href: string;
  /** How many there are, where that is known. */
  count?: number;
}

/** The second, lighter navigation under the Security tab. */
export function SecurityNav({ items }: { items: readonly SecurityNavItem[] }) {
  const pathname = usePathname();

  return (
    <nav aria-label="Security">
      <ul className="flex gap-1">
        {items.map((item) => {
          const current = pathname === item.href || pathname.startsWith(`${item.href}/`);
          return (
            <li key={item.href}>
              <Link
                href={item.href}
                aria-current={current ? "page" : undefined}
                className={classNames(
                  "flex min-h-8 items-center gap-1.5 rounded-control px-2.5 max-md:min-h-11",
                  // Forced colours take the tint away.
                  current
                    ? "bg-hover font-semibold text-ink forced-colors:underline"
                    : "text-ink2 hover:bg-hover hover:text-ink",
                )}
              >
                {item.label}
                {item.count !== undefined && <span className="text-help">{item.count}</span>}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
