import Link from "next/link";
import { CellDetail, RowHead } from "@/components/ui/table";
import { UserBadges } from "@/components/users/user-badges";
import { userAddress } from "@/components/users/users-view";
import type { User } from "@/lib/users/contract";

interface UserRowHeadProps {
  user: User;
  /** What tells it from others of the same name. */
  detail: string;
}

/** Whose row it is; the name leads to the account's page. */
export function UserRowHead({ user, detail }: UserRowHeadProps) {
  return (
    <RowHead>
      <Link href={userAddress(user.id)} className="mr-1.5 font-semibold hover:underline">
        {user.name}
      </Link>
      <UserBadges user={user} />
      <CellDetail>{detail}</CellDetail>
    </RowHead>
  );
}
