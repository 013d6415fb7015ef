"use client";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

interface NoRowsProps {
  /** What is listed, as "users". */
  what: string;
  /** The text searched for; empty when something else narrows the list. */
  search: string;
  page: number;
  onFirstPage: () => void;
  onClearFilters: () => void;
}

/** Stands in for the rows of a list that has some, but not here. */
export function NoRows({ what, search, page, onFirstPage, onClearFilters }: NoRowsProps) {
  if (page > 1)
    return (
      <EmptyState
        title={`No ${what} on page ${page}.`}
        action={<Button onClick={onFirstPage}>Go to the first page</Button>}
      />
    );

  return (
    <EmptyState
      title={search ? `No ${what} match '${search}'` : `No ${what} match these filters`}
      action={<Button onClick={onClearFilters}>Clear filters</Button>}
    />
  );
}
