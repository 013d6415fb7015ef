import { describe, expect, it, vi } from "vitest";
import { type CopyWays, copyBy } from "@/components/ui/copy-text";

const works: CopyWays = { clipboard: async () => undefined, command: () => true, select: () => true };
const denied = () => Promise.reject(new DOMException("Denied", "NotAllowedError"));

describe("copying", () => {
  it("uses the clipboard API alone where there is one", async () => {
    const command = vi.fn(() => true);

    expect(await copyBy({ ...works, command }, "token")).toBe("copied");
    expect(command).not.toHaveBeenCalled();
  });

  it("falls back to the command on plain http", async () => {
    const command = vi.fn(() => true);

    expect(await copyBy({ ...works, clipboard: undefined, command }, "token")).toBe("copied");
    expect(command).toHaveBeenCalledWith("token");
  });

  it("falls back to the command when the clipboard API is denied", async () => {
    expect(await copyBy({ ...works, clipboard: denied }, "token")).toBe("copied");
  });

  it("never claims a copy that the command refused: it selects the text", async () => {
    expect(await copyBy({ ...works, clipboard: denied, command: () => false }, "token")).toBe("selected");
  });

  it("admits that nothing worked", async () => {
    expect(await copyBy({ clipboard: undefined, command: () => false, select: () => false }, "token")).toBe(
      "failed",
    );
  });
});
