import Link from "next/link";
import { CellDetail } from "@/components/ui/table";
import { userAddress } from "@/components/users/users-view";
import type { Token } from "@/lib/tokens/contract";

interface TokenOwnerProps {
  user: Token["user"];
  /** Whether their page is open to the person. */
  linked: boolean;
}

/** Whose token it is. */
export function TokenOwner({ user, linked }: TokenOwnerProps) {
  return (
    <div className="rows:min-w-36">
      <Name user={user} linked={linked} />
      <CellDetail>{user.user_id}</CellDetail>
    </div>
  );
}

function Name({ user, linked }: TokenOwnerProps) {
  if (!linked) return user.name;
  return (
    <Link
      href={userAddress(user.id)}
      // A page of tokens has dozens of them.
      prefetch={false}
      className="text-accent underline underline-offset-2"
    >
      {user.name}
    </Link>
  );
}
