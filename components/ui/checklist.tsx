"use client";

import { Lock } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useAnnounce } from "@/components/ui/announcer";
import { classNames } from "@/components/ui/class-names";
import { controlClasses, FieldError, FieldHint, fieldControl } from "@/components/ui/field";
import { noAutofill } from "@/components/ui/no-autofill";

export interface ChecklistItem {
  value: string;
  label: string;
  /** Always checked, for this reason: "always included". */
  locked?: string;
  /** Stays as it is, checked or not, for this reason. */
  fixed?: string | undefined;
}

interface ChecklistProps {
  label: string;
  /** What the items are, as "teams". */
  what: string;
  items: readonly ChecklistItem[];
  /** The chosen values, without locked ones, in the order they were chosen. */
  value: readonly string[];
  onValueChange: (value: string[]) => void;
  /** Given when the owner searches elsewhere: `items` are then taken as what it found, and the chosen ones. */
  onFilterChange?: (text: string) => void;
  id?: string;
  hint?: ReactNode;
  error?: string | undefined;
}

/** Any number out of a list, as native checkboxes. From more than eight items on it has a filter box. */
export function Checklist({
  label,
  what,
  items,
  value,
  onValueChange,
  onFilterChange,
  id,
  hint,
  error,
}: ChecklistProps) {
  const ownId = useId();
  const group = fieldControl(id ?? ownId, { hint: Boolean(hint), error: Boolean(error) });
  const [filter, setFilter] = useState("");
  // Chosen items come first, but only from the next filter on: a row must not jump away under the pointer.
  const [pinned, setPinned] = useState(value);
  const announce = useAnnounce();

  const matching = onFilterChange ? items : items.filter((item) => matches(item, filter));
  const shown = arrange(items, matching, pinned, value);

  const filterBy = (text: string) => {
    setFilter(text);
    setPinned(value);
    onFilterChange?.(text);
    if (onFilterChange) return;
    const found = items.filter((item) => matches(item, text)).length;
    announce(`${found} of ${items.length} ${what} match, ${value.length} selected`);
  };

  const toggle = (item: ChecklistItem, checked: boolean) => {
    onValueChange(checked ? [...value, item.value] : value.filter((chosen) => chosen !== item.value));
  };

  return (
    <div>
      <div id={group.labelId} className="mb-1.5 font-medium">
        {label}
      </div>
      <fieldset
        id={group.id}
        aria-labelledby={group.labelId}
        aria-describedby={group.describedBy}
        className="min-w-0 rounded-control border border-control"
      >
        {(items.length > filterFrom || onFilterChange) && (
          <div className="border-line border-b p-2">
            <input
              type="search"
              {...noAutofill}
              spellCheck={false}
              aria-label={`Filter ${what}`}
              placeholder={`Filter ${what}`}
              value={filter}
              onChange={(event) => filterBy(event.target.value)}
              // In a form, Enter would submit it.
              onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
              className={controlClasses}
            />
          </div>
        )}
        <ul className="max-h-44 scroll-py-2 overflow-y-auto p-1">
          {shown.map((item) => (
            <ChecklistRow
              key={item.value}
              item={item}
              checked={value.includes(item.value)}
              onToggle={(checked) => toggle(item, checked)}
            />
          ))}
        </ul>
        {shown.length === 0 && <p className="px-3 pb-3 text-ink2">No {what} match.</p>}
        {value.length > 0 && (
          <p className="border-line border-t px-3 py-1.5 text-help text-ink3">{value.length} selected</p>
        )}
      </fieldset>
      {hint && <FieldHint id={`${group.id}-hint`}>{hint}</FieldHint>}
      {error && <FieldError id={`${group.id}-error`}>{error}</FieldError>}
    </div>
  );
}

const filterFrom = 8;

interface ChecklistRowProps {
  item: ChecklistItem;
  checked: boolean;
  onToggle: (checked: boolean) => void;
}

function ChecklistRow({ item, checked, onToggle }: ChecklistRowProps) {
  // Not made from the value: an id with a space in it is two.
  const id = useId();
  const reason = item.locked ?? item.fixed;
  const isFixed = reason !== undefined;

  return (
    <li
      className={classNames(
        "relative flex min-h-9 items-center gap-2.5 rounded-badge px-2 py-1.5 max-md:min-h-11",
        !isFixed && "hover:bg-hover",
      )}
    >
      <input
        type="checkbox"
        id={id}
        checked={item.locked !== undefined || checked}
        // Never `disabled`: it stays reachable, readable and in its colours.
        aria-readonly={isFixed || undefined}
        aria-describedby={isFixed ? `${id}-reason` : undefined}
        onChange={(event) => !isFixed && onToggle(event.target.checked)}
        className="relative z-1"
      />
      <label
        htmlFor={id}
        className={classNames(
          "min-w-0 wrap-anywhere after:absolute after:inset-0",
          isFixed && "cursor-default",
        )}
      >
        {item.label}
      </label>
      {isFixed && (
        <span id={`${id}-reason`} className="flex min-w-0 items-center gap-1 text-help text-ink3">
          <Lock className="size-3.5" />
          {reason}
        </span>
      )}
    </li>
  );
}

function matches(item: ChecklistItem, filter: string): boolean {
  return item.label.toLowerCase().includes(filter.trim().toLowerCase());
}

/** Locked items, then pinned ones, then what matches; what is chosen is never hidden. */
function arrange(
  items: readonly ChecklistItem[],
  matching: readonly ChecklistItem[],
  pinned: readonly string[],
  chosen: readonly string[],
): ChecklistItem[] {
  const kept = items.filter(
    (item) => item.locked !== undefined || chosen.includes(item.value) || matching.includes(item),
  );
  const rank = (item: ChecklistItem) => {
    if (item.locked !== undefined) return 0;
    return pinned.includes(item.value) ? 1 : 2;
  };
  return kept.toSorted((a, b) => rank(a) - rank(b));
}
