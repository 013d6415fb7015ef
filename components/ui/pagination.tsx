"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "@/components/ui/button";

interface PaginationProps {
  /** What is listed, as "users". */
  what: string;
  page: number;
  size: number;
  total: number;
  /** Nobody has counted them: `total` is about right. */
  about?: boolean;
  /** How many rows are on this page. */
  shown: number;
  onPageChange: (page: number) => void;
}

/** "1–25 of 42", or "of about 1,000,000", with *Previous* and *Next*. Nothing when all is on one page. */
export function Pagination({ what, page, size, total, about = false, shown, onPageChange }: PaginationProps) {
  const pages = Math.ceil(total / size);
  if (pages <= 1 && page === 1) return null;

  const first = (page - 1) * size + 1;
  // An estimate says nothing about the end: that is where a page isn't full.
  const isLast = about ? shown < size : page >= pages;

  return (
    <nav aria-label={`Pages of ${what}`} className="flex items-center justify-between gap-4">
      <p className="text-ink2">
        {shown === 0 ? `Page ${page} is past the end` : `${counted(first)}–${counted(first + shown - 1)}`} of{" "}
        {about && "about "}
        {counted(total)}
      </p>
      <div className="flex gap-2">
        <Button
          icon={<ChevronLeft />}
          aria-disabled={page <= 1}
          onClick={() => onPageChange(about ? page - 1 : Math.min(page - 1, pages))}
        >
          Previous
        </Button>
        <Button aria-disabled={isLast} onClick={() => onPageChange(page + 1)}>
          Next
          <ChevronRight />
        </Button>
      </div>
    </nav>
  );
}

function counted(rows: number): string {
  return rows.toLocaleString("en");
}
