const longestPart = 80;
/** Revoking the address at once can cancel the download. */
const keepAddressMs = 10_000;

/** "pipeline_automation-pipeline-automation-1-2026-11-23.txt": nothing but `[a-z0-9._-]`, whatever the names hold. */
export function tokenFileName(account: string, token: string, day: Date): string {
  const parts = [account.replace(/@service$/, ""), token].map(plain).filter((part) => part !== "");
  return `${[...parts, isoDay(day)].join("-")}.txt`;
}

/** Hands the token to the browser as a file to save: the token, the end of the line, and nothing else. */
export function downloadToken(secret: string, fileName: string): void {
  const address = URL.createObjectURL(new Blob([`${secret}\n`], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), keepAddressMs);
}

function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .slice(0, longestPart)
    .replace(/^[-.]+|[-.]+$/g, "");
}

/** The day where the person is. */
function isoDay(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
