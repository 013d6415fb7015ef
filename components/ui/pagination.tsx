"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "@/components/ui/button";

interface PaginationProps {
  /** What is listed, as "users". */
  what: string;
  page: number;
  size: number;
  total: number;
  onPageChange: (page: number) => void;
}

/** "1–25 of 42" with *Previous* and *Next*. Nothing when all is on one page. */
export function Pagination({ what, page, size, total, onPageChange }: PaginationProps) {
  const pages = Math.ceil(total / size);
  if (pages <= 1 && page === 1) return null;

  const first = (page - 1) * size + 1;
  const last = Math.min(page * size, total);

  return (
    <nav aria-label={`Pages of ${what}`} className="flex items-center justify-between gap-4">
      <p className="text-ink2">
        {first > total ? `Page ${page} is past the end` : `${first}–${last}`} of {total}
      </p>
      <div className="flex gap-2">
        <Button
          icon={<ChevronLeft />}
          aria-disabled={page <= 1}
          onClick={() => onPageChange(Math.min(page - 1, pages))}
        >
          Previous
        </Button>
        <Button aria-disabled={page >= pages} onClick={() => onPageChange(page + 1)}>
          Next
          <ChevronRight />
        </Button>
      </div>
    </nav>
  );
}
