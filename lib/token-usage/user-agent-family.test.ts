import fc from "fast-check";
import { expect, it } from "vitest";
import { userAgentFamily } from "@/lib/token-usage/user-agent-family";

it.each([
  ["curl/8.5.0", "curl/8"],
  ["python-requests/2.32.3", "python-requests/2"],
  ["HashiCorp Terraform/1.9.5 (+https://www.terraform.io)", "HashiCorp"],
  ["Terraform/1.9.5 (+https://www.terraform.io) terraform-provider-http/3.4", "Terraform/1"],
  ["Go-http-client/1.1", "Go-http-client/1"],
  ["Python/3.12 aiohttp/3.9.1", "Python/3"],
  ["Apache-HttpClient/v4.5 (Java/17)", "Apache-HttpClient/4"],
  ["node", "node"],
  ["backup/3f2a9c", "backup"],
  [" wget/1.21 ", "wget/1"],
  [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
    "Chrome/131",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36 Edg/131.0",
    "Edg/131",
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15",
    "Safari/17",
  ],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox/128"],
  ["Mozilla/5.0 (compatible; Scanner)", "Mozilla/5"],
  ["(compatible)", "other"],
  ["", null],
  [null, null],
])("%s is %s", (userAgent, family) => {
  expect(userAgentFamily(userAgent)).toBe(family);
});

it("is short and visible, whatever comes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
      expect(userAgentFamily(text) ?? "none").toMatch(/^[\x21-\x7E]{1,47}$/);
    }),
  );
});
