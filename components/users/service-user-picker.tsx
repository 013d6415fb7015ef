"use client";

import { useQuery } from "@tanstack/react-query";
import { type Ref, useState } from "react";
import { Combobox, type ComboboxOption } from "@/components/ui/combobox";
import { useSettled } from "@/components/ui/use-settled";
import type { User } from "@/lib/users/contract";
import { usersQuery } from "@/lib/users/hooks";

interface ServiceUserPickerProps {
  value: User | null;
  onValueChange: (user: User | null) => void;
  ref?: Ref<HTMLInputElement>;
}

/** One of the active service users, found by name or ID; inside a `Field`. */
export function ServiceUserPicker({ value, onValueChange, ref }: ServiceUserPickerProps) {
  const [text, setText] = useState("");
  const search = useSettled(text.trim());
  const { data, error, isFetching } = useQuery(
    usersQuery({
      ...(search ? { search } : {}),
      user_type: "Service",
      status: "active",
      sort: "name",
      size: shownAtOnce,
    }),
  );
  const found = data?.items ?? [];
  const choose = (option: ComboboxOption | null) =>
    onValueChange(
      option === null ? null : ([value, ...found].find((user) => user?.id === option.value) ?? null),
    );

  return (
    <Combobox
      ref={ref}
      options={found.map(optionOf)}
      value={value && optionOf(value)}
      onValueChange={choose}
      onSearch={setText}
      placeholder="Search name or ID"
      status={statusOf({
        failed: error !== null,
        isFetching,
        search,
        count: found.length,
        total: data?.total,
      })}
    />
  );
}

const shownAtOnce = 20;

function optionOf({ id, name, user_id }: User): ComboboxOption {
  return { value: id, label: name, detail: user_id };
}

interface Search {
  failed: boolean;
  isFetching: boolean;
  search: string;
  count: number;
  total: number | undefined;
}

function statusOf({ failed, isFetching, search, count, total }: Search): string | undefined {
  if (failed) return "The service users could not be loaded.";
  if (total === undefined || (isFetching && count === 0)) return "Searching…";
  if (count === 0)
    return search ? `No active service users match '${search}'` : "No active service users yet.";
  if (total > count) return `${count} of ${total}: type to find others`;
  return undefined;
}
