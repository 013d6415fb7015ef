import { mintToken } from "@/lib/tokens/format";

/*
 * Prints a token for BOOTSTRAP_FILE, to be kept where the file can name it: nothing else knows it yet.
 */

process.stdout.write(`${mintToken(process.argv.includes("--scim") ? "scim" : "svc")}\n`);
