import { Preview } from "@/app/ui-kit-preview/preview";
export default function Page() {
  return <Preview made={new Date().toISOString()} />;
}
