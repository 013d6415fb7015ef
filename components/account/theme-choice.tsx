"use client";

import { RadioRows } from "@/components/ui/radio-rows";
import { useTheme } from "@/components/ui/use-theme";

/** The theme, kept in this browser. */
export function ThemeChoice() {
  const [theme, setTheme] = useTheme();

  return <RadioRows label="Theme" options={options} value={theme} onValueChange={setTheme} />;
}

const options = [
  { value: "system", label: "As the system", effect: "Follows this device, by day and by night" },
  { value: "light", label: "Light", effect: "Dark ink on paper" },
  { value: "dark", label: "Dark", effect: "Light ink on dark ground" },
] as const;
