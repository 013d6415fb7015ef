import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startGate } from "@/server/gate-process";
import type { GateSettings } from "@/server/gate-settings";

const forked = vi.hoisted(() => ({ child: undefined as unknown }));
vi.mock("node:child_process", () => ({ fork: () => forked.child }));

const settings = {} as GateSettings;
let gate: EventEmitter & { kill: ReturnType<typeof vi.fn> };

beforeEach(() => {
  vi.useFakeTimers();
  gate = Object.assign(new EventEmitter(), {
    send: () => true,
    kill: vi.fn(),
    exitCode: null,
    signalCode: null,
  });
  forked.child = gate;
});
afterEach(() => {
  vi.useRealTimers();
});

it("a gate that takes the better part of a minute to get ready is waited for: machines stall", async () => {
  const starting = startGate(settings);
  await vi.advanceTimersByTimeAsync(55_000);
  gate.emit("message", "ready");
  await expect(starting).resolves.toHaveProperty("stop");
  expect(gate.kill).not.toHaveBeenCalled();
});

it("one that never gets ready is killed, and ends the start", async () => {
  const refused = expect(startGate(settings)).rejects.toThrow("the gate did not get ready in 60 s");
  await vi.advanceTimersByTimeAsync(60_000);
  await refused;
  expect(gate.kill).toHaveBeenCalledWith("SIGKILL");
});

it("one that can't start says so at once, by its own words or by its end", async () => {
  const told = expect(startGate(settings)).rejects.toThrow("GATE_HOST: got nonsense");
  gate.emit("message", { fault: "GATE_HOST: got nonsense" });
  await told;
  const ended = expect(startGate(settings)).rejects.toThrow("the gate ended with SIGSEGV");
  gate.emit("exit", null, "SIGSEGV");
  await ended;
});
