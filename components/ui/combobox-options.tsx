import { Combobox as Base } from "@base-ui/react/combobox";
import { Check } from "lucide-react";

export interface Option<Value> {
  value: Value;
  label: string;
  /** A second line: what tells two of the same label apart. */
  detail?: string;
}

interface ComboboxOptionsProps {
  /** Says how the search stands, as "Searching…" or "No teams match."; absent when the options speak. */
  status: string | undefined;
}

/** What the list of a `Combobox` or a `SearchSelect` holds: how the search stands, and what fits. */
export function ComboboxOptions({ status }: ComboboxOptionsProps) {
  return (
    <>
      <Base.Status className="px-3 text-ink2 not-empty:py-2">{status}</Base.Status>
      <Base.List
        aria-label="Options"
        className="max-h-[min(18rem,var(--available-height))] overflow-y-auto not-empty:p-1"
      >
        {(option: Option<string | number>) => (
          <Base.Item
            key={option.value}
            value={option}
            className="flex min-h-9 cursor-default items-center gap-2 rounded-badge py-1.5 pr-3 pl-8 data-[highlighted]:bg-hover data-[selected]:pl-2 data-[selected]:font-medium max-md:min-h-11"
          >
            <Base.ItemIndicator className="text-accent">
              <Check />
            </Base.ItemIndicator>
            <span className="min-w-0">
              <span className="block wrap-anywhere">{option.label}</span>
              {option.detail && (
                <span className="block font-mono text-ink3 text-mono wrap-anywhere">{option.detail}</span>
              )}
            </span>
          </Base.Item>
        )}
      </Base.List>
    </>
  );
}
