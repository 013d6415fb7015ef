"use client";
import { Bot, Download, EllipsisVertical, Plus, User, Users } from "lucide-react";
import { useRef, useState } from "react";
import { AppShell } from "@/components/shell/app-shell";
import { PageHeading } from "@/components/shell/page-heading";
import { SecurityNav } from "@/components/shell/security-nav";
import { SettingsTabs } from "@/components/shell/settings-tabs";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Badge } from "@/components/ui/badge";
import { Button, IconButton } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Checklist } from "@/components/ui/checklist";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorPanel } from "@/components/ui/error-panel";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Notice } from "@/components/ui/notice";
import { Pagination } from "@/components/ui/pagination";
import { RadioRows } from "@/components/ui/radio-rows";
import { ExpiryDate, RelativeTime } from "@/components/ui/relative-time";
import { SearchBox } from "@/components/ui/search-box";
import { Select } from "@/components/ui/select";
import {
  ActionsCell, Cell, CellDetail, ColumnHead, RowHead, SkeletonRows, SortableHead, Table, TableBody, TableHead, TableRow,
} from "@/components/ui/table";
import { PasswordInput, ReadonlyInput, TextInput } from "@/components/ui/text-field";
import { useToast } from "@/components/ui/toaster";

const people = ["Pipeline Automation", "Entra Provisioning", "Maya Lindqvist"];
export function Preview({ made }: { made: string }) {
  const [open, setOpen] = useState(false);
  const [guard, setGuard] = useState(false);
  const [role, setRole] = useState("Member");
  const [days, setDays] = useState("90");
  const [teams, setTeams] = useState<string[]>(["t3"]);
  const [q, setQ] = useState("");
  const [attempt, setAttempt] = useState(0);
  const toast = useToast();
  const token = useRef<HTMLElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  return (
    <AppShell name="Ada Admin" onSignOut={() => toast({ text: "Signed out" })} onSignOutEverywhere={() => undefined}>
      <div className="flex flex-col gap-5">
        <PageHeading>Users</PageHeading>
        <SettingsTabs security />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <SecurityNav items={[{ label: "Users", href: "/ui-kit-preview", count: 42 }, { label: "Teams", href: "/settings/security/teams" }]} />
          <div className="flex gap-2 max-md:w-full">
            <SearchBox label="Search users" placeholder="Search name, e-mail or ID" value={q} onSearch={setQ} />
            <Menu trigger={<Button variant="primary" icon={<Plus />}>Add</Button>}>
              <MenuItem icon={<Bot />} onSelect={() => setOpen(true)}>Service User</MenuItem>
              <MenuItem icon={<User />} onSelect={() => toast({ text: "Service token successfully revoked", action: { label: "Restore", onPress: () => undefined } })}>Person</MenuItem>
              <MenuItem icon={<Users />} onSelect={() => undefined} blockedBecause="Managed by your identity provider">Team</MenuItem>
            </Menu>
          </div>
        </div>
        <p data-testid="q">{q}</p>
        <Table caption="Users" refreshing={q === "refresh"}>
          <TableHead>
            <SortableHead direction="ascending" onSort={() => undefined}>Name</SortableHead>
            <SortableHead direction={undefined} onSort={() => undefined}>Role</SortableHead>
            <ColumnHead>Teams</ColumnHead>
            <ColumnHead>Expires</ColumnHead>
            <ColumnHead>Last seen</ColumnHead>
            <ColumnHead hideLabel>Actions</ColumnHead>
          </TableHead>
          <TableBody>
            {people.map((name, i) => (
              <TableRow key={name} highlighted={i === 0}>
                <RowHead>
                  <a href="#x" className="font-semibold">{name}</a> {i < 2 && <Badge variant="service">Service</Badge>} {i === 1 && <Badge variant="scim">SCIM</Badge>}
                  <CellDetail>{name.toLowerCase().replace(" ", "_")}@service</CellDetail>
                </RowHead>
                <Cell label="Role">Editor</Cell>
                <Cell label="Teams">Public, Data Engineering</Cell>
                <Cell label="Expires"><ExpiryDate at={i === 1 ? null : new Date(Date.parse(made) + 6 * 86400e3).toISOString()} /></Cell>
                <Cell label="Last seen"><RelativeTime at={made} /></Cell>
                <ActionsCell><Menu trigger={<IconButton label={`Actions for ${name}`}><EllipsisVertical /></IconButton>}><MenuItem onSelect={() => undefined}>Open</MenuItem></Menu></ActionsCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
        <Table caption="Loading users"><TableHead><ColumnHead>Name</ColumnHead><ColumnHead>Role</ColumnHead></TableHead><SkeletonRows rows={2} columns={["Name", "Role"]} /></Table>
        <Pagination what="users" page={1} size={25} total={42} onPageChange={() => undefined} />
        <div className="flex flex-wrap gap-2">
          <Badge variant="active">Active</Badge><Badge variant="expiring">Expires in 6 days</Badge><Badge variant="revoked">Revoked</Badge>
          <Badge variant="expired">Expired</Badge><Badge variant="scim">SCIM only</Badge><Badge variant="service">Service</Badge><Badge variant="neutral">Never used</Badge>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button variant="primary">Primary</Button><Button>Secondary</Button><Button variant="danger">Danger</Button><Button variant="ghost">Ghost</Button>
          <Button variant="primary" pending pendingText="Creating…">Finish</Button><Button aria-disabled>Disabled</Button>
        </div>
        <div className="max-w-form flex flex-col gap-5">
          {attempt > 0 && <ErrorSummary attempt={attempt} errors={[{ fieldId: "name", message: "Enter a name." }, { fieldId: "role", message: "Choose a role." }]} />}
          <Field id="name" label="Name" hint="Shown in lists and audit" error={attempt ? "Enter a name." : undefined}><TextInput placeholder="Pipeline Automation" /></Field>
          <Field label="Password"><PasswordInput autoComplete="new-password" /></Field>
          <Field label="Type"><ReadonlyInput value="Service" /></Field>
          <Field label="Expiration" hint="For production, 1 year with a rotation plan is usual"><Select value={days} onValueChange={setDays} options={[{ value: "30", label: "30 days — 23 Dec 2026" }, { value: "90", label: "90 days — 21 Feb 2027" }, { value: "never", label: "Never" }]} /></Field>
          <RadioRows id="role" label="Role" value={role} onValueChange={setRole} options={[{ value: "Member", label: "Member", effect: "Reads what is shared with everybody" }, { value: "Editor", label: "Editor", effect: "Reads and changes content" }]} />
          <Checklist label="Teams" what="teams" value={teams} onValueChange={setTeams} items={[{ value: "public", label: "Public", locked: "always included" }, ...Array.from({ length: 12 }, (_, i) => ({ value: `t${i}`, label: `Team ${i}` }))]} />
          <Checkbox label="SCIM Administration Token" hint="Works on /api/scim/v2 only; can create, change and deactivate users and groups" />
          <Button onClick={() => setAttempt((n) => n + 1)}>Fail</Button>
        </div>
        <Notice tone="info">Information</Notice><Notice tone="warning">Not saved yet. Copy or download it before you close this window.</Notice>
        <Notice tone="danger" title="Down">Database</Notice><Notice tone="success" action={<Button>Undo</Button>}>Done</Notice>
        <EmptyState title="No service users yet." action={<Button variant="primary">Add service user</Button>}>A service user lets a pipeline or directory call the API without a person's account.</EmptyState>
        <ErrorPanel title="The users could not be loaded." status={503} requestId="01J0ABC" onRetry={() => undefined} />
      </div>
      <Dialog open={open} keepOnBackdrop onOpenChange={(next, change) => { if (!next && change.reason !== "close-press") { change.cancel(); setGuard(true); } else setOpen(next); }} title="Copy your token now" titleRef={title} step="Step 2 of 2 · Token" description="This is the only time it is shown. We store a hash, not the token.">
        <div className="flex flex-col gap-4">
          <Field label="Name"><TextInput defaultValue="pipeline-production" /></Field>
          <Field label="Expires after"><Select value={days} onValueChange={setDays} options={[{ value: "30", label: "30 days" }, { value: "90", label: "90 days" }]} /></Field>
          <code ref={token} className="rounded-control border border-control bg-sunken px-3.5 py-3 font-mono text-token">lk_svc_7Qm2xVb0IlO1dKf9ZtRw4nYpHs6LcEa8JgUu3XiNoTzBvMk5Rf3Qd</code>
          <div className="flex gap-2 max-md:flex-col"><CopyButton what="token" variant="primary" text="lk_svc_7Q" shownIn={token} /><Button icon={<Download />}>Download .txt</Button></div>
        </div>
        <DialogActions><Button>Back</Button><Button variant="primary">Done</Button></DialogActions>
        <AlertDialog open={guard} onOpenChange={setGuard} title="Close without saving the token?" cancelLabel="Go back" confirmLabel="Close without saving" tone="danger" onConfirm={() => { setGuard(false); setOpen(false); }}>It can't be shown again.</AlertDialog>
      </Dialog>
    </AppShell>
  );
}
