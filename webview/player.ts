/**
 * A cursor moving over a recorded run. The clock is injected, so that a test can be the clock; nothing here knows what
 * is played or how it is drawn.
 */
export interface PlayerState {
  readonly cursor: number;
  /** Index of the last frame. */
  readonly last: number;
  readonly playing: boolean;
  /** A multiple of `stepsPerSecond`, or of what a long run needs not to take all day. */
  readonly speed: number;
}

export interface FrameClock {
  now(): number;
  request(callback: () => void): number;
  cancel(handle: number): void;
}

export interface Player {
  readonly state: PlayerState;
  /** Another run: `cursor` is clamped to it. Playing goes on where there is something left to play. */
  readonly load: (last: number, cursor: number) => void;
  readonly play: () => void;
  readonly pause: () => void;
  readonly toggle: () => void;
  readonly step: () => void;
  readonly stepBack: () => void;
  readonly first: () => void;
  readonly toEnd: () => void;
  readonly scrub: (cursor: number) => void;
  readonly setSpeed: (speed: number) => void;
  /** Steps at once, then repeats while held: what a pressed step button does. */
  readonly hold: (direction: 1 | -1) => void;
  readonly release: () => void;
}

export const stepsPerSecond = 8;
export const speeds = [0.25, 0.5, 1, 2, 4, 8, 16] as const;

/** Seconds that a run is played in at most, at the usual speed: nobody watches for longer. */
const longestPlay = 150;
const holdDelay = 400;
const holdRepeatsPerSecond = 20;
/** A tab that was hidden comes back seconds later; the player must not leap over what nobody saw. */
const longestFrame = 250;

export function createPlayer(clock: FrameClock, onChange: (state: PlayerState) => void): Player {
  let state: PlayerState = { cursor: 0, last: 0, playing: false, speed: 1 };
  let held: { direction: 1 | -1; since: number } | undefined;
  let frame: number | undefined;
  let before = 0;
  /** Steps owed but not whole yet. */
  let owed = 0;

  function change(part: Partial<PlayerState>): void {
    const next = { ...state, ...part };
    next.cursor = Math.min(Math.max(Math.round(next.cursor), 0), next.last);
    const changed = next.cursor !== state.cursor || next.last !== state.last || next.playing !== state.playing || next.speed !== state.speed;
    if (!changed) return;
    state = next;
    onChange(state);
  }

  function run(): void {
    if (frame !== undefined) return;
    before = clock.now();
    owed = 0;
    frame = clock.request(tick);
  }

  function stopWhenIdle(): void {
    if (frame === undefined || state.playing || held) return;
    clock.cancel(frame);
    frame = undefined;
  }

  function tick(): void {
    frame = undefined;
    const now = clock.now();
    const elapsed = Math.min(now - before, longestFrame) / 1000;
    before = now;
    if (held) {
      if (now - held.since >= holdDelay) advance(held.direction, elapsed * holdRepeatsPerSecond);
    } else if (state.playing) {
      advance(1, elapsed * Math.max(stepsPerSecond, state.last / longestPlay) * state.speed);
      if (state.cursor === state.last) change({ playing: false });
    }
    if (held || state.playing) frame = clock.request(tick);
  }

  function advance(direction: 1 | -1, steps: number): void {
    owed += steps;
    // Sixteen frames' shares of a step add up to a step, whatever their last bits say.
    const whole = Math.floor(owed + 1e-9);
    owed -= whole;
    if (whole > 0) change({ cursor: state.cursor + direction * whole });
  }

  function moveTo(cursor: number): void {
    change({ cursor, playing: false });
    stopWhenIdle();
  }

  const player: Player = {
    get state() {
      return state;
    },
    load(last, cursor) {
      change({ last, cursor, playing: state.playing && cursor < last });
      stopWhenIdle();
    },
    play() {
      if (state.last === 0) return;
      change({ playing: true, cursor: state.cursor === state.last ? 0 : state.cursor });
      run();
    },
    pause() {
      change({ playing: false });
      stopWhenIdle();
    },
    toggle: () => (state.playing ? player.pause() : player.play()),
    step: () => moveTo(state.cursor + 1),
    stepBack: () => moveTo(state.cursor - 1),
    first: () => moveTo(0),
    toEnd: () => moveTo(state.last),
    scrub: moveTo,
    setSpeed: (speed) => change({ speed }),
    hold(direction) {
      moveTo(state.cursor + direction);
      held = { direction, since: clock.now() };
      run();
    },
    release() {
      held = undefined;
      stopWhenIdle();
    },
  };
  return player;
}

export const browserClock: FrameClock = {
  now: () => performance.now(),
  request: (callback) => requestAnimationFrame(callback),
  cancel: (handle) => cancelAnimationFrame(handle),
};
