/** What the panel says of how a run goes on, and of what one may choose beyond its method. */
export const descentWords = {
  progress: {
    running: (done: string, of: string, left: string) => `Iteration ${done} of at most ${of}, ${left} left`,
    paused: (done: string, of: string) => `Paused at iteration ${done} of at most ${of}`,
    seconds: (count: number) => (count <= 1 ? "a second" : `about ${count} seconds`),
    minutes: (count: number) => (count === 1 ? "about a minute" : `about ${count} minutes`),
    hours: (count: number) => (count === 1 ? "about an hour" : `about ${count} hours`),
    days: (count: number) => (count === 1 ? "about a day" : `about ${count} days`),
    bar: "How far the run is",
    pause: "Pause the run",
    resume: "Go on",
    finish: "End the run here",
    thinned: (every: number) => `Of this long run every ${ordinal(every)} iterate was kept, and the last: the player goes from one to the next`,
  },
};

function ordinal(count: number): string {
  const last = count % 10;
  const teen = count % 100 >= 11 && count % 100 <= 13;
  return `${count}${teen ? "th" : last === 1 ? "st" : last === 2 ? "nd" : last === 3 ? "rd" : "th"}`;
}
