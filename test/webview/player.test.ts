import { describe, expect, it } from "vitest";
import { createPlayer, stepsPerSecond } from "../../webview/player";
import type { FrameClock, Player, PlayerState } from "../../webview/player";

/** A clock that the test moves, a frame at a time. */
function manualClock(): FrameClock & { advance(milliseconds: number, frame?: number): void; readonly waiting: boolean } {
  let now = 0;
  let handle = 0;
  let pending: { handle: number; callback: () => void } | undefined;
  return {
    now: () => now,
    request(callback) {
      pending = { handle: ++handle, callback };
      return handle;
    },
    cancel(which) {
      if (pending?.handle === which) pending = undefined;
    },
    get waiting() {
      return pending !== undefined;
    },
    advance(milliseconds, frame = 10) {
      for (let elapsed = 0; elapsed < milliseconds; elapsed += frame) {
        now += frame;
        const due = pending;
        pending = undefined;
        due?.callback();
      }
    },
  };
}

function loaded(last: number, cursor = 0): { player: Player; clock: ReturnType<typeof manualClock>; seen: PlayerState[] } {
  const clock = manualClock();
  const seen: PlayerState[] = [];
  const player = createPlayer(clock, (state) => seen.push(state));
  player.load(last, cursor);
  return { player, clock, seen };
}

describe("the player", () => {
  it("plays a second's worth of steps in a second", () => {
    const { player, clock } = loaded(100);
    player.play();
    clock.advance(1000);
    expect(player.state.cursor).toBe(stepsPerSecond);
  });

  it.each([0.25, 0.5, 2, 16])("plays %s times as fast when asked to", (speed) => {
    const { player, clock } = loaded(1000);
    player.setSpeed(speed);
    player.play();
    clock.advance(2000);
    expect(player.state.cursor).toBe(2 * stepsPerSecond * speed);
  });

  it("stops at the end, and asks for no more frames", () => {
    const { player, clock } = loaded(3);
    player.play();
    clock.advance(5000);
    expect(player.state).toMatchObject({ cursor: 3, playing: false });
    expect(clock.waiting).toBe(false);
  });

  it("begins again when played at the end", () => {
    const { player } = loaded(10, 10);
    player.play();
    expect(player.state).toMatchObject({ cursor: 0, playing: true });
  });

  it("does not leap over what a hidden tab did not show", () => {
    const { player, clock } = loaded(1000);
    player.play();
    clock.advance(60_000, 60_000);
    expect(player.state.cursor).toBeLessThanOrEqual(Math.ceil(0.25 * stepsPerSecond));
  });

  it.each<[string, (player: Player) => void, number]>([
    ["step", (player) => player.step(), 6],
    ["step back", (player) => player.stepBack(), 4],
    ["first", (player) => player.first(), 0],
    ["last", (player) => player.toEnd(), 9],
    ["scrub", (player) => player.scrub(7), 7],
    ["scrub past the end", (player) => player.scrub(70), 9],
    ["scrub before the start", (player) => player.scrub(-1), 0],
  ])("%s moves the cursor there and pauses", (_name, act, expected) => {
    const { player } = loaded(9, 5);
    player.play();
    act(player);
    expect(player.state).toMatchObject({ cursor: expected, playing: false });
  });

  it("steps once when a button is pressed, and goes on only while it is held", () => {
    const { player, clock } = loaded(1000);
    player.hold(1);
    expect(player.state.cursor).toBe(1);
    clock.advance(300);
    expect(player.state.cursor).toBe(1);
    clock.advance(700);
    const held = player.state.cursor;
    expect(held).toBeGreaterThan(8);
    player.release();
    clock.advance(1000);
    expect(player.state.cursor).toBe(held);
    expect(clock.waiting).toBe(false);
  });

  it("keeps its place in another run of the same length, and never stands past the end of a shorter one", () => {
    const { player } = loaded(100, 60);
    player.load(100, player.state.cursor);
    expect(player.state.cursor).toBe(60);
    player.load(20, player.state.cursor);
    expect(player.state).toMatchObject({ cursor: 20, last: 20 });
  });

  it("goes on playing when the run is replaced underneath it", () => {
    const { player, clock } = loaded(100);
    player.play();
    clock.advance(500);
    player.load(80, player.state.cursor);
    expect(player.state.playing).toBe(true);
    clock.advance(500);
    expect(player.state.cursor).toBe(stepsPerSecond);
  });

  it("says nothing when nothing changes", () => {
    const { player, seen } = loaded(9, 5);
    const before = seen.length;
    player.scrub(5);
    player.pause();
    player.setSpeed(1);
    expect(seen.length).toBe(before);
  });
});
