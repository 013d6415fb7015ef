"use client";

import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** Says what service users are good for, where there are none yet. */
export function NoServiceUsers({ onAdd }: { onAdd: (() => void) | undefined }) {
  return (
    <EmptyState
      title="No service users yet"
      action={
        <div className="flex flex-wrap items-center gap-4">
          {onAdd && <Button onClick={onAdd}>Add service user</Button>}
          <Link
            href="/api/docs"
            className="inline-flex min-h-6 items-center text-accent underline underline-offset-2"
          >
            Read about the API
          </Link>
        </div>
      }
    >
      A service user lets a pipeline or directory call the API without a person's account.
    </EmptyState>
  );
}
