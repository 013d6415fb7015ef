import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";

export const status = z.object({
  status: z.literal("ok"),
  version: z.string(),
});

export const readStatus = endpoint({
  id: "readStatus",
  method: "GET",
  path: "/api/status",
  tag: "Instance",
  summary: "Health and version",
  description: "503 with a problem document when the database doesn't answer.",
  access: "public",
  answer: status,
});
