/** What the start hands to a gate it runs, over their channel: no secret stands in a process's environment. */
export interface GateSettings {
  databaseUrl: string;
  listenUrl: string;
  secret: string;
}
