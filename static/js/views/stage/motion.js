/**
 * Plays a plan: pills along edges, slots written at their time. One clock; a new step ends the running one at once.
 */

/** @typedef {import("../../plan.js").Plan} Plan */
/** @typedef {import("../../plan.js").Move} Move */

/** @typedef {{now: () => number, frame: (callback: () => void) => number, cancel: (ticket: number) => void}} Clock */

/** @type {Clock} */
export const PAGE_CLOCK = Object.freeze({
  now: () => performance.now(),
  frame: (/** @type {() => void} */ callback) => requestAnimationFrame(callback),
  cancel: (/** @type {number} */ ticket) => cancelAnimationFrame(ticket),
});

/**
 * @typedef {object} Actors what a moment of the plan does to the picture
 * @property {(move: Move) => void} start a move begins
 * @property {(move: Move, progress: number) => void} travel a pill is so far along, or a pulse
 * @property {(elapsed: number) => void} [reach] moves have begun: what the other views show
 * @property {() => void} end the picture is the scene again
 */

/** @param {number} t @returns {number} slow, fast, slow */
export const eased = (t) => (t < 0.5 ? 4 * t * t * t : 1 - (2 - 2 * t) ** 3 / 2);

/** @param {Clock} clock @param {Actors} actors */
export function createMotion(clock, actors) {
  /** @type {{moves: Move[], duration: number, speed: number, began: number, next: number, ticket: number} | null} */
  let running = null;

  function tick() {
    if (running === null) return;
    const elapsed = (clock.now() - running.began) * running.speed;
    const { next } = running;
    while (running.next < running.moves.length && running.moves[running.next].at <= elapsed) {
      actors.start(running.moves[running.next]);
      running.next += 1;
    }
    if (running.next > next) actors.reach?.(elapsed);
    for (const move of running.moves.slice(0, running.next)) {
      if (move.kind === "travel" || move.kind === "pulse") actors.travel(move, Math.min((elapsed - move.at) / move.duration, 1));
    }
    if (elapsed >= running.duration) finish();
    else running.ticket = clock.frame(tick);
  }

  function finish() {
    if (running === null) return;
    clock.cancel(running.ticket);
    running = null;
    actors.end();
  }

  /** @param {Pick<Plan, "moves" | "duration">} plan @param {number} speed */
  function play(plan, speed) {
    const moves = [...plan.moves].sort((a, b) => a.at - b.at);
    running = { moves, duration: plan.duration, speed, began: clock.now(), next: 0, ticket: 0 };
    tick();
  }

  return { play, finish, isRunning: () => running !== null };
}
