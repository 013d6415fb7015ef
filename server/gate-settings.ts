/** What the start hands to a gate it runs, over their channel: no secret stands in a process's environment. */
export interface GateSettings {
  databaseUrl: string;
  listenUrl: string;
  secret: string;
}

/** What a gate says to who runs it: that it is ready, or which setting it can't start with. */
export type GateMessage = "ready" | { fault: string };
