"use client";

import { useEffect } from "react";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

const message = "Created, but hidden by your filters.";

/** Stands above a list that doesn't show what was just created. */
export function CreatedHidden({ onShow }: { onShow: () => void }) {
  const announce = useAnnounce();
  useEffect(() => announce(message), [announce]);

  return (
    <Notice
      tone="info"
      action={
        <Button className="shrink-0" onClick={onShow}>
          Show
        </Button>
      }
    >
      {message}
    </Notice>
  );
}
