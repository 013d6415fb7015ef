"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import Link from "next/link";
import type { ReactElement, ReactNode } from "react";

interface MenuProps {
  /** A `Button` or `IconButton`. */
  trigger: ReactElement;
  align?: "start" | "end";
  side?: "top" | "bottom";
  children: ReactNode;
}

/** A menu button. Enter, Space and ↓ open it on the first item, ↑ on the last; letters, Home, End, Esc and Tab work. */
export function Menu({ trigger, align = "end", side = "bottom", children }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} side={side} sideOffset={4} className="z-10">
          <Base.Popup className="min-w-48 max-w-80 rounded-control border border-line bg-surface p-1 text-ink shadow-overlay overlay-motion">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface MenuItemProps {
  onSelect: () => void;
  icon?: ReactNode;
  /** `danger` for what can't be undone. */
  tone?: "default" | "danger";
  /** Why this object doesn't allow it; the item stays, says so, and does nothing. */
  blockedBecause?: string | undefined;
  children: ReactNode;
}

/** An action. Its name is its text alone. */
export function MenuItem({ onSelect, icon, tone = "default", blockedBecause, children }: MenuItemProps) {
  if (blockedBecause) {
    return (
      <Base.Item disabled className={`${itemClasses} text-ink3`}>
        {icon}
        <span className="flex flex-col">
          {children}
          <span className="text-help">{blockedBecause}</span>
        </span>
      </Base.Item>
    );
  }

  return (
    <Base.Item onClick={onSelect} className={`${itemClasses} ${tone === "danger" ? "text-danger-text" : ""}`}>
      {icon}
      {children}
    </Base.Item>
  );
}

/** A place to go to. */
export function MenuLink({ href, icon, children }: { href: string; icon?: ReactNode; children: ReactNode }) {
  return (
    <Base.LinkItem render={<Link href={href} />} closeOnClick className={itemClasses}>
      {icon}
      {children}
    </Base.LinkItem>
  );
}

interface MenuChoiceProps<Value extends string> {
  label: string;
  options: readonly { value: Value; label: string }[];
  value: Value;
  onValueChange: (value: Value) => void;
}

/** A setting with a few values, of which one holds. */
export function MenuChoice<Value extends string>({
  label,
  options,
  value,
  onValueChange,
}: MenuChoiceProps<Value>) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-2 pb-1 font-medium text-help text-ink3">{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={onValueChange}>
        {options.map((option) => (
          <Base.RadioItem
            key={option.value}
            value={option.value}
            className={`${itemClasses} justify-between`}
          >
            {option.label}
            <Base.RadioItemIndicator className="text-accent">
              <Check />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}

/** A hairline between groups of items. */
export function MenuSeparator() {
  return <Base.Separator className="my-1 border-line border-t" />;
}

const itemClasses =
  "flex min-h-9 cursor-default items-center gap-2 rounded-badge px-2 py-1.5 data-[highlighted]:bg-hover max-md:min-h-11";
