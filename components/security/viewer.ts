/** Who looks at a screen, as far as it matters there. */
export interface Viewer {
  /** Their own account. */
  id: number | null;
  /** Whether they may create, change and delete accounts, teams and tokens. */
  canManage: boolean;
}
